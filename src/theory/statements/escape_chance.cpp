#include "escapement/theory/statements/escape_chance.h"

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/theory/condition.h"

namespace escapement::theory {

namespace {

using numeric::BigInt;
using numeric::Exact;

constexpr long kBits = 128;
constexpr std::uint64_t kMostChanceSteps = 100'000'000, kMostChanceWidth = 1'000'000;

template <class T>
LazyNeurons count(const Sight<T>& sight, const PaperConstants& constants) {
  const Exact radius = constants.lazy_radius;
  const T radius_squared = numeric::from_exact<T>(Exact(radius * radius / Exact(sight.instance.config.m)));
  const T floor_squared = numeric::from_exact<T>(Exact(kNormFloor * kNormFloor));
  LazyNeurons result;
  model::for_each_neuron_block(sight.state.width(), [&](std::uint64_t first, std::size_t size) {
    numeric::Rows<T> z(size, sight.state.d()), z0(size, sight.state.d());
    numeric::Vector<T> moved(size), start(size);
    sight.state.neurons(first, z);
    sight.start.rows(first, z0);
    first_layer_distances(z, z0, moved);
    first_layer_distances(z0, numeric::Rows<T>(size, sight.state.d()), start);
    for (std::size_t i = 0; i < size; ++i) {
      const Truth out = numeric::is_less(radius_squared, moved.get(i));
      const Truth tall = !numeric::is_less(start.get(i), floor_squared);
      if (first + i == 0) result.first = !out;
      result.inside += out == Truth::no ? 1 : 0;
      result.unknown += out == Truth::unknown ? 1 : 0;
      if (tall == Truth::no) continue;
      result.long_inside += out == Truth::no && tall == Truth::yes ? 1 : 0;
      result.long_unknown += out == Truth::unknown || (out == Truth::no && tall == Truth::unknown) ? 1 : 0;
    }
  });
  return result;
}

}  // namespace

Ball escape_steps(const config::Config& c, const PaperConstants& constants) {
  constexpr int kPrinted = 384;
  const std::optional<Ball> printed = escape_time(c.m, c.sigma, c.eta);
  if (!printed) return Ball(1) / Ball(0);
  return *printed * Ball::from(constants.escape_factor) / Ball(kPrinted);
}

LazyNeurons lazy_neurons(const Sight<double>& sight, const PaperConstants& c) { return count(sight, c); }
LazyNeurons lazy_neurons(const Sight<numeric::Mp>& sight, const PaperConstants& c) { return count(sight, c); }
LazyNeurons lazy_neurons(const Sight<Ball>& sight, const PaperConstants& c) { return count(sight, c); }

std::optional<Chance> escape_chance(const Question& question, EscapeReading reading) {
  const numeric::WorkingPrecision precision(kBits);
  Chance chance;
  chance.config = question.config;
  if (chance.config.m < 2 || chance.config.m > kMostChanceWidth) return std::nullopt;
  const Ball time = escape_steps(chance.config, question.constants);
  if (!time.is_finite() || less(time, Ball::from(Exact(BigInt(kMostChanceSteps)))) != Truth::yes)
    return std::nullopt;
  chance.config.steps = static_cast<std::uint64_t>(numeric::ceiling(time).value_or(BigInt(0)));
  if (chance.config.steps == 0) return std::nullopt;
  chance.bound = Ball::from(Exact(question.constant / Exact(chance.config.m)));
  const auto entries = static_cast<double>((chance.config.d + 1) * (chance.config.d + 2));
  const auto numbers = static_cast<double>(chance.config.m) * static_cast<double>(chance.config.d + 1) +
                       static_cast<double>(chance.config.n * chance.config.d);
  chance.nominal_seconds =
      1e-5 + static_cast<double>(chance.config.steps) * (7e-7 + 4e-10 * entries) + 1e-7 * numbers;
  if (chance.config.theta_norm == 0) chance.degenerate = "theta* = 0: there is nothing to learn";
  chance.trial = [reading, constants = question.constants](Laboratory& laboratory,
                                                           const config::Config& config, std::uint32_t r) {
    LazyNeurons seen;
    LookWith look([&](const auto& sight) { seen = lazy_neurons(sight, constants); });
    const RunEnd end = laboratory.run(model::make_instance(config, config.replica + r), {config.steps}, look);
    if (end.outcome != observe::Outcome::completed) return Truth::unknown;
    return reading == EscapeReading::fraction     ? seen.first
           : reading == EscapeReading::norm_floor ? seen.some_long()
                                                  : seen.some();
  };
  return chance;
}

}  // namespace escapement::theory
