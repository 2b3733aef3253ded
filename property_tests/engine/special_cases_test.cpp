// Rules that are each other's special cases: SAM without a radius, label noise that is off, a batch that holds every sample
// once, a loss that is twice another.
#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "escapement/numeric/precision.h"

#include "../support/dice.h"
#include "../support/property.h"
#include "alike.h"

namespace escapement::test {

namespace {

InstanceSpec with_rule(InstanceSpec spec, const std::string& algorithm) {
  spec.algorithm = algorithm;
  return spec;
}

// A drawn instance that keeps its numbers and becomes one of this rule: its batch, samples and noise drawn anew.
InstanceSpec drawn_as(const std::string& algorithm, std::size_t batch) {
  InstanceSpec spec = with_rule(*instance_specs(), algorithm);
  Dice dice(rc::Random(*rc::gen::arbitrary<std::uint64_t>()));
  spec.batch = spec.full_batch_rule() ? 0 : batch;
  spec.samples.clear();
  spec.signs.clear();
  spec.noise.clear();
  for (std::size_t i = 0; i < spec.steps * spec.per_step(); ++i) {
    if (spec.batch != 0) spec.samples.push_back(static_cast<std::uint32_t>(dice.below(spec.n)));
    spec.signs.push_back(dice.sign());
  }
  return spec;
}

}  // namespace

ESCAPEMENT_PROPERTY("SAM with radius 0 is SGD with the same batch and label noise", 0.6, [] {
  InstanceSpec sam = drawn_as("sam", *rc::gen::element<std::size_t>(1, 1, 2, 5, 0));
  sam.rho = 0;
  const InstanceSpec sgd = with_rule(sam, "label-noise-sgd");
  RC_LOG_CASE(sam);
  expect_alike(sam, sgd);
});

// No noise is drawn, so none can be rounded: the same operations.
ESCAPEMENT_PROPERTY("label noise that is off is no label noise, bit for bit", 0.5, [] {
  const bool full = *rc::gen::arbitrary<bool>();
  InstanceSpec noisy =
      drawn_as(full ? "label-noise-gd" : "label-noise-sgd", *rc::gen::element<std::size_t>(1, 1, 2, 5, 0));
  if (*rc::gen::arbitrary<bool>())
    noisy.schedule = "off";
  else
    noisy.sigma = 0;
  RC_LOG_CASE(noisy);
  expect_identical(noisy, with_rule(noisy, full ? "gradient-descent" : "sgd"));
});

ESCAPEMENT_PROPERTY("a batch that holds every sample once is the full batch", 0.6, [] {
  InstanceSpec full = drawn_as("gradient-descent", 0);
  full.signs.clear();
  InstanceSpec batch = with_rule(full, "sgd");
  batch.batch = batch.n;
  for (std::uint64_t t = 0; t < batch.steps; ++t) {
    std::vector<std::uint32_t> order(batch.n);
    std::iota(order.begin(), order.end(), 0u);
    Dice dice(rc::Random(*rc::gen::arbitrary<std::uint64_t>()));
    for (std::size_t k = batch.n; k > 1; --k) std::swap(order[k - 1], order[dice.below(k)]);
    batch.samples.insert(batch.samples.end(), order.begin(), order.end());
  }
  RC_LOG_CASE(batch);
  expect_alike(batch, full);
});

// eta + eta and twice the rounded eta are the same number.
ESCAPEMENT_PROPERTY("the loss `square` at eta is `half-square` at 2 eta, bit for bit", 0.6, [] {
  InstanceSpec square = *instance_specs();
  square.loss = "square";
  InstanceSpec half = square;
  half.loss = "half-square";
  half.eta = 2 * square.eta;
  expect_identical(square, half);
});

}  // namespace escapement::test
