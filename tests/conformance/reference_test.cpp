// Every update rule, in every scalar and both states, against ends that something else computed.
#include <catch2/catch.hpp>

#include "escapement/numeric/precision.h"

#include "expected.h"

using namespace escapement;
using test::Case;
using test::Pair;

namespace {

engine::RunResult run(const Case& c, const std::string& state, const std::string& precision) {
  const model::Instance instance = load_instance(
      c, {{"state", state, "test"}, {"precision", precision, "test"}, {"record", "every:7", "test"}});
  engine::RunOptions options;
  options.watch.neurons_at_end = true;
  return engine::run_instance(instance, options);
}

// |ours - expected| <= tolerance * max(1, |expected|), decided in enclosures of the exact numbers.
bool close(const Pair& p, const numeric::Exact& tolerance) {
  const numeric::WorkingPrecision guard(512);
  const numeric::Exact expected = *numeric::parse_exact(p.expected);
  const numeric::Exact size = std::max<numeric::Exact>(1, abs(expected));
  const numeric::Ball distance = abs(p.ours.mid() - numeric::Ball::from(expected));
  return less_equal(distance, numeric::Ball::from(tolerance * size)) == numeric::Truth::yes;
}

const numeric::Exact kFiftyFiveDigits = *numeric::parse_exact("1e-55");
// The expected strings themselves are rounded to 60 digits.
const numeric::Exact kPrintedDigits = *numeric::parse_exact("1e-59");

}  // namespace

TEST_CASE("at 256 bits every end agrees to 55 digits, in both states") {
  for (const Case& c : test::all_cases())
    for (const char* state : {"direct", "auto"}) {
      INFO(c.name << " " << state);
      const auto pairs = compare(c, run(c, state, "256"));
      CHECK(pairs.size() > 4);
      for (const Pair& p : pairs) {
        INFO(p.name << " expected " << p.expected << " got " << p.ours.mid_string(62));
        CHECK(close(p, kFiftyFiveDigits));
      }
    }
}

TEST_CASE("double agrees to what its epsilon allows, in both states") {
  for (const Case& c : test::all_cases())
    for (const char* state : {"direct", "auto"}) {
      INFO(c.name << " " << state);
      const engine::RunResult result = run(c, state, "double");
      // At most 60 steps; each of them, and the start's factorisation, is backward stable with a small constant.
      const numeric::Exact tolerance = *numeric::parse_exact("2^-53") * (64 * 64);
      for (const Pair& p : compare(c, result)) {
        INFO(p.name << " expected " << p.expected << " got " << p.ours.mid_string(20));
        CHECK(close(p, tolerance));
      }
    }
}

TEST_CASE("the enclosure contains the value, in both states") {
  for (const Case& c : test::all_cases())
    for (const char* state : {"direct", "auto"}) {
      INFO(c.name << " " << state);
      const engine::RunResult result = run(c, state, "certified:256");
      for (const Pair& p : compare(c, result)) {
        const numeric::WorkingPrecision guard(512);
        const numeric::Exact expected = *numeric::parse_exact(p.expected);
        const numeric::Exact slack = kPrintedDigits * std::max<numeric::Exact>(1, abs(expected));
        INFO(p.name << " expected " << p.expected << " got " << p.ours.mid_string(62) << " +/- "
                    << p.ours.radius_string());
        numeric::Ball printed = numeric::Ball::from(expected);
        arb_add_error(printed.raw(), numeric::Ball::from(slack).raw());
        CHECK(p.ours.overlaps(printed));
        CHECK(less(p.ours.radius(), numeric::Ball::from(kFiftyFiveDigits)) == numeric::Truth::yes);
      }
    }
}

TEST_CASE("a naive autograd loop in double precision ends where the engine does") {
  const numeric::Exact tolerance = *numeric::parse_exact("1e-12");
  for (const Case& c : test::autograd_cases()) {
    INFO(c.name);
    for (const Pair& p : compare(c, run(c, "auto", "double"))) {
      INFO(p.name << " recorded " << p.expected << " got " << p.ours.mid_string(20));
      CHECK(close(p, tolerance));
    }
  }
}
