// slow-flow: does label-noise SGD converge to the slow flow (docs/derivations/slow-flow.md) as eta falls at fixed slow time
// tau = eta^2 sigma^2 t / 2, and in which order of eta? Every replica is run beside the flow of its own data and start, so
// that what is averaged is their difference.
#include "escapement/reduction/slow_flow.h"

#include <cmath>

#include <fmt/format.h>

#include "escapement/stats/scaling_fit.h"
#include "escapement/study/fitting.h"
#include "escapement/study/studies/studies.h"
#include "escapement/theory/setting.h"

namespace escapement::study {

namespace {

using numeric::Exact;

const Exact kTaus[] = {{1, 8}, {1, 4}, {1, 2}, 1, 2};
constexpr std::size_t kCount = std::size(kTaus);
constexpr int kRungs = 6, kQuickRungs = 3;  // eta, eta/2, eta/4, ...
constexpr std::uint32_t kReplicas = 400, kQuickReplicas = 40;

using Squares = std::vector<double>;  // |W|^2 / m at each tau

std::vector<Exact> rungs_of(const Exact& eta, int count) {
  std::vector<Exact> rungs;
  for (int k = 0; k < count; ++k) rungs.push_back(Exact(eta / (1 << k)));
  return rungs;
}

// Empty where the derivation does not reach: data without full rank, a start that does not interpolate.
Squares flow_of(const config::Config& config, std::uint32_t replica) {
  auto flow = reduction::slow_flow_of<double>(model::make_instance(config, config.replica + replica));
  Squares curve;
  for (const Exact& tau : kTaus) {
    if (flow.advance(static_cast<double>(tau)) != reduction::FlowEnd::reached) return {};
    double squared = 0;
    const auto gram = flow.gram();
    for (std::size_t j = 0; j < config.d; ++j) squared += gram.get(j, j);
    curve.push_back(squared / static_cast<double>(config.m));
  }
  return curve;
}

Squares run_of(config::Config config, const Exact& eta, std::uint32_t replica,
               theory::Laboratory& laboratory) {
  config.eta = eta;
  const Exact step = reduction::slow_time_of_step(config);
  std::vector<std::uint64_t> steps;
  for (const Exact& tau : kTaus)
    steps.push_back(static_cast<std::uint64_t>(std::llround(static_cast<double>(Exact(tau / step)))));
  config.steps = steps.back();
  Squares curve;
  theory::LookWith look([&](const auto& sight) {
    curve.push_back(numeric::to_double(sight.state.first_layer_squared()) / static_cast<double>(config.m));
  });
  laboratory.run(model::make_instance(config, config.replica + replica), steps, look);
  return curve;
}

struct Mean {
  double value = 0, error = 0;
};
Mean mean_of(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  Mean mean;
  double squared = 0;
  for (const double x : values) mean.value += x / count;
  for (const double x : values) squared += (x - mean.value) * (x - mean.value);
  mean.error = std::sqrt(squared / (count - 1) / count);
  return mean;
}

Findings run(const Task& task, theory::Laboratory& laboratory) {
  const config::Config config = theory::label_noise_sgd_setting(task.config);
  if (config.sigma == 0)
    throw config::InputError("--set", "sigma", "a positive number: without noise nothing is slow");
  const std::vector<Exact> rungs = rungs_of(config.eta, task.quick ? kQuickRungs : kRungs);
  const std::uint32_t replicas = task.quick ? kQuickReplicas : kReplicas;
  std::vector<Squares> flows(replicas);
  std::vector<std::vector<Squares>> runs(rungs.size(), std::vector<Squares>(replicas));
  Tally tally(task, replicas);
  laboratory.for_each(replicas, [&](std::uint32_t r) {
    flows[r] = flow_of(config, r);
    for (std::size_t k = 0; k < rungs.size(); ++k) runs[k][r] = run_of(config, rungs[k], r, laboratory);
    tally.done("replicas");
  });

  Findings findings;
  std::vector<std::vector<double>> log_eta(kCount), log_gap(kCount), relative(kCount);
  for (std::size_t k = 0; k < rungs.size(); ++k)
    for (std::size_t i = 0; i < kCount; ++i) {
      std::vector<double> direct, flow, gap;
      for (std::uint32_t r = 0; r < replicas; ++r) {
        if (flows[r].size() < kCount || runs[k][r].size() < kCount) continue;
        direct.push_back(runs[k][r][i]);
        flow.push_back(flows[r][i]);
        gap.push_back(runs[k][r][i] - flows[r][i]);
      }
      if (gap.size() < 2) continue;
      const Mean difference = mean_of(gap);
      const double size = std::fabs(difference.value);
      findings.rows.push_back({cell(rungs[k]), cell(kTaus[i]), cell(std::uint64_t{gap.size()}),
                               cell(mean_of(direct).value), cell(mean_of(flow).value), cell(difference.value),
                               cell(difference.error), cell(size),
                               cell(std::max(size - difference.error, 0.0)), cell(size + difference.error)});
      log_eta[i].push_back(std::log(static_cast<double>(rungs[k])));
      log_gap[i].push_back(std::log(size));
      relative[i].push_back(difference.error / size);
    }
  for (std::size_t i = 0; i < kCount; ++i) {
    if (log_eta[i].empty()) continue;
    const stats::ScalingFit fit = stats::fit_exponent(log_eta[i], log_gap[i], relative[i], kConfidence);
    Fit order{fmt::format("order in eta of run - flow: tau = {}", cell(kTaus[i])),
              fit.exponent.value_or(std::nan("")),
              {},
              fmt::format("power law over {} points (each weighted by its standard error)", fit.points)};
    if (fit.interval) order.interval = {fit.interval->low, fit.interval->high};
    findings.fits.push_back(std::move(order));
  }
  return findings;
}

}  // namespace

Study slow_flow() {
  Axes curves{"", "tau", "slow time τ = η^{2}σ^{2}t/2", "|W|^{2} / m", true, true, {}, {}, {}},
      gaps{"", "eta", "step size η", "|run − flow| of |W|^{2}/m, and standard errors", true, true, {},
           {}, {}};
  const std::vector<Exact> rungs = rungs_of(Exact(1, 50), kRungs);
  for (std::size_t k = 0; k < rungs.size(); k += 2)
    curves.curves.push_back(
        {"η = 1/" + denominator(rungs[k]).str(), "direct", "", "", {{"eta", cell(rungs[k])}}, Mark::dots});
  curves.curves.push_back({"slow flow", "flow", "", "", {{"eta", cell(rungs[0])}}, Mark::line});
  for (const Exact& tau : {kTaus[0], kTaus[2], kTaus[4]})
    gaps.curves.push_back(
        {"τ = " + cell(tau), "size", "size_low", "size_high", {{"tau", cell(tau)}}, Mark::joined});
  return {"slow-flow",
          "Do runs of label-noise SGD converge to the slow flow as η falls, and how fast?",
          {{"d", "5"}, {"m", "20"}, {"n", "40"}, {"sigma", "2"}, {"eta", "1/50"}, {"theta_norm", "1/2"}},
          {"d", "m", "n", "sigma", "theta_norm"},
          {{"eta", Kind::number, "step size"},
           {"tau", Kind::number, "slow time eta^2 sigma^2 t / 2"},
           {"replicas", Kind::count, "runs, each beside the flow of its own data and start"},
           {"direct", Kind::number, "mean over runs of |W|_F^2 / m"},
           {"flow", Kind::number, "mean over the same replicas of the flow's"},
           {"difference", Kind::number, "mean of run - flow"},
           {"error", Kind::number, "its standard error"},
           {"size", Kind::number, "|difference|"},
           {"size_low", Kind::number, "|difference| less one standard error, at least 0"},
           {"size_high", Kind::number, "|difference| and one standard error"}},
          {std::move(curves), std::move(gaps)},
          run};
}

}  // namespace escapement::study
