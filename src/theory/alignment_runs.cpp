#include "escapement/theory/alignment_runs.h"

#include <algorithm>

#include "escapement/theory/ladder.h"
#include "escapement/theory/phase_two.h"
#include "escapement/theory/setting.h"

namespace escapement::theory {

using numeric::Exact;

namespace {

constexpr double kQuantile = 0.9;
constexpr std::size_t kPooled = 2000;  // drawn neurons, at least about this number

// One start of m neurons, all drawn if `generic`; else neuron 0 has no part in the growing mode, neuron 1 is orthogonal
// (degenerate), the others are drawn. Their deficits after config.steps steps; empty where the run did not get there.
std::vector<double> deficits_of(const config::Config& config, bool generic, std::uint32_t replica,
                                Laboratory& laboratory) {
  model::Instance instance = model::make_instance(config, config.replica + replica);
  const double radius = std::sqrt(static_cast<double>(config.eta)),
               norm = static_cast<double>(config.theta_norm);
  std::vector<Row> rows;
  if (!generic)
    rows = {decaying_neuron(instance.theta_star, radius), orthogonal_neuron(instance.theta_star, radius)};
  const std::size_t drawn = static_cast<std::size_t>(config.m) - rows.size();
  for (Row& row : drawn_neurons(instance.stream, instance.d, drawn, radius)) rows.push_back(std::move(row));
  give_start(instance, rows);
  std::vector<double> all;
  LookWith look([&](const auto& sight) {
    using T = std::decay_t<decltype(sight.state.theta().get(0))>;
    model::for_each_neuron_block(sight.state.width(), [&](std::uint64_t first, std::size_t size) {
      numeric::Rows<T> z(size, sight.state.d());
      sight.state.neurons(first, z);
      for (std::size_t i = 0; i < size; ++i)
        all.push_back(misalignment(z, i, sight.problem.theta_star, norm));
    });
  });
  const RunEnd end = laboratory.run(instance, {config.steps}, look);
  return end.outcome == observe::Outcome::completed ? all : std::vector<double>();
}

}  // namespace

double alignment_steps(const Exact& eta, const Exact& theta_norm, bool flow_time,
                       const PaperConstants& constants) {
  const double step = static_cast<double>(eta);
  const double time =
      static_cast<double>(constants.alignment_time) * std::log(1 / step) / static_cast<double>(theta_norm);
  return std::ceil(flow_time ? time / step : time);
}

std::optional<Deficits> deficits_at(const config::Config& base, const Exact& eta, bool flow_time,
                                    bool generic, const PaperConstants& constants, Laboratory& laboratory) {
  config::Config config = base;
  config.eta = eta;
  config.m = least_width(eta);
  const double steps = alignment_steps(eta, base.theta_norm, flow_time, constants);
  if (!(steps <= kMostAlignmentSteps) || config.m > kMostAlignmentWidth || config.m < 2) return std::nullopt;
  config.steps = static_cast<std::uint64_t>(steps);
  Deficits result;
  const std::size_t count = generic ? 1 + kPooled / static_cast<std::size_t>(config.m) : 1;
  std::vector<std::vector<double>> starts(count);
  laboratory.for_each(static_cast<std::uint32_t>(count),
                      [&](std::uint32_t r) { starts[r] = deficits_of(config, generic, r, laboratory); });
  std::vector<double> drawn;
  for (const std::vector<double>& one : starts) {
    if (one.empty()) return std::nullopt;
    result.any = std::max(result.any, *std::max_element(one.begin(), one.end()));
    if (!generic) result.degenerate = one[1];
    drawn.insert(drawn.end(), one.begin(), one.end());
  }
  if (!generic) return result;
  std::sort(drawn.begin(), drawn.end());
  result.typical =
      drawn[static_cast<std::size_t>(std::ceil(kQuantile * static_cast<double>(drawn.size()))) - 1];
  return result;
}

double alignment_seconds(const config::Config& config, const Exact& eta, bool flow_time, bool generic,
                         const PaperConstants& constants) {
  const double steps = alignment_steps(eta, config.theta_norm, flow_time, constants),
               m = std::ceil(1 / std::sqrt(static_cast<double>(eta))),
               entries = m * static_cast<double>(config.d + 1);
  const double starts = generic ? 1 + std::floor(static_cast<double>(kPooled) / m) : 1;
  return starts * (1e-5 + 5e-7 * entries +
                   steps * (1e-6 + 1.5e-9 * static_cast<double>((config.d + 1) * (config.d + 2))));
}

}  // namespace escapement::theory
