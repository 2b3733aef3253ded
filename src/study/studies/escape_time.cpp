// escape-time: how loose is Theorem 4.2's T1 = 384 sqrt(ln m) / (sigma^2 eta^2 sqrt(m))? Label-noise SGD with every neuron
// followed at every step; of each replica the first step at which one, half of, and all of its neurons had left the lazy
// ball |w_i(t) - w_i(0)| <= 1/sqrt(m) at some time. Over m, sigma and eta in turn, the other two held.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/precision.h"
#include "escapement/study/fitting.h"
#include "escapement/study/studies/studies.h"
#include "escapement/theory/condition.h"
#include "escapement/theory/setting.h"

namespace escapement::study {

namespace {

using numeric::BigInt;
using numeric::Exact;

constexpr std::uint32_t kReplicas = 8, kQuickReplicas = 2;
constexpr double kFirstGuess = 16;  // of sigma^2 eta^2 sqrt(m) T; four times as long where that does not do
constexpr int kLonger = 4;

struct Point {
  std::string varied;
  BigInt m;
  Exact sigma, eta;
};

std::vector<Point> points_of(const config::Config& base, bool quick) {
  std::vector<Point> points;
  const int widths = quick ? 3 : 7, noises = quick ? 3 : 5, steps = quick ? 3 : 6;
  const Exact eta = quick ? Exact(4 * base.eta) : base.eta;
  for (int k = 0; k < widths; ++k) points.push_back({"m", BigInt(quick ? 16 : 25) << k, base.sigma, eta});
  for (int k = 0; k < noises; ++k) points.push_back({"sigma", base.m, Exact(base.sigma * (1 << k) / 2), eta});
  for (int k = 0; k < steps; ++k)
    points.push_back({"eta", base.m, base.sigma, Exact(base.eta * 8 / (1 << k))});
  return points;
}

// First exits of one, half of, and all neurons; nothing where not all left before T1.
struct Exits {
  std::optional<double> one, half, all;
};

Exits exits_of(config::Config config, std::uint32_t replica, double scale, double t1,
               theory::Laboratory& laboratory) {
  config.watch = static_cast<std::uint64_t>(config.m);
  for (double steps = kFirstGuess * scale;; steps *= kLonger) {
    config.steps = static_cast<std::uint64_t>(std::ceil(std::min(steps, t1)));
    const observe::Trajectory run =
        laboratory.trajectory(model::make_instance(config, config.replica + replica));
    if (run.outcome != observe::Outcome::completed) return {};
    std::vector<double> first;
    for (const observe::Exit& exit : run.exits)
      if (exit.step) first.push_back(static_cast<double>(*exit.step));
    if (first.size() < run.exits.size() && steps < t1) continue;
    std::sort(first.begin(), first.end());
    Exits exits;
    if (!first.empty()) exits.one = first.front();
    if (2 * first.size() >= run.exits.size()) exits.half = first[(run.exits.size() + 1) / 2 - 1];
    if (first.size() == run.exits.size()) exits.all = first.back();
    return exits;
  }
}

struct Spread {
  double median = std::nan(""), least = std::nan(""), most = std::nan("");
};

// Of the replicas; nothing unless each has it.
Spread spread(const std::vector<Exits>& replicas, std::optional<double> Exits::*which) {
  std::vector<double> values;
  for (const Exits& exits : replicas) {
    if (!(exits.*which)) return {};
    values.push_back(*(exits.*which));
  }
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return {(values[(n - 1) / 2] + values[n / 2]) / 2, values.front(), values.back()};
}

struct Measured {
  Spread one, half, all;
  double t1 = 0, scale = 0;  // scale: 1/(sigma^2 eta^2 sqrt(m))
};

void add_fits(const std::vector<Point>& points, const std::vector<Measured>& measured,
              std::vector<Fit>& fits) {
  const std::pair<const char*, Spread Measured::*> whos[] = {
      {"all", &Measured::all}, {"half", &Measured::half}, {"one", &Measured::one}};
  for (const char* key : {"m", "sigma", "eta"})
    for (const auto& [who, which] : whos) {
      std::vector<double> x, y;
      for (std::size_t i = 0; i < points.size(); ++i) {
        const double median = (measured[i].*which).median;
        if (points[i].varied != key || !std::isfinite(median)) continue;
        const Exact value = key[0] == 'm'   ? Exact(points[i].m)
                            : key[0] == 's' ? points[i].sigma
                                            : points[i].eta;
        x.push_back(std::log(static_cast<double>(value)));
        y.push_back(std::log(median));
      }
      fits.push_back(exponent(fmt::format("exponent of the first exit in {}: {}", key, who), x, y,
                              "medians of replicas"));
    }
  std::vector<double> loose, log_m, over_m;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!std::isfinite(measured[i].all.median)) continue;
    loose.push_back(std::log(measured[i].t1 / measured[i].all.median));
    if (points[i].varied != "m") continue;
    log_m.push_back(std::log(static_cast<double>(points[i].m)));
    over_m.push_back(loose.back());
  }
  fits.push_back(geometric_mean("T1 over the exit of all", loose, "all rows"));
  std::vector<double> constants;
  for (const double x : loose) constants.push_back(std::log(384.0) - x);
  fits.push_back(geometric_mean("constant that would do in place of 384", constants, "all rows"));
  fits.push_back(exponent("exponent in m of T1 over the exit of all", log_m, over_m, "rows that vary m"));
  std::vector<double> half;
  for (const Measured& x : measured)
    if (std::isfinite(x.half.median)) half.push_back(std::log(x.half.median / x.scale));
  fits.push_back(geometric_mean("exit of half, times sigma^2 eta^2 sqrt(m)", half, "all rows"));
}

