// The laws' own machinery: a law that fails prints the exact case and the string that replays it, the string does replay
// it, and a run in which no case ran has failed. The failing laws are hidden test cases of this executable, which runs
// itself.
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>

#include <fmt/format.h>
#include <sys/wait.h>

#include "escapement/numeric/precision.h"

#include "../support/dice.h"
#include "../support/property.h"
#include "instance_spec.h"

namespace escapement::test {

namespace {

constexpr const char* kFailing = "a law that fails on purpose";
constexpr const char* kDiscarding = "a law that discards every case on purpose";

struct Outcome {
  int status = -1;
  std::string output;
  bool says(const std::string& text) const { return output.find(text) != std::string::npos; }
};

// This executable's test `name` with these RapidCheck parameters.
Outcome rerun(const std::string& name, const std::string& parameters) {
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  FILE* pipe = popen(fmt::format("RC_PARAMS='{}' '{}' '{}' 2>&1", parameters, self, name).c_str(), "r");
  REQUIRE(pipe != nullptr);
  Outcome outcome;
  std::array<char, 4096> buffer;
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    outcome.output.append(buffer.data(), n);
  const int status = pclose(pipe);
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

std::string first_match(const std::string& text, const std::string& pattern) {
  std::smatch match;
  return std::regex_search(text, match, std::regex(pattern)) ? match[1].str() : "";
}

// The number of the case that a failing law names.
bool too_large(const InstanceSpec& spec) { return spec.second_layer[0] > Exact(1, 3); }

}  // namespace

TEST_CASE(kFailing, "[.][machinery]") {
  check_property(kFailing, 1.0, [] { RC_ASSERT(!too_large(*instance_specs())); });
}

TEST_CASE(kDiscarding, "[.][machinery]") {
  check_property(kDiscarding, 1.0, [] { RC_PRE((*instance_specs()).m == 0); });
}

TEST_CASE("a failing law prints an exact case, which is a file that the engine runs, and how to replay it",
          "[machinery]") {
  const Outcome outcome = rerun(kFailing, "seed=7 max_success=200");
  INFO(outcome.output);
  CHECK(outcome.status == 1);
  CHECK(outcome.says("Falsifiable after"));
  const std::string file =
      first_match(outcome.output, "escapement run --instance ([0-9a-f]{16}.instance.json)");
  const std::string reproduce = first_match(outcome.output, "reproduce=([A-Za-z0-9+_-]+)");
  REQUIRE_FALSE(file.empty());
  REQUIRE_FALSE(reproduce.empty());

  // Shrunk to what the law is about, printed and stored exactly.
  const model::InstanceFile instance = model::read_instance_file(file);
  REQUIRE(instance.start.rows.size() == 1);
  const Exact a = instance.start.rows[0].back();
  CHECK(a > Exact(1, 3));
  CHECK(simpler(a).size() > 0);
  for (const Exact& smaller : simpler(a)) CHECK_FALSE(smaller > Exact(1, 3));
  CHECK(outcome.says(fmt::format("\"a0\": [\"{}\"]", numeric::to_string(a))));
  config::Request request;
  request.given = instance.settings;
  CHECK(engine::run_instance(model::make_instance(config::load(request), instance), {}).trajectory.outcome ==
        observe::Outcome::completed);

  SECTION("the string replays that case, and no other law passes under it") {
    const Outcome again = rerun(kFailing, "reproduce=" + reproduce);
    INFO(again.output);
    CHECK(again.status == 1);
    CHECK(first_match(again.output, "--instance ([0-9a-f]{16}.instance.json)") == file);
    const Outcome other = rerun("an instance file gives back every number", "reproduce=" + reproduce);
    INFO(other.output);
    CHECK(other.status == 1);
    CHECK(other.says("no case ran"));
  }
  SECTION("the same seed is the same case") {
    CHECK(first_match(rerun(kFailing, "seed=7 max_success=200").output,
                      "--instance ([0-9a-f]{16}.instance.json)") == file);
  }
}

TEST_CASE("a law of which no case ran has failed", "[machinery]") {
  const Outcome discarded = rerun(kDiscarding, "seed=1 max_success=20");
  INFO(discarded.output);
  CHECK(discarded.status == 1);
  CHECK(discarded.says("Gave up"));
  const Outcome unknown = rerun("a law that does not exist", "seed=1");
  CHECK(unknown.status == 2);
}

}  // namespace escapement::test
