// Two quantities that are zero in exact arithmetic, whatever the rule: the norm identity's defect, summed step by step over
// the followed neurons, and Z(t) - Z(0) P(t). An enclosure must contain 0; a floating-point value may be as large as the
// upper end of the enclosure at the same number of bits, which is the running error of the same computation, a few times.
#include <fmt/format.h>

#include "escapement/numeric/precision.h"
#include "escapement/observe/columns.h"

#include "../support/property.h"
#include "ends.h"

namespace escapement::test {

namespace {

constexpr int kRoundings = 16;

template <class Source>
engine::RunResult observed(const Source& source, const std::string& precision, const std::string& state) {
  return run(make_instance(
      source, {{"precision", precision}, {"state", state}, {"record", "every:5"}, {"watch", "3"}}));
}

// 0 is enclosed at every recorded step, and floating point with as many bits stays within the enclosure's size.
template <class Source>
void expect_zero(const Source& source, const std::string& precision, long bits) {
  for (const char* state : {"direct", "width-free"}) {
    const engine::RunResult enclosed = observed(source, fmt::format("certified:{}", bits), state);
    const engine::RunResult rounded = observed(source, precision, state);
    RC_PRE(enclosed.trajectory.outcome == observe::Outcome::completed);
    RC_ASSERT(rounded.trajectory.records.size() == enclosed.trajectory.records.size());
    const numeric::WorkingPrecision guard(bits + 64);
    for (std::size_t i = 0; i < rounded.trajectory.records.size(); ++i)
      for (const auto column : {observe::Column::identity_defect, observe::Column::product_defect}) {
        const auto value = [&](const engine::RunResult& r) {
          return r.trajectory.records[i].values.at(static_cast<std::size_t>(column));
        };
        RC_ASSERT(value(enclosed).has_value());
        RC_ASSERT(value(rounded).has_value());
        const Ball zero = *value(enclosed), defect = *value(rounded);
        RC_LOG() << state << ", step " << rounded.trajectory.records[i].step << ", "
                 << observe::column_names()[static_cast<std::size_t>(column)] << ": " << defect.mid_string(6)
                 << ", enclosure " << zero.mid_string(6) << " +/- " << zero.radius_string() << "\n";
        RC_ASSERT(zero.contains_zero());
        RC_ASSERT(less_equal(defect, zero.upper() * Ball(kRoundings)) == numeric::Truth::yes);
      }
  }
}

}  // namespace

ESCAPEMENT_PROPERTY("norm identity and Z(t) = Z(0) P(t) in double and Ball", 1.0,
                    [] { expect_zero(*instance_specs(), "double", 53); });

ESCAPEMENT_PROPERTY("norm identity and Z(t) = Z(0) P(t) to any number of digits", 0.5, [] {
  const InstanceSpec spec = *instance_specs();
  const long bits = *rc::gen::inRange<long>(30, 400);
  expect_zero(spec, std::to_string(bits), bits);
});

ESCAPEMENT_PROPERTY("norm identity and Z(t) = Z(0) P(t) over generated instances", 0.3,
                    [] { expect_zero(*drawn_runs(Rules::right_multiplications, 30'000), "double", 53); });

// The followed neurons are stepped beside the state: where it keeps the neurons themselves, both do the same operations.
ESCAPEMENT_PROPERTY("in the direct state followed neurons are the state's, bit for bit", 0.5, [] {
  const InstanceSpec spec = *instance_specs();
  for (const char* precision : {"double", "100"})
    for (const observe::Record& record : observed(spec, precision, "direct").trajectory.records) {
      const auto& defect = record.values.at(static_cast<std::size_t>(observe::Column::product_defect));
      RC_ASSERT(defect.has_value());
      RC_ASSERT(defect->identical(Ball(0)));
    }
});

}  // namespace escapement::test
