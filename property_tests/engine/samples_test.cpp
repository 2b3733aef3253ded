// What a data set may look like without a change: samples twice, copies of a sample, one sample four times in place of one
// twice as long.
#include <fmt/format.h>

#include "escapement/numeric/precision.h"

#include "../support/dice.h"
#include "../support/property.h"
#include "alike.h"

namespace escapement::test {

namespace {

// Every sample `copies` times, one after the other, and a full batch's noise with them.
InstanceSpec duplicated(const InstanceSpec& spec, std::size_t copies) {
  InstanceSpec result = spec;
  const auto repeat = [copies](auto& list) {
    auto once = list;
    list.clear();
    for (const auto& x : once) list.insert(list.end(), copies, x);
  };
  repeat(result.inputs);
  result.n *= copies;
  if (spec.per_step() == spec.n && spec.samples.empty()) {
    repeat(result.signs);
    repeat(result.noise);
  }
  return result;
}

}  // namespace

ESCAPEMENT_PROPERTY("the full batch does not see that every sample is there twice", 0.5, [] {
  InstanceSpec spec = *instance_specs();
  RC_PRE(spec.samples.empty());
  expect_alike(duplicated(spec, 2), spec);
});

// A batch of 1 or B takes inputs, not indices.
ESCAPEMENT_PROPERTY("which copy of a sample is drawn does not matter, bit for bit", 0.5, [] {
  InstanceSpec spec = *instance_specs();
  RC_PRE(!spec.samples.empty());
  Dice dice(rc::Random(*rc::gen::arbitrary<std::uint64_t>()));
  const auto copies = static_cast<std::uint32_t>(dice.between(2, 3));
  InstanceSpec other = duplicated(spec, copies);
  for (std::uint32_t& k : other.samples) k = copies * k + static_cast<std::uint32_t>(dice.below(copies));
  RC_LOG_CASE(other);
  expect_identical(spec, other);
});

// (1/n) sum: four copies of x among n + 3 samples at the step size eta (n + 3) / n, or 2 x among n at eta.
ESCAPEMENT_PROPERTY("without noise four copies of a sample are one sample twice as long", 0.5, [] {
  InstanceSpec longer = *instance_specs();
  longer.algorithm = "gradient-descent";
  longer.batch = 0;
  longer.samples.clear();
  longer.signs.clear();
  longer.noise.clear();
  InstanceSpec copies = longer;
  const std::size_t k = *rc::gen::inRange<std::size_t>(0, longer.n);
  for (Exact& x : longer.inputs[k]) x *= 2;
  longer.eta /= 4;
  copies.inputs.insert(copies.inputs.end(), 3, copies.inputs[k]);
  copies.n += 3;
  copies.eta = longer.eta * static_cast<long>(copies.n) / static_cast<long>(longer.n);
  RC_LOG_CASE(copies);
  expect_alike(copies, longer);
});

}  // namespace escapement::test
