#include "alike.h"

#include <fmt/format.h>

#include "escapement/numeric/precision.h"

#include "../support/dice.h"

namespace escapement::test {

namespace {

constexpr int kRoundings = 16;  // as in agreement_test.cpp
constexpr long kGuardBits = 600;

engine::RunResult run_in(const InstanceSpec& spec, const std::string& precision, const std::string& state) {
  return run(make_instance(spec, {{"precision", precision}, {"state", state}, {"record", "none"}}));
}

// The end in other units, exactly: powers of two change exponents alone.
End in_units(engine::RunResult result, const Units& units) {
  const Ball neurons = Ball::from(power_of_two(units.neurons));
  const Ball predictor = Ball::from(power_of_two(units.predictor));
  for (Ball& entry : result.final.theta) entry *= predictor;
  for (auto& row : result.final.neurons)
    for (Ball& entry : row) entry *= neurons;
  return end_of(result);
}

bool complete(const engine::RunResult& result) {
  return result.trajectory.outcome == observe::Outcome::completed;
}

void expect_overlap(const InstanceSpec& x, const InstanceSpec& y, long bits, const Units& units) {
  const std::string precision = fmt::format("certified:{}", bits);
  for (const char* state : {"direct", "width-free"}) {
    RC_LOG() << state << ", precision " << precision << "\n";
    const engine::RunResult one = run_in(x, precision, state), other = run_in(y, precision, state);
    RC_PRE(complete(one) && complete(other));
    const numeric::WorkingPrecision guard(kGuardBits);
    ESCAPEMENT_EXPECT_NONE(first_disjoint(in_units(one, units).network, end_of(other).network));
  }
}

}  // namespace

void expect_alike(const InstanceSpec& x, const InstanceSpec& y) {
  const long bits = *rc::gen::inRange<long>(30, 400);
  for (const long digits : {numeric::kDoubleBits, bits}) {
    const std::string precision = digits == bits ? std::to_string(bits) : "double";
    const Ball error = running_error(x, digits), other_error = running_error(y, digits);
    RC_PRE(error.is_finite() && other_error.is_finite());
    const numeric::WorkingPrecision guard(kGuardBits);
    for (const char* state : {"direct", "width-free"}) {
      RC_LOG() << state << ", precision " << precision << "\n";
      ESCAPEMENT_EXPECT_NONE(first_beyond(end_of(run_in(x, precision, state)).network,
                                          end_of(run_in(y, precision, state)).network,
                                          (error + other_error) * Ball(kRoundings)));
    }
  }
  expect_overlap(x, y, bits, {});
}

void expect_identical(const InstanceSpec& x, const InstanceSpec& y, const Units& units) {
  const long bits = *rc::gen::inRange<long>(30, 400);
  for (const std::string& precision : {std::string("double"), std::to_string(bits)})
    for (const char* state : {"direct", "width-free"}) {
      RC_LOG() << state << ", precision " << precision << "\n";
      const engine::RunResult one = run_in(x, precision, state), other = run_in(y, precision, state);
      RC_ASSERT(one.final.steps == other.final.steps);
      const numeric::WorkingPrecision guard(kGuardBits);
      ESCAPEMENT_EXPECT_NONE(first_difference(in_units(one, units).network, end_of(other).network));
    }
  expect_overlap(x, y, bits, units);
}

}  // namespace escapement::test
