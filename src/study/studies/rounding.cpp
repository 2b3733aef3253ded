// rounding: double against 512 bits along the same trajectory - same data, start, samples and label noise - and the same
// claims judged in both. How far apart are theta, the neurons, and the change of |w|^2 - a^2; do they part for good; is any
// neuron inside the lazy ball in one arithmetic and outside in the other; does any verdict differ?
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/judge/judge.h"
#include "escapement/numeric/precision.h"
#include "escapement/study/fitting.h"
#include "escapement/study/studies/studies.h"
#include "escapement/theory/setting.h"

namespace escapement::study {

namespace {

using numeric::Ball;
using numeric::Exact;

constexpr long kBits = 512, kCompareBits = 1024;
constexpr std::uint64_t kLast = 100'000, kQuickLast = 1000;
constexpr int kRungs = 3, kRatio = 4;

std::vector<std::uint64_t> looks(std::uint64_t last) {
  std::vector<std::uint64_t> steps;
  for (std::uint64_t decade = 1; decade <= last; decade *= 10)
    for (const std::uint64_t digit : {1u, 2u, 5u})
      if (digit * decade <= last) steps.push_back(digit * decade);
  return steps;
}

struct Seen {
  std::vector<Ball> theta;
  std::vector<std::vector<Ball>> neurons;  // [m][d+1]
};

// At step 0 and at each of `steps`, exactly as the arithmetic holds it.
std::vector<Seen> seen_in(config::Config config, const config::PrecisionChoice& precision,
                          const std::vector<std::uint64_t>& steps, theory::Laboratory& laboratory) {
  config.precision = precision;
  config.steps = steps.back();
  std::vector<std::uint64_t> stops{0};
  stops.insert(stops.end(), steps.begin(), steps.end());
  std::vector<Seen> all;
  theory::LookWith look([&](const auto& sight) {
    using T = std::decay_t<decltype(sight.state.theta().get(0))>;
    const std::size_t d = sight.state.d();
    numeric::Rows<T> z(sight.state.width(), d);
    sight.state.neurons(0, z);
    Seen seen;
    for (std::size_t j = 0; j < d; ++j) seen.theta.push_back(numeric::to_ball(sight.state.theta().get(j)));
    for (std::size_t i = 0; i < z.rows(); ++i) {
      seen.neurons.emplace_back();
      for (std::size_t j = 0; j <= d; ++j) seen.neurons.back().push_back(numeric::to_ball(z.get(i, j)));
    }
    all.push_back(std::move(seen));
  });
  laboratory.run(model::make_instance(config, config.replica), stops, look);
  return all;
}

// |x - y|, of the first `count` entries; y empty: |x|.
Ball distance(const std::vector<Ball>& x, const std::vector<Ball>& y, std::size_t count) {
  Ball squared;
  for (std::size_t j = 0; j < count; ++j) {
    const Ball e = y.empty() ? x[j] : x[j] - y[j];
    squared += e * e;
  }
  return sqrt(squared);
}

Ball imbalance(const std::vector<Ball>& z) {
  const Ball w = distance(z, {}, z.size() - 1);
  return w * w - z.back() * z.back();
}

struct Apart {
  double theta = 0, neurons = 0, change = 0;
  std::uint64_t lazy = 0;  // neurons on different sides of the lazy ball's border
};

Apart compare(const Seen& coarse, const Seen& fine, const Seen& start) {
  const std::size_t m = start.neurons.size(), d = start.theta.size();
  Apart apart;
  apart.theta = distance(coarse.theta, fine.theta, d).mid_double();
  const Ball radius = Ball(1) / sqrt(Ball(static_cast<int>(m)));
  std::vector<double> changes;
  for (std::size_t i = 0; i < m; ++i) {
    const auto &x = coarse.neurons[i], &y = fine.neurons[i], &z = start.neurons[i];
    apart.neurons = std::max(apart.neurons, (distance(x, y, d + 1) / distance(y, {}, d + 1)).mid_double());
    const Ball exact = imbalance(y) - imbalance(z);
    changes.push_back(abs((imbalance(x) - imbalance(z) - exact) / exact).mid_double());
    if (less(distance(x, z, d), radius) != less(distance(y, z, d), radius)) ++apart.lazy;
  }
  std::nth_element(changes.begin(), changes.begin() + static_cast<std::ptrdiff_t>((m - 1) / 2),
                   changes.end());
  apart.change = changes[(m - 1) / 2];
  return apart;
}

// The claims that need runs, judged in both arithmetics at a small configuration: how many outcomes differ.
Fit verdicts(const Task& task) {
  config::Config config = task.config;
  for (const auto& [key, value] :
       {std::pair("d", "3"), std::pair("n", "12"), std::pair("m", "16"), std::pair("eta", "1/32"),
        std::pair("sigma", "6"), std::pair("steps", "2000")})
    theory::set(config, key, value);
  judge::Selection selection;
  selection.ids = {"lemma-4.3"};
  if (!task.quick) selection.ids = {"theorem-4.2", "lemma-4.3", "lemma-4.5", "lemma-4.6", "sam-phases"};
  judge::Means means;
  means.threads = task.threads;
  means.interrupted = task.interrupted;
  const std::vector<judge::Row> rows = judge::select(selection);
  constexpr double kBudget = 0.01;  // the least work: two arithmetics, not two samples, are compared
  std::string which;
  std::size_t differ = 0;
  for (const judge::Row& row : rows) {
    config.precision = {config::PrecisionChoice::Kind::binary64, numeric::kDoubleBits};
    const theory::Verdict coarse = judge::judge_row(row, config, means, means.alpha, kBudget, true);
    config.precision = {config::PrecisionChoice::Kind::multiple, kBits};
    const theory::Verdict fine = judge::judge_row(row, config, means, means.alpha, kBudget, true);
    if (coarse.outcome == fine.outcome) continue;
    ++differ;
    which += fmt::format("; {} {} {}: {}, {}", fine.statement, fine.clause, fine.reading,
                         to_string(coarse.outcome), to_string(fine.outcome));
  }
  return {"verdicts that differ between double and 512 bits",
          static_cast<double>(differ),
          {},
          fmt::format(
              "of {} rows of check that run the network, at d = 3, m = 16, n = 12, eta = 1/32, sigma = 6{}",
              rows.size(), which)};
}

Findings run(const Task& task, theory::Laboratory& laboratory) {
  const config::Config config = theory::label_noise_sgd_setting(task.config);
  const std::vector<std::uint64_t> steps = looks(task.quick ? kQuickLast : kLast);
  std::vector<Exact> rungs{config.eta};
  while (rungs.size() < kRungs) rungs.emplace_back(Exact(rungs.back() / kRatio));
  std::vector<std::vector<Apart>> apart(rungs.size());
  Tally tally(task, rungs.size() + 1);
  laboratory.for_each(static_cast<std::uint32_t>(rungs.size()), [&](std::uint32_t k) {
    using Kind = config::PrecisionChoice::Kind;
    config::Config there = config;
    there.eta = rungs[k];
    const std::vector<Seen> coarse =
                                seen_in(there, {Kind::binary64, numeric::kDoubleBits}, steps, laboratory),
                            fine = seen_in(there, {Kind::multiple, kBits}, steps, laboratory);
    const numeric::WorkingPrecision precision(kCompareBits);
    for (std::size_t s = 1; s < std::min(coarse.size(), fine.size()); ++s)
      apart[k].push_back(compare(coarse[s], fine[s], fine.front()));
    tally.done(fmt::format("eta = {}", cell(rungs[k])));
  });

  Findings findings;
  double largest = 0;
  std::uint64_t lazy = 0;
  for (std::size_t k = 0; k < rungs.size(); ++k) {
    std::vector<double> log_t, log_apart;
    for (std::size_t s = 0; s < apart[k].size(); ++s) {
      const Apart& a = apart[k][s];
      findings.rows.push_back(
          {cell(rungs[k]), cell(steps[s]), cell(a.theta), cell(a.neurons), cell(a.change), cell(a.lazy)});
      largest = std::max(largest, a.neurons);
      lazy += a.lazy;
      if (!(a.neurons > 0)) continue;
      log_t.push_back(std::log(static_cast<double>(steps[s])));
      log_apart.push_back(std::log(a.neurons));
    }
    findings.fits.push_back(
        exponent(fmt::format("exponent in t of the neurons' distance: eta = {}", cell(rungs[k])), log_t,
                 log_apart, "all looks"));
  }
  findings.fits.push_back({"largest relative distance of a neuron", largest, {}, "over all rows"});
  findings.fits.push_back({"neurons on different sides of the lazy ball's border",
                           static_cast<double>(lazy),
                           {},
                           "summed over all rows"});
  findings.fits.push_back(verdicts(task));
  tally.done("verdicts");
  return findings;
}

}  // namespace

Study rounding() {
  const auto panel = [](const char* column, const char* label) {
    Axes axes{"", "step", "step t", label, true, true, {}, {}, {}};
    Exact eta(1, 64);
    for (int k = 0; k < kRungs; ++k, eta /= kRatio)
      axes.curves.push_back(
          {"η = 1/" + denominator(eta).str(), column, "", "", {{"eta", cell(eta)}}, Mark::joined});
    return axes;
  };
  return {"rounding",
          "Double against 512 bits on the same trajectory: when do they part, and does it matter?",
          {{"d", "10"}, {"m", "50"}, {"n", "40"}, {"eta", "1/64"}},
          {"d", "m", "n", "sigma", "theta_norm"},
          {{"eta", Kind::number, "step size"},
           {"step", Kind::count, "t"},
           {"theta_apart", Kind::number, "|theta in double - theta in 512 bits|"},
           {"neurons_apart", Kind::number, "largest over neurons of |z - z'| / |z'|, z = (w_i, a_i)"},
           {"change_error", Kind::number,
            "median over neurons of the relative error of the change of |w|^2 - a^2"},
           {"lazy_differs", Kind::count,
            "neurons inside the lazy ball in one arithmetic and outside in the other"}},
          {panel("neurons_apart", "largest relative distance of a neuron"), panel("theta_apart", "|θ − θ'|")},
          run};
}

}  // namespace escapement::study
