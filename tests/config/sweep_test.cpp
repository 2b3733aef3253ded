#include "escapement/config/sweep.h"

#include <string>

#include <catch2/catch.hpp>

#include "escapement/config/ladder.h"
#include "escapement/config/load.h"

#include "config/support.h"

using namespace escapement::config;  // NOLINT(google-build-using-namespace)
using escapement::config::test::message_of;
using Values = std::vector<std::string>;

namespace {

Values values(const std::string& text) { return parse_sweep(text).values; }

}  // namespace

TEST_CASE("a sweep over a list") {
  CHECK(parse_sweep("eta=1e-4,2^-10").key == "eta");
  CHECK(values("eta = 1e-4, 1/1000,2^-10") == Values{"1e-4", "1e-3", "2^-10"});
  CHECK(values("algorithm=sgd,gd") == Values{"sgd", "gradient-descent"});
  CHECK(values("record=at:[1,2],log:10,none") == Values{"at:[1,2]", "log:10", "none"});
  CHECK(values("schedule=periodic:1:2,on") == Values{"periodic:1:2", "on"});
  CHECK(values("n=fresh,10") == Values{"fresh", "10"});
  CHECK(values("seed=7") == Values{"7"});
}

TEST_CASE("linear ranges are exact") {
  CHECK(values("sigma=0:1:lin:5") == Values{"0", "1/4", "0.5", "3/4", "1"});
  CHECK(values("sigma=0:1:lin:4") == Values{"0", "1/3", "2/3", "1"});
  CHECK(values("sigma=2:1:lin:2") == Values{"2", "1"});
  CHECK(values("sigma=0:8:lin").size() == 9);
  CHECK(values("d=1:4:lin:9") == Values{"1", "2", "3", "4"});  // integers, each once
  CHECK(values("seed=1:10:lin:10").back() == "10");
}

TEST_CASE("logarithmic ranges are exact where they can be") {
  CHECK(values("eta=1e-4:1e-2:log:3") == Values{"1e-4", "1e-3", "0.01"});
  CHECK(values("eta=2^-12:2^-10:log:3") == Values{"2^-12", "2^-11", "2^-10"});
  CHECK(values("eta=1e-700:1e-2:log:3") == Values{"1e-700", "1e-351", "0.01"});
  CHECK(values("eta=1/9:1/81:log:3") == Values{"1/9", "1/27", "1/81"});
  CHECK(values("m=10:10^7:log:7") == Values{"10", "100", "1000", "10000", "100000", "1000000", "10000000"});
}

TEST_CASE("elsewhere logarithmic ranges have six digits between exact ends") {
  CHECK(values("eta=1e-3:1e-2:log:4") == Values{"1e-3", "0.00215443", "0.00464159", "0.01"});
  CHECK(values("eta=1/3:1/300:log:2") == Values{"1/3", "1/300"});
  CHECK(values("eta=1e-3:1e-6:log:3") == Values{"1e-3", "3.16228e-5", "1e-6"});
  CHECK(values("eta=10^-701:10^-700:log:3") == Values{"1e-701", "3.16228e-701", "1e-700"});
  CHECK(values("m=1:10:log:9") == Values{"1", "2", "3", "4", "6", "7", "10"});  // 1.33, 1.78, 2.37, ...
  CHECK(values("m=1:10^400:log:9").size() == 9);
  const auto ladder = logarithmic_ladder(Exact(2), Exact(7), 6);
  for (std::size_t i = 0; i + 1 < ladder.size(); ++i) CHECK(ladder[i] < ladder[i + 1]);
}

TEST_CASE("every value of a sweep loads") {
  for (const char* text :
       {"eta=1e-5:0.3:log:20", "m=1:1e6:log", "sigma=0:4:lin:7", "precision=double,64,certified"}) {
    const Sweep sweep = parse_sweep(text);
    for (const std::string& value : sweep.values) {
      Request request;
      request.options = {{sweep.key, value, "a sweep", false}};
      CHECK(value_of(load(request), sweep.key) == value);
    }
  }
}

TEST_CASE("sweeps that are none") {
  const auto refusal = [](const std::string& text) { return message_of([&] { parse_sweep(text); }); };
  CHECK_THAT(refusal("eta"), Catch::StartsWith("--sweep: expected key=v1,v2"));
  CHECK_THAT(refusal("ets=1,2"), Catch::Contains("nearest is 'eta'"));
  CHECK_THAT(refusal("eta=1,x"), Catch::EndsWith("expected a positive number, got \"x\""));
  CHECK_THAT(refusal("eta="), Catch::EndsWith("got \"\""));
  CHECK_THAT(refusal("eta=1,,2"), Catch::EndsWith("got \"\""));
  CHECK_THAT(refusal("eta=1:2"), Catch::EndsWith("got \"1:2\""));
  CHECK_THAT(refusal("eta=a:2:log"), Catch::Contains("a:b:log"));
  CHECK_THAT(refusal("eta=0:2:log"), Catch::Contains("positive a and b"));
  CHECK_THAT(refusal("eta=0:2:lin"), Catch::Contains("expected a positive number, got \"0\""));
  CHECK(values("eta=1:1:log:1") == Values{"1"});
  CHECK_THAT(refusal("eta=1:2:log:0"), Catch::Contains("COUNT from 1 to 10000"));
  CHECK_THAT(refusal("eta=1:2:log:1"), Catch::Contains("COUNT of at least 2"));
  CHECK_THAT(refusal("eta=1:2:log:10001"), Catch::Contains("COUNT"));
  CHECK_THAT(refusal("eta=1:2:log:x"), Catch::Contains("COUNT"));
  CHECK(values("eta=1:1:log") == Values{"1"});
  CHECK(values("eta=1") == Values{"1"});
  CHECK_THAT(refusal("eta=1:2:log:3:4"), Catch::Contains("key 'eta'"));
  CHECK_THAT(refusal("loss=1:2:log"), Catch::Contains("takes no numbers"));
  CHECK_THAT(refusal("eta=0.1,1/10"), Catch::EndsWith("expected each value once, got \"0.1\""));
  CHECK_THAT(refusal("d=1:5000:lin:2"), Catch::Contains("from 1 to 4096"));
  CHECK_THAT(refusal("eta=1e-300000:1:log:10000"), Catch::Contains("fewer values or shorter numbers"));
  std::string many = "seed=0";
  for (int i = 1; i <= 10'000; ++i) many += "," + std::to_string(i);
  CHECK_THAT(refusal(many), Catch::Contains("at most 10000 values"));
}
