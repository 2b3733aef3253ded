// The engine steps as the paper writes it. The other laws hold the engine against itself; this one against the formulas.
#include "by_hand.h"

#include <fmt/format.h>

#include "escapement/numeric/precision.h"

#include "../support/property.h"

namespace escapement::test {

namespace {

constexpr int kRoundings = 16;  // as in agreement_test.cpp

engine::RunResult run_in(const InstanceSpec& spec, const std::string& precision, const std::string& state) {
  return run(make_instance(spec, {{"precision", precision}, {"state", state}, {"record", "none"}}));
}

// Floating point within a few running errors of the exact network.
void expect_close(const InstanceSpec& spec, const std::string& precision, long bits) {
  const Ball error = running_error(spec, bits);
  RC_PRE(error.is_finite());
  const numeric::WorkingPrecision guard(bits + 300);
  const End exact = walked(spec).end();
  RC_PRE(largest_radius(exact.network).is_finite());
  for (const char* state : {"direct", "width-free"}) {
    RC_LOG() << state << ", precision " << precision << "\n";
    const engine::RunResult result = run_in(spec, precision, state);
    RC_ASSERT(result.final.steps == spec.steps);
    ESCAPEMENT_EXPECT_NONE(first_beyond(end_of(result).network, exact.network, error * Ball(kRoundings)));
  }
}

}  // namespace

ESCAPEMENT_PROPERTY("double: the network moves as the paper writes it, neuron by neuron", 1.0,
                    [] { expect_close(*instance_specs(), "double", 53); });

ESCAPEMENT_PROPERTY("Mp: the network moves as the paper writes it, neuron by neuron", 0.5, [] {
  const InstanceSpec spec = *instance_specs();
  const long bits = *rc::gen::inRange<long>(24, 400);
  expect_close(spec, std::to_string(bits), bits);
});

ESCAPEMENT_PROPERTY("Ball: the network moves as the paper writes it, neuron by neuron", 0.5, [] {
  const InstanceSpec spec = *instance_specs();
  const long bits = *rc::gen::inRange<long>(30, 400);
  const numeric::WorkingPrecision guard(bits + 300);
  const End exact = walked(spec).end();
  for (const char* state : {"direct", "width-free"}) {
    const engine::RunResult result = run_in(spec, fmt::format("certified:{}", bits), state);
    RC_PRE(result.trajectory.outcome == observe::Outcome::completed);
    ESCAPEMENT_EXPECT_NONE(first_disjoint(end_of(result).network, exact.network));
  }
});

}  // namespace escapement::test
