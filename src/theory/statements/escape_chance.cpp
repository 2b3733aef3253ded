#include "escapement/theory/statements/escape_chance.h"

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/theory/escape_runs.h"

namespace escapement::theory {

namespace {

using numeric::BigInt;
using numeric::Exact;

constexpr long kBits = 128;
constexpr std::uint64_t kMostChanceSteps = 100'000'000, kMostChanceWidth = 1'000'000;

}  // namespace

std::optional<Chance> escape_chance(const Question& question, EscapeReading reading) {
  const numeric::WorkingPrecision precision(kBits);
  Chance chance;
  chance.config = question.config;
  if (chance.config.m < 2 || chance.config.m > kMostChanceWidth) return std::nullopt;
  const Ball time = escape_time_of(chance.config, question.constants);
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
