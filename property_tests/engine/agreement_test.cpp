// The direct and the width-free state are two ways to compute one trajectory, and so are the three arithmetics. Each
// is held against an enclosure of the exact trajectory, computed with digits to spare.
//
// Tolerance. running_error() is what the enclosure of the direct state becomes at the same number of bits: it carries
// along, through the same operations, an upper bound of all roundings made so far, and so holds the conditioning of this
// very trajectory. Floating-point operations in another order, and the start's factorisation (backward stable, by one
// rounding of each entry of a Gram matrix), have the same size; the largest ratio seen in 10^5 instances is 5.
#include <fmt/format.h>

#include "escapement/numeric/precision.h"

#include "../support/property.h"
#include "drawn_run.h"
#include "ends.h"

namespace escapement::test {

namespace {

constexpr int kRoundings = 16;  // running errors allowed

Ball tolerance(const Ball& error) {
  const numeric::WorkingPrecision guard(128);
  return error * Ball(kRoundings);
}

// Digits to spare: an enclosure of the exact trajectory far narrower than what is compared.
template <class Source>
End exact_end(const Source& source, long bits) {
  return end_of(
      source,
      {{"precision", fmt::format("certified:{}", bits + 200)}, {"state", "direct"}, {"record", "none"}});
}

template <class Source>
void expect_close(const Source& source, const std::string& precision, long bits) {
  const Ball error = running_error(source, bits);
  RC_PRE(error.is_finite());  // SAM near a gradient that is zero: the direction is undecided
  const End exact = exact_end(source, bits);
  for (const char* state : {"direct", "width-free"}) {
    const End end = end_of(source, {{"precision", precision}, {"state", state}, {"record", "none"}});
    RC_LOG() << state << ", precision " << precision << "\n";
    RC_ASSERT(end.steps == exact.steps);
    ESCAPEMENT_EXPECT_NONE(first_beyond(end.network, exact.network, tolerance(error)));
  }
}

template <class Source>
void expect_enclosed(const Source& source, long bits) {
  const std::string precision = fmt::format("certified:{}", bits);
  const auto end = [&](const char* state, const std::string& digits) {
    return end_of(source, {{"precision", digits}, {"state", state}, {"record", "none"}, {"watch", "2"}});
  };
  const End exact = end("direct", fmt::format("certified:{}", bits + 200));
  const End direct = end("direct", precision), reduced = end("width-free", precision);
  for (const End* one : {&direct, &reduced}) {
    RC_LOG() << (one == &direct ? "direct" : "width-free") << ", precision " << precision << "\n";
    if (one->outcome == observe::Outcome::undecided) continue;  // wider than 2^500, and it says so
    RC_ASSERT(one->steps == exact.steps);
    ESCAPEMENT_EXPECT_NONE(first_disjoint(one->network, exact.network));
    // An enclosure of |w_i|^2 that touches zero has no square root: the columns of the neurons are then absent.
    ESCAPEMENT_EXPECT_NONE(first_disjoint(one->observables, shared(exact.observables, one->observables)));
  }
}

}  // namespace

ESCAPEMENT_PROPERTY("double: both states end where the exact trajectory does", 2.0,
                    [] { expect_close(*instance_specs(), "double", 53); });

ESCAPEMENT_PROPERTY("Mp: both states end where the exact trajectory does, to any number of digits", 1.0, [] {
  const InstanceSpec spec = *instance_specs();
  const long bits = *rc::gen::inRange<long>(24, 500);
  expect_close(spec, std::to_string(bits), bits);
});

ESCAPEMENT_PROPERTY("Ball: the enclosures of both states contain the exact trajectory, in every observable",
                    1.0, [] {
                      const InstanceSpec spec = *instance_specs();
                      expect_enclosed(spec, *rc::gen::inRange<long>(24, 500));
                    });

ESCAPEMENT_PROPERTY("double: generated instances, blocks of steps, fresh inputs", 0.6,
                    [] { expect_close(*drawn_runs(Rules::right_multiplications, 60'000), "double", 53); });

ESCAPEMENT_PROPERTY("Mp: generated instances, blocks of steps, fresh inputs", 0.3, [] {
  const DrawnRun run = *drawn_runs(Rules::right_multiplications, 30'000);
  const long bits = *rc::gen::inRange<long>(30, 300);
  expect_close(run, std::to_string(bits), bits);
});

ESCAPEMENT_PROPERTY("Ball: generated instances, blocks of steps, fresh inputs", 0.3, [] {
  const DrawnRun run = *drawn_runs(Rules::right_multiplications, 30'000);
  expect_enclosed(run, *rc::gen::inRange<long>(53, 300));
});

}  // namespace escapement::test
