// sam: the paper's two phases under sharpness-aware minimisation [Foret2021] without label noise, against its radius rho,
// which the paper does not give. As events of a run (docs/statements/sam-phases.md): the mean neuron norm falls below half
// its start; the mean |cosine| to theta* passes one half. Looked at 40 times a decade of steps.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/observe/columns.h"
#include "escapement/stats/intervals.h"
#include "escapement/study/fitting.h"
#include "escapement/study/studies/studies.h"
#include "escapement/theory/setting.h"

namespace escapement::study {

namespace {

using numeric::Exact;
using observe::Column;

constexpr int kRadii = 6, kQuickRadii = 3, kQuickFirst = 2;  // 1/20, 1/10, ..., 8/5
constexpr std::uint32_t kReplicas = 4, kQuickReplicas = 2;
constexpr std::uint64_t kQuickDivisor = 8;

struct Phases {
  std::optional<double> halved, aligned;
  double distance = std::nan("");  // |theta - theta*| / |theta*| at the end
};

Phases phases_of(const observe::Trajectory& run, double theta_norm) {
  Phases phases;
  const auto value = [](const observe::Record& record, Column column) {
    const auto& v = record.values[static_cast<std::size_t>(column)];
    return v ? v->mid_double() : std::nan("");
  };
  if (run.outcome != observe::Outcome::completed || run.records.empty()) return phases;
  const double start = value(run.records.front(), Column::mean_norm);
  for (const observe::Record& record : run.records) {
    const auto step = static_cast<double>(record.step);
    if (!phases.halved && value(record, Column::mean_norm) < start / 2) phases.halved = step;
    if (!phases.aligned && 2 * value(record, Column::mean_abs_cosine) > 1) phases.aligned = step;
  }
  phases.distance = value(run.records.back(), Column::theta_distance) / theta_norm;
  return phases;
}

struct Spread {
  double median = std::nan(""), least = std::nan(""), most = std::nan("");
};
Spread spread(std::vector<double> values, std::size_t of) {
  if (values.size() < of) return {};  // some run did not get there
  std::sort(values.begin(), values.end());
  return {(values[(of - 1) / 2] + values[of / 2]) / 2, values.front(), values.back()};
}

Findings run(const Task& task, theory::Laboratory& laboratory) {
  config::Config config = theory::label_noise_sgd_setting(task.config);
  theory::set(config, "algorithm", "sam");
  theory::set(config, "record", "log:40");
  config.sigma = 0;
  if (config.theta_norm == 0) throw config::InputError("--set", "theta_norm", "a positive number");
  if (task.quick) config.steps /= kQuickDivisor;
  std::vector<Exact> radii;
  for (int k = 0; k < (task.quick ? kQuickRadii : kRadii); ++k)
    radii.emplace_back(Exact(1 << (task.quick ? k + kQuickFirst : k), 20));
  const std::uint32_t replicas = task.quick ? kQuickReplicas : kReplicas;
  std::vector<std::vector<Phases>> phases(radii.size(), std::vector<Phases>(replicas));
  Tally tally(task, radii.size() * replicas);
  laboratory.for_each(static_cast<std::uint32_t>(radii.size()) * replicas, [&](std::uint32_t k) {
    config::Config there = config;
    there.rho = radii[k / replicas];
    phases[k / replicas][k % replicas] =
        phases_of(laboratory.trajectory(model::make_instance(there, there.replica + k % replicas)),
                  static_cast<double>(there.theta_norm));
    tally.done(fmt::format("rho = {}", cell(there.rho)));
  });

  Findings findings;
  std::vector<double> log_rho, log_halved, log_rho_aligned, log_aligned, log_ratio;
  std::uint64_t in_order = 0, both = 0;
  for (std::size_t i = 0; i < radii.size(); ++i) {
    std::vector<double> halved, aligned, distance;
    std::uint64_t ordered = 0;
    for (const Phases& p : phases[i]) {
      if (p.halved) halved.push_back(*p.halved);
      if (p.aligned) aligned.push_back(*p.aligned);
      if (std::isfinite(p.distance)) distance.push_back(p.distance);
      if (!p.halved || !p.aligned) continue;
      ++both;
      if (*p.halved < *p.aligned) ++ordered;
    }
    in_order += ordered;
    const Spread h = spread(halved, replicas), a = spread(aligned, replicas), e = spread(distance, replicas);
    findings.rows.push_back({cell(radii[i]), cell(std::uint64_t{replicas}), cell(h.median), cell(h.least),
                             cell(h.most), cell(a.median), cell(a.least), cell(a.most), cell(ordered),
                             cell(e.median)});
    if (std::isfinite(h.median)) {
      log_rho.push_back(std::log(static_cast<double>(radii[i])));
      log_halved.push_back(std::log(h.median));
    }
    // Where theta does not end near theta* there is nothing to align with.
    if (!std::isfinite(a.median) || !(2 * e.median < 1)) continue;
    log_rho_aligned.push_back(std::log(static_cast<double>(radii[i])));
    log_aligned.push_back(std::log(a.median));
    if (std::isfinite(h.median)) log_ratio.push_back(std::log(a.median / h.median));
  }
  findings.fits.push_back(exponent("exponent in rho of the step that halves the mean norm", log_rho,
                                   log_halved, "radii where every run gets there"));
  findings.fits.push_back(exponent("exponent in rho of the step where the mean |cos| passes 1/2",
                                   log_rho_aligned, log_aligned,
                                   "radii where every run gets there and theta converges"));
  findings.fits.push_back(geometric_mean("second event over the first", log_ratio,
                                         "radii where every run has both and theta converges"));
  if (both > 0) {
    const stats::Interval exact = stats::clopper_pearson(both, in_order, 1 - kConfidence);
    findings.fits.push_back(
        {"share of runs in the paper's order", static_cast<double>(in_order) / static_cast<double>(both),
         std::pair(exact.low, exact.high), fmt::format("{} of {} runs with both events", in_order, both)});
  }
  return findings;
}

}  // namespace

Study sam() {
  Axes times{"", "rho", "radius ρ", "steps", true, true, {}, {}, {}};
  times.curves = {
      {"mean norm halved", "halved", "halved_least", "halved_most", {}, Mark::joined},
      {"mean |cos(w_i, θ*)| passes 1/2", "aligned", "aligned_least", "aligned_most", {}, Mark::joined}};
  const Axes distance{"",
                      "rho",
                      "radius ρ",
                      "|θ − θ*| / |θ*| after the last step",
                      true,
                      true,
                      {{"median of runs", "distance", "", "", {}, Mark::joined}},
                      {},
                      {}};
  return {
      "sam",
      "For which radius does SAM show the two phases, and when?",
      {{"algorithm", "sam"}, {"sigma", "0"}, {"m", "200"}, {"steps", "400000"}},
      {"d", "m", "n", "eta", "theta_norm", "steps"},
      {{"rho", Kind::number, "SAM's radius"},
       {"replicas", Kind::count, "independent runs"},
       {"halved", Kind::number,
        "step where the mean |w_i| is below half its start: median; empty where a run does not get there"},
       {"halved_least", Kind::number, "its least over runs"},
       {"halved_most", Kind::number, "its largest"},
       {"aligned", Kind::number, "step where the mean |cos(w_i, theta*)| is above 1/2: median; likewise"},
       {"aligned_least", Kind::number, "its least over runs"},
       {"aligned_most", Kind::number, "its largest"},
       {"in_order", Kind::count, "runs in which the first comes before the second"},
       {"distance", Kind::number, "|theta - theta*| / |theta*| after the last step, median"}},
      {std::move(times), distance},
      run};
}

}  // namespace escapement::study
