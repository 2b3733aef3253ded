// What happens to a symmetric image of an instance is the image of what happens to the instance. Tolerances as in
// agreement_test.cpp: the running errors of both.
#include "symmetry.h"

#include <fmt/format.h>

#include "escapement/numeric/precision.h"

#include "../support/property.h"

namespace escapement::test {

namespace {

constexpr int kRoundings = 16;
constexpr long kGuardBits = 600;

engine::RunResult run_in(const InstanceSpec& spec, const std::string& precision, const std::string& state) {
  return run(make_instance(spec, {{"precision", precision}, {"state", state}, {"record", "none"}}));
}

void expect_same(const InstanceSpec& spec, const std::vector<Turn>& turns, const std::string& precision,
                 long bits) {
  const InstanceSpec image = turned(spec, turns);
  const Ball error = running_error(spec, bits), image_error = running_error(image, bits);
  RC_PRE(error.is_finite() && image_error.is_finite());
  const numeric::WorkingPrecision guard(kGuardBits);
  for (const char* state : {"direct", "width-free"}) {
    RC_LOG() << state << ", precision " << precision << "\n";
    const End expected = turned(run_in(spec, precision, state), turns),
              end = end_of(run_in(image, precision, state));
    ESCAPEMENT_EXPECT_NONE(
        first_beyond(end.network, expected.network, (error + image_error) * Ball(kRoundings)));
  }
}

}  // namespace

// (-w_i)(-a_i) is the same product, rounded or not.
ESCAPEMENT_PROPERTY("flipping the signs of w_i and a_i flips that neuron and nothing else, bit for bit", 0.5,
                    [] {
                      const InstanceSpec spec = *instance_specs();
                      const std::vector<Turn> flips = *turns(spec, Turns::signs_of_neurons);
                      for (const char* precision : {"double", "100", "certified:100"}) {
                        RC_LOG() << precision << "\n";
                        const numeric::WorkingPrecision guard(kGuardBits);
                        const engine::RunResult before = run_in(spec, precision, "direct"),
                                                after = run_in(turned(spec, flips), precision, "direct");
                        ESCAPEMENT_EXPECT_NONE(
                            first_difference(end_of(after).network, turned(before, flips).network));
                      }
                    });

ESCAPEMENT_PROPERTY("the order of the neurons does not matter", 0.4, [] {
  const InstanceSpec spec = *instance_specs();
  expect_same(spec, *turns(spec, Turns::permutations_of_neurons), "double", 53);
});

ESCAPEMENT_PROPERTY("double: turning neurons or the input space turns the trajectory", 0.6, [] {
  const InstanceSpec spec = *instance_specs();
  expect_same(spec, *turns(spec, Turns::any), "double", 53);
});

ESCAPEMENT_PROPERTY("Mp: turning neurons or the input space turns the trajectory", 0.4, [] {
  const InstanceSpec spec = *instance_specs();
  const long bits = *rc::gen::inRange<long>(30, 400);
  expect_same(spec, *turns(spec, Turns::any), std::to_string(bits), bits);
});

ESCAPEMENT_PROPERTY("Ball: turning neurons or the input space turns the trajectory", 0.4, [] {
  const InstanceSpec spec = *instance_specs();
  const std::vector<Turn> all = *turns(spec, Turns::any);
  const std::string precision = fmt::format("certified:{}", *rc::gen::inRange<long>(30, 400));
  const numeric::WorkingPrecision guard(kGuardBits);
  for (const char* state : {"direct", "width-free"}) {
    const engine::RunResult before = run_in(spec, precision, state),
                            after = run_in(turned(spec, all), precision, state);
    RC_PRE(before.trajectory.outcome == observe::Outcome::completed &&
           after.trajectory.outcome == observe::Outcome::completed);
    ESCAPEMENT_EXPECT_NONE(first_disjoint(end_of(after).network, turned(before, all).network));
  }
});

}  // namespace escapement::test
