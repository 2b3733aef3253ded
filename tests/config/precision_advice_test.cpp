#include "escapement/config/precision_advice.h"

#include <catch2/catch.hpp>

#include "config/support.h"

using namespace escapement::config;  // NOLINT(google-build-using-namespace)
using escapement::config::test::message_of;
using escapement::config::test::with_sets;

namespace {

long bits_for(std::vector<std::string> sets) {
  const Config config = with_sets(std::move(sets));
  return static_cast<long>(advise_precision(config, config.steps).bits);
}

}  // namespace

TEST_CASE("advice grows by two bits for each halving of the step and one for each doubling of the horizon") {
  const long base = bits_for({"eta=2^-60", "steps=2^20"});
  CHECK(bits_for({"eta=2^-61", "steps=2^20"}) == base + 2);
  CHECK(bits_for({"eta=2^-160", "steps=2^20"}) == base + 200);
  CHECK(bits_for({"eta=2^-60", "steps=2^21"}) == base + 1);
  CHECK(bits_for({"eta=2^-60", "steps=2^20", "sigma=8"}) == base - 2);  // four times the change
  CHECK(bits_for({"eta=2^-60", "steps=2^20", "m=10^548"}) > base);      // the largest of more neurons
  CHECK(bits_for({"eta=2^-60", "steps=2^20", "loss=square"}) == base - 2);
  // 2 log2(1/eta) + log2(steps), and a few for spread, rounding and guard.
  CHECK(base > 2 * 60 + 20);
  CHECK(base < 2 * 60 + 20 + 16);
}

TEST_CASE("auto takes what is advised, and says so") {
  CHECK(value_of(with_sets({"precision=auto"}), "precision") == "double");  // the paper's own setting
  const Config small = with_sets({"precision=auto", "eta=1e-9"});
  CHECK(small.precision.kind == PrecisionChoice::Kind::multiple);
  CHECK(small.precision.bits == static_cast<long>(advise_precision(small, small.steps).bits));
  CHECK_FALSE(precision_warning(small).has_value());
  CHECK(small.source_of("precision") == "auto, --set");
  CHECK(message_of([] {
          with_sets({"precision=auto", "eta=1e-400000"});
        }).find("at most 1000000 bits") != std::string::npos);
}

TEST_CASE("a warning is one line that names what is missing") {
  CHECK_FALSE(precision_warning(with_sets({})).has_value());
  const auto warning = precision_warning(with_sets({"eta=1e-9"}));
  REQUIRE(warning.has_value());
  CHECK(warning->find('\n') == std::string::npos);
  CHECK(warning->find("eta = 1e-9") != std::string::npos);
  CHECK(warning->find("precision double") == 0);
  CHECK(precision_warning(with_sets({"eta=1e-9", "precision=64"})).has_value());
  CHECK_FALSE(precision_warning(with_sets({"eta=1e-9", "precision=certified"})).has_value());
  // Without noise, or neurons that move: no division by zero, no nonsense.
  for (const char* set : {"sigma=0", "steps=0", "theta_norm=0", "algorithm=gradient-descent", "algorithm=sam",
                          "n=fresh", "m=1", "d=1"})
    CHECK(bits_for({set}) >= 53);
}
