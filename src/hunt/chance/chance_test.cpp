#include "escapement/hunt/chance/chance_test.h"

#include <algorithm>
#include <cmath>

#include "escapement/hunt/dice.h"
#include "escapement/judge/engine_laboratory.h"

namespace escapement::hunt {

namespace {

constexpr double kSecondsOfTest = 1;
constexpr std::uint32_t kLeastTrials = 16, kMostTrials = 2000;
constexpr std::uint64_t kConfirming = 0x636f6e6669726d21ULL, kSearching = 0x7365617263682121ULL;

}  // namespace

Streams search_streams(std::uint64_t hunt_seed, const ChanceCase& c) {
  return {mixed(mixed(hunt_seed ^ kSearching) ^ content_key(c)) & ~std::uint64_t{1}, 0};
}

Streams confirming_streams(std::uint64_t hunt_seed, std::uint64_t k) {
  return {mixed(mixed(hunt_seed ^ kConfirming) ^ k) | 1, 0};
}

double alpha_of(double alpha, std::uint64_t k) {
  const double pi = std::acos(-1.0), n = static_cast<double>(k);
  return alpha * 6 / (pi * pi * n * n);
}

std::uint32_t affordable_trials(const theory::Chance& chance) {
  const double count = kSecondsOfTest / chance.nominal_seconds;
  if (!(count >= kLeastTrials)) return 0;
  return count > kMostTrials ? kMostTrials : static_cast<std::uint32_t>(count);
}

theory::Tested test_chance(const theory::Chance& chance, const Streams& streams, std::uint32_t most,
                           double alpha, const Laboratories& laboratories,
                           const config::PrecisionChoice& precision) {
  judge::EngineLaboratory laboratory(laboratories.threads, kSecondsOfTest, laboratories.interrupted);
  config::Config config = chance.config;
  config.seed = streams.seed;
  config.replica = streams.replica;
  config.precision = precision;
  return laboratory.test(chance.bound, most, alpha,
                         [&](std::uint32_t r) { return chance.trial(laboratory, config, r); });
}

double margin_of(const theory::Chance& chance, const theory::Sample& sample) {
  const double q = chance.bound.mid_double();
  const double p = static_cast<double>(sample.failures) / static_cast<double>(sample.trials);
  return (p - q) / (p + q);
}

}  // namespace escapement::hunt
