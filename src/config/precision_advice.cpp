#include "escapement/config/precision_advice.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/config/label_noise.h"

namespace escapement::config {

namespace {

constexpr long kDoubleBits = 53, kMostBits = 1'000'000;
constexpr long kRareBits = 20;  // maxima are exceeded with a probability below 2^-20

// The least k with x <= 2^k; x > 0.
BigInt log2_above(const Exact& x) {
  const BigInt p = numerator(x), q = denominator(x);
  const auto length = [](const BigInt& n) { return static_cast<long>(msb(n)) + 1; };
  const long near = length(p) - length(q);  // 2^(near - 1) < p / q < 2^(near + 1)
  const bool fits = near >= 0 ? p <= BigInt(q << near) : BigInt(p << -near) <= q;
  return fits ? near : near + 1;
}

// ln(count 2^20) at the most, by 0.7 > ln 2.
Exact log_of_rare(const BigInt& count) { return Exact(7, 10) * Exact(log2_above(Exact(count)) + kRareBits); }

// Above every one of `count` chi-squared variates of k degrees of freedom but for a probability of 2^-20:
// P(chi^2_k > k + 2 sqrt(k L) + 2 L) <= e^-L [LaurentMassart2000, Lemma 1], and 2 sqrt(k L) <= k + L.
Exact chi_squared_above(std::size_t k, const BigInt& count) { return Exact(2 * k) + 3 * log_of_rare(count); }

// An integer above the square root.
Exact root_above(const Exact& x) {
  const BigInt whole = numerator(x) / denominator(x) + 1;
  return Exact(sqrt(whole) + 1);
}

}  // namespace

Exact rounding_factor(std::size_t d, std::uint64_t steps, const Exact& h) {
  const Exact step = Exact(21, 10) * (1 + h) * (2 + Exact(d + 6) * h) + Exact(d + 8) * h * h + 2;
  return Exact(steps) * step + Exact(2 * (d + 4));
}

PrecisionAdvice advise_precision(const Config& c, std::uint64_t steps) {
  const Exact f2 = c.init.factor * c.init.factor;
  // The largest neuron's |z|^2 over the mean |w|^2; balanced and chain starts lie within it.
  const Exact spread = chi_squared_above(c.d, c.m) / Exact(c.d) +
                       chi_squared_above(1, c.m) / Exact(std::min<BigInt>(c.m, c.d));
  const BigInt inputs = c.n > 0 ? BigInt(c.n) : BigInt(steps) * BigInt(c.batch.size) + 1;
  const Exact x = root_above(chi_squared_above(c.d, inputs));  // above every |x_k|
  const Exact sigma = uses_label_noise(c) ? c.sigma : Exact(0);
  const Exact eta = c.loss == Loss::square ? Exact(2 * c.eta) : c.eta;
  const Exact h = eta * x * (x * (f2 + c.theta_norm) + sigma);
  // E (eta^2 DeltaW) = eta^2 g^2 |w|^2 up to a^2: with label noise g^2 stays at sigma^2, without it starts at |theta - theta*|^2.
  const Exact g2 = sigma != 0 ? Exact(sigma * sigma) : Exact(f2 * f2 + c.theta_norm * c.theta_norm);
  const Exact needed = rounding_factor(c.d, std::max<std::uint64_t>(steps, 1), h) * spread / (eta * eta * g2);
  return {steps, std::max<BigInt>(log2_above(needed) + kGuardBits, kDoubleBits)};
}

std::optional<std::string> precision_warning(const Config& c) {
  const PrecisionAdvice advice = advise_precision(c, c.steps);
  if (advice.bits <= c.precision.bits) return std::nullopt;
  return fmt::format(
      "precision {} is below the {} bits that resolve the change of |w_i|^2 - a_i^2 in one step over {} "
      "steps "
      "at eta = {} (--precision auto takes them)",
      value_of(c, "precision"), advice.bits.str(), advice.steps, value_of(c, "eta"));
}

void choose_precision(Config& c) {
  if (c.precision.bits != 0) return;
  const std::string where = c.source_of("precision");
  const PrecisionAdvice advice = advise_precision(c, c.steps);
  if (advice.bits > kMostBits)
    throw InputError(where, "precision",
                     fmt::format("at most {} bits, and auto needs {}", kMostBits, advice.bits.str()), "auto");
  c.precision = {};
  if (advice.bits > kDoubleBits)
    c.precision = {PrecisionChoice::Kind::multiple, static_cast<long>(advice.bits)};
  c.sources.insert_or_assign("precision", "auto, " + where);
}

}  // namespace escapement::config
