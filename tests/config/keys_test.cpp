#include "escapement/config/keys.h"

#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "config/support.h"

using namespace escapement::config;  // NOLINT(google-build-using-namespace)
using escapement::config::test::message_of;
using escapement::config::test::with_sets;

TEST_CASE("defaults") {
  const Config c = load({});
  CHECK(c.algorithm == Algorithm::label_noise_sgd);
  CHECK(c.eta == Exact(1, 1000));
  std::string text;
  for (const auto& [key, value] : canonical_entries(c)) text += key + "=" + value + " ";
  CHECK(text ==
        "algorithm=label-noise-sgd d=20 m=1000 n=200 eta=1e-3 sigma=4 theta_norm=1 steps=400000 batch=1 "
        "loss=half-square "
        "noise=two-point schedule=on rho=0.1 amplitude=auto init=ntk record=every:1000 snapshots=none "
        "watch=0 state=auto "
        "replicas=1 replica=0 seed=1 precision=double ");
  for (const Key& key : keys()) CHECK(c.source_of(key.name) == "default");
}

TEST_CASE("every value is read exactly and printed canonically") {
  struct Row {
    const char *setting, *printed;
  };
  const Row rows[] = {
      {"algorithm=gd", "gradient-descent"},
      {"algorithm=sam", "sam"},
      {"d=4096", "4096"},
      {"m=1e7", "10000000"},
      {"m=10^400", "1e400"},
      {"n=fresh", "fresh"},
      {"n=1e7", "10000000"},
      {"eta=10^-700", "1e-700"},
      {"eta=0x1p-40", "2^-40"},
      {"sigma=0", "0"},
      {"theta_norm=1/3", "1/3"},
      {"steps=0", "0"},
      {"steps=281474976710655", "281474976710655"},
      {"batch=16", "16"},
      {"batch=full", "full"},
      {"loss=square", "square"},
      {"noise=gaussian", "gaussian"},
      {"schedule=periodic:5:6", "periodic:5:6"},
      {"schedule=off", "off"},
      {"rho=0.05", "0.05"},
      {"amplitude=0.25", "1/4"},
      {"amplitude=auto", "auto"},
      {"init=ntk:1", "ntk"},
      {"init=ntk:0.5", "ntk:0.5"},
      {"init=balanced", "balanced"},
      {"init=balanced:1/3", "balanced:1/3"},
      {"init=chain", "chain"},
      {"record=none", "none"},
      {"record=log:20", "log:20"},
      {"snapshots=at:[3,1]", "at:[1,3]"},
      {"watch=8", "8"},
      {"state=width-free", "width-free"},
      {"replicas=4294967295", "4294967295"},
      {"replica=7", "7"},
      {"seed=18446744073709551615", "18446744073709551615"},
      {"precision=double", "double"},
      {"precision=53", "53"},
      {"precision=2", "2"},
      {"precision=1000000", "1000000"},
      {"precision=certified", "certified:256"},
      {"precision=certified:64", "certified:64"},
      {"precision=mpfr:212", "mpfr:212"},
  };
  std::set<std::string> seen;
  for (const Row& row : rows) {
    const Setting setting = parse_setting(row.setting);
    INFO(row.setting);
    const Config c = with_sets({row.setting});
    CHECK(value_of(c, setting.key) == row.printed);
    CHECK(c.source_of(setting.key) == "--set");
    seen.insert(setting.key);
  }
  for (const Key& key : keys()) CHECK(seen.count(key.name) == 1);
}

TEST_CASE("values that a key does not take leave the configuration alone") {
  const char* settings[] = {"algorithm=SGD",
                            "algorithm=",
                            "d=0",
                            "d=-1",
                            "d=4097",
                            "d=1.5",
                            "d=twenty",
                            "m=0",
                            "m=-3",
                            "m=1e-1",
                            "m=1e999999999",
                            "n=0",
                            "n=10000001",
                            "n=Fresh",
                            "eta=0",
                            "eta=-1",
                            "eta=nan",
                            "eta=1e",
                            "eta=",
                            "sigma=-1",
                            "sigma=inf",
                            "theta_norm=-0.5",
                            "steps=-1",
                            "steps=0.5",
                            "steps=281474976710656",
                            "batch=0",
                            "batch=1000001",
                            "batch=all",
                            "loss=half",
                            "noise=normal",
                            "schedule=periodic:1",
                            "rho=-0.1",
                            "amplitude=0",
                            "amplitude=-1",
                            "amplitude=none",
                            "init=zero",
                            "init=ntk:",
                            "init=ntk:0",
                            "init=ntk:-1",
                            "init=ntkx",
                            "init=chain:2",
                            "init=balanced:x",
                            "record=every:0",
                            "snapshots=at:[]",
                            "watch=-1",
                            "watch=1000001",
                            "state=fast",
                            "replicas=0",
                            "replicas=4294967296",
                            "replica=-1",
                            "replica=4294967296",
                            "seed=-1",
                            "seed=18446744073709551616",
                            "precision=1",
                            "precision=0",
                            "precision=1000001",
                            "precision=float",
                            "precision=certified:",
                            "precision=certified:1",
                            "precision=mpfr:1",
                            "precision=64bits",
                            "precision=automatic"};
  for (const char* text : settings) {
    const Setting s = parse_setting(text);
    INFO(text);
    Config config;
    const auto before = canonical_entries(config);
    const Key& key = find_key(s.key, "test");
    CHECK_FALSE(key.parse(s.value, config));
    CHECK(canonical_entries(config) == before);
    CHECK(message_of([&] { apply(config, s.key, s.value, "here"); }) ==
          "here: key '" + s.key + "': expected " + key.expected + ", got \"" + s.value + "\"");
    CHECK_FALSE(config.is_set(s.key));
  }
}

TEST_CASE("an unknown key is answered with the nearest") {
  const auto nearest = [](const std::string& name) {
    return message_of([&] { find_key(name, "run.toml:2"); });
  };
  CHECK(nearest("ets") == "run.toml:2: key 'ets': expected a configuration key; the nearest is 'eta'");
  for (const auto& [name, near] : {std::pair{"Eta", "eta"},
                                   {"theta-norm", "theta_norm"},
                                   {"step", "steps"},
                                   {"algoritm", "algorithm"},
                                   {"replica_index", "replica"},
                                   {"snapshot", "snapshots"},
                                   {"sead", "seed"},
                                   {"batch_size", "batch"}})
    CHECK_THAT(nearest(name), Catch::Contains(std::string("nearest is '") + near + "'"));
  CHECK_THAT(nearest("learning_rate"), Catch::Contains("one of algorithm, d, m, n, eta"));
  CHECK_THAT(nearest(""), Catch::Contains("one of algorithm"));
  CHECK_THAT(nearest(std::string(1'000'000, 'e')), Catch::Contains("one of algorithm"));
}

TEST_CASE("help names every key with its default") {
  const std::string help = key_help();
  for (const Key& key : keys()) {
    CHECK_FALSE(key.doc.empty());
    CHECK_THAT(help, Catch::Contains("\n  " + key.name + " ") || Catch::StartsWith("  " + key.name + " "));
    CHECK_THAT(help, Catch::Contains("[" + key.print(Config{}) + "]"));
  }
}
