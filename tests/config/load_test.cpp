#include "escapement/config/load.h"

#include <cstdio>
#include <fstream>
#include <random>
#include <string>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "escapement/config/keys.h"
#include "escapement/config/presets.h"

#include "config/support.h"
#include "support/effort.h"

using namespace escapement::config;  // NOLINT(google-build-using-namespace)
using escapement::config::test::message_of;
using escapement::config::test::with_sets;

namespace {

struct TemporaryFile {
  char path[24] = "config_load_XXXXXX";
  explicit TemporaryFile(const std::string& text) {
    const int descriptor = mkstemp(path);
    REQUIRE(descriptor >= 0);
    close(descriptor);
    std::ofstream(path) << text;
  }
  ~TemporaryFile() { unlink(path); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
};

std::string refusal(std::vector<std::string> sets) {
  return message_of([&] { with_sets(sets); });
}

}  // namespace

TEST_CASE("later layers win and every key remembers its place") {
  const TemporaryFile file("steps = 30\neta = 0.3\nseed = 3\nwatch = 3\n");
  Request request;
  request.preset = "periodic";
  request.given = {{"steps", "20", "case.json", false}, {"d", "2", "case.json", true}};
  request.file = file.path;
  request.sets = {"eta=0.4", " seed = 4 "};
  request.options = {{"seed", "5", "--seed", false}};
  const Config c = load(request);
  CHECK(c.sources.at("record") == "preset periodic");
  CHECK((c.d == 2 && c.source_of("d") == "case.json"));
  CHECK((c.steps == 30 && c.source_of("steps") == std::string(file.path) + ":1"));
  CHECK((c.eta == Exact(2, 5) && c.source_of("eta") == "--set"));
  CHECK((c.seed == 5 && c.source_of("seed") == "--seed"));
  CHECK(c.watch == 3);
  CHECK(c.source_of("rho") == "default");
}

TEST_CASE("what an instance fixes may be repeated but not changed") {
  Request request;
  request.given = {{"d", "2", "case.json", true}, {"eta", "1/8", "case.json", true}};
  request.sets = {"d=2", "eta=0.125"};
  CHECK(load(request).eta == Exact(1, 8));
  request.sets = {"d=3"};
  CHECK(message_of([&] { load(request); }) == "--set: key 'd': expected 2, which case.json fixes, got \"3\"");
  request.sets = {};
  request.options = {{"eta", "0.2", "a sweep", false}};
  CHECK(message_of([&] { load(request); }) ==
        "a sweep: key 'eta': expected 1/8, which case.json fixes, got \"0.2\"");
}

TEST_CASE("settings of the command line") {
  CHECK(refusal({"eta"}) == "--set: expected key=value, got \"eta\"");
  CHECK(refusal({"eta=abc"}) == "--set: key 'eta': expected a positive number, got \"abc\"");
  CHECK(refusal({"=1"}).starts_with("--set: expected a configuration key, one of"));
  CHECK(refusal({"ets=1"}) == "--set: key 'ets': expected a configuration key; the nearest is 'eta'");
  CHECK(refusal({"d=1", "d=2"}) == "--set: key 'd': expected each key once, and '1' came before, got \"2\"");
  CHECK(refusal({"d=1=2"}).ends_with("got \"1=2\""));
}

TEST_CASE("an error in a file names the file, the line and the key") {
  const TemporaryFile file("# run\nd = 20\neta = \"abc\"\n");
  Request request;
  request.file = file.path;
  CHECK(message_of([&] { load(request); }) ==
        std::string(file.path) + ":3: key 'eta': expected a positive number, got \"abc\"");
}

TEST_CASE("an unknown preset") {
  Request request;
  request.preset = "three-phase";
  CHECK(message_of([&] {
          load(request);
        }).starts_with("--preset: expected one of two-phase, two-phase-published, "));
}

TEST_CASE("full-batch rules take the full batch") {
  for (const char* name : {"label-noise-gd", "gradient-descent", "oscillation", "second-layer-oscillation"}) {
    const std::string algorithm = std::string("algorithm=") + name;
    CHECK(with_sets({algorithm}).batch.full);
    CHECK(with_sets({algorithm, "batch=full"}).batch.full);
    CHECK(refusal({algorithm, "batch=1"}).starts_with("--set: key 'batch': expected full"));
    CHECK(refusal({algorithm, "n=fresh"}).starts_with("--set: key 'n': expected a number"));
  }
  for (const char* name : {"label-noise-sgd", "sgd", "sam"}) {
    const std::string algorithm = std::string("algorithm=") + name;
    CHECK_FALSE(with_sets({algorithm}).batch.full);
    CHECK(with_sets({algorithm, "batch=full"}).batch.full);
    CHECK(with_sets({algorithm, "n=fresh", "batch=3"}).batch.size == 3);
    CHECK(refusal({algorithm, "n=fresh", "batch=full"}).starts_with("--set: key 'batch': expected a number"));
  }
}

TEST_CASE("the exact population gradient is for gradient descent") {
  CHECK(with_sets({"algorithm=gd", "n=population"}).population == Population::gaussian);
  for (const char* name : {"label-noise-sgd", "sgd", "label-noise-gd", "sam", "oscillation"})
    CHECK(refusal({"n=population", std::string("algorithm=") + name}) ==
          "--set: key 'n': expected a number or fresh, since population needs gradient-descent, not "
          "algorithm = " +
              std::string(name) + ", got \"population\"");
}

TEST_CASE("the oscillation starts in its chain and has the direct state") {
  CHECK(with_sets({"algorithm=oscillation"}).init.kind == Init::Kind::chain);
  CHECK(with_sets({"algorithm=second-layer-oscillation"}).init.kind == Init::Kind::ntk);
  CHECK(with_sets({"algorithm=oscillation", "state=direct"}).state == StateKind::direct);
  CHECK(refusal({"algorithm=oscillation", "init=ntk"}).starts_with("--set: key 'init': expected chain"));
  for (const char* name : {"oscillation", "second-layer-oscillation"})
    CHECK(refusal({std::string("algorithm=") + name, "state=width-free"})
              .starts_with("--set: key 'state': expected direct"));
  CHECK(with_sets({"state=width-free"}).state == StateKind::width_free);
}

TEST_CASE("replicas end at 2^32") {
  CHECK(with_sets({"replica=4294967295"}).replica == 4294967295u);
  CHECK(refusal({"replica=4294967295", "replicas=2"})
            .starts_with("--set: key 'replica': expected replica + replicas"));
}

TEST_CASE("canonical entries make the same configuration again") {
  for (const std::string& name : preset_names()) {
    Request request;
    request.preset = name;
    const Config once = load(request);
    Request again;
    for (const auto& [key, value] : canonical_entries(once)) again.sets.push_back(key + "=" + value);
    INFO(name);
    CHECK(canonical_entries(load(again)) == canonical_entries(once));
    CHECK(fingerprint(load(again)) == fingerprint(once));
  }
}

TEST_CASE("canonical entries through a file make the same configuration again") {
  const Config once = with_sets({"m=10^400", "eta=10^-700", "record=log:7", "snapshots=at:[1,2]", "n=fresh",
                                 "precision=certified", "init=balanced:1/3", "schedule=periodic:1:2"});
  std::string text;
  for (const auto& [key, value] : canonical_entries(once)) text += key + " = \"" + value + "\"\n";
  const TemporaryFile file(text);
  Request request;
  request.file = file.path;
  CHECK(canonical_entries(load(request)) == canonical_entries(once));
}
