#include "escapement/certify/enclosed_parts.h"

#include <algorithm>
#include <cmath>

#include "escapement/certify/gradient_rule.h"
#include "escapement/numeric/precision.h"

namespace escapement::certify {

using numeric::Ball;
using numeric::BigInt;

namespace {

constexpr int kMantissaBits = 53;
constexpr long kFreshBits = 128;  // a normal draw below 2^-75 in magnitude is rarer than 2^-74

// The least k >= 0 with x a multiple of 2^-k.
long bits_below_one(double x) {
  if (x == 0) return 0;
  int exponent = 0;
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(x, &exponent), kMantissaBits));
  return std::max(0L, kMantissaBits - exponent -
                          static_cast<long>(__builtin_ctzll(static_cast<std::uint64_t>(mantissa))));
}

long bits_below_one(const numeric::Exact& x, long most) {
  const BigInt q = denominator(x);
  const auto power = static_cast<long>(msb(q));
  return q == BigInt(1) << power ? power : most;
}

}  // namespace

long input_bits_of(const model::Instance& instance, long most) {
  if (instance.n == 0) return std::min(kFreshBits, most);
  long bits = 0;
  for (const double x : instance.generated_inputs) bits = std::max(bits, bits_below_one(x));
  for (const auto& row : instance.given_inputs)
    for (const numeric::Exact& x : row) bits = std::max(bits, bits_below_one(x, most));
  return std::min(bits, most);
}

engine::PartsMaker<Ball> shadow_parts(const numeric::Exact& radius) {
  return [radius](const model::Instance& instance, const model::Problem<Ball>& problem,
                  const std::shared_ptr<const model::Start<Ball>>& start, bool track_neurons) {
    engine::Parts<Ball> parts;
    if (config::is_oscillation(instance.config.algorithm)) return parts;
    const long bits = numeric::working_bits();
    auto state = std::make_unique<ShadowState>(start, radius, input_bits_of(instance, bits), track_neurons);
    const config::Batch& batch = instance.config.batch;
    if (instance.config.algorithm != config::Algorithm::sam && (batch.full || batch.size > 1))
      parts.rule = std::make_unique<GradientRule>(instance, problem, *start, *state);
    parts.state = std::move(state);
    return parts;
  };
}

engine::PartsMaker<Ball> enclosed_parts(const numeric::Exact& radius) {
  return [radius, shadow = shadow_parts(radius)](const model::Instance& instance, const auto& problem,
                                                 const auto& start, bool track_neurons) {
    if (instance.config.algorithm == config::Algorithm::sam && radius == 0) return engine::Parts<Ball>();
    return shadow(instance, problem, start, track_neurons);
  };
}

}  // namespace escapement::certify