Findings run(const Task& task, theory::Laboratory& laboratory) {
  const config::Config config = theory::label_noise_sgd_setting(task.config);
  const std::vector<Point> points = points_of(config, task.quick);
  const std::uint32_t replicas = task.quick ? kQuickReplicas : kReplicas;
  std::vector<Measured> measured(points.size());
  std::vector<std::vector<Exits>> exits(points.size(), std::vector<Exits>(replicas));
  for (std::size_t i = 0; i < points.size(); ++i) {
    const numeric::WorkingPrecision precision(128);
    const Point& p = points[i];
    measured[i].scale =
        1 / (static_cast<double>(p.sigma * p.sigma * p.eta * p.eta) * std::sqrt(static_cast<double>(p.m)));
    const auto t1 = theory::escape_time(p.m, p.sigma, p.eta);
    measured[i].t1 = t1 ? t1->mid_double() : std::nan("");
  }
  const auto count = static_cast<std::uint32_t>(points.size()) * replicas;
  Tally tally(task, count);
  laboratory.for_each(count, [&](std::uint32_t k) {
    const std::uint32_t i = k / replicas, r = k % replicas;
    config::Config there = config;
    there.m = points[i].m;
    there.sigma = points[i].sigma;
    there.eta = points[i].eta;
    exits[i][r] = exits_of(there, r, measured[i].scale, measured[i].t1, laboratory);
    tally.done("replicas");
  });
  Findings findings;
  for (std::size_t i = 0; i < points.size(); ++i) {
    Measured& x = measured[i];
    x.one = spread(exits[i], &Exits::one);
    x.half = spread(exits[i], &Exits::half);
    x.all = spread(exits[i], &Exits::all);
    Row row{points[i].varied, points[i].m.str(), cell(points[i].sigma), cell(points[i].eta),
            cell(std::uint64_t{replicas})};
    for (const Spread* s : {&x.one, &x.half, &x.all})
      for (const double value : {s->median, s->least, s->most}) row.push_back(cell(value));
    row.push_back(cell(x.t1));
    row.push_back(cell(x.t1 / x.all.median));
    findings.rows.push_back(std::move(row));
  }
  add_fits(points, measured, findings.fits);
  return findings;
}

Axes panel(const std::string& key, const std::string& label) {
  Axes axes{"", key, label, "steps", true, true, {}, {}, {}};
  for (const auto& [who, title] :
       {std::pair("all", "all neurons"), std::pair("half", "half of them"), std::pair("one", "one")})
    axes.curves.push_back({title,
                           who,
                           std::string(who) + "_least",
                           std::string(who) + "_most",
                           {{"varied", key}},
                           Mark::joined});
  axes.curves.push_back({"T_1 of Theorem 4.2", "T1", "", "", {{"varied", key}}, Mark::dashed});
  return axes;
}

}  // namespace

Study escape_time() {
  std::vector<Column> columns{{"varied", Kind::label, "the key that this row belongs to"},
                              {"m", Kind::count, "width"},
                              {"sigma", Kind::number, "label noise"},
                              {"eta", Kind::number, "step size"},
                              {"replicas", Kind::count, "independent runs, data and start of their own"}};
  for (const auto& [who, meaning] :
       {std::pair("one", "the first neuron"), std::pair("half", "half of the neurons"),
        std::pair("all", "the last neuron")}) {
    const std::string name = who;
    columns.push_back(
        {name, Kind::number, fmt::format("first exit of {}, in steps: median over replicas", meaning)});
    columns.push_back({name + "_least", Kind::number, "its least over replicas"});
    columns.push_back({name + "_most", Kind::number, "its largest over replicas"});
  }
  columns.push_back({"T1", Kind::number, "384 sqrt(ln m) / (sigma^2 eta^2 sqrt(m)), in steps"});
  columns.push_back({"loose", Kind::number, "T1 over the median exit of all"});
  return {"escape-time",
          "How loose is the 384 of Theorem 4.2: when do neurons leave the lazy ball?",
          {{"m", "200"}, {"eta", "1/2000"}},
          {"d", "m", "n", "eta", "sigma", "theta_norm"},
          std::move(columns),
          {panel("m", "width m"), panel("sigma", "label noise σ"), panel("eta", "step size η")},
          run};
}

}  // namespace escapement::study
