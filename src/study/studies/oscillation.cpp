// oscillation: Lemma 4.4's t0 against eta, held against the lemma's own eta^-2. The expected mean squared norm has a closed
// form (docs/derivations/oscillation-moments.md), enclosed: t0 is the first step that is certified to be below; the step
// before is certified to be above. To leading order the expectation falls by the factor 1 - eta^(3/2) a step, hence
// t0 ~ (1/2) ln(1/eta) eta^(-3/2). At the larger step sizes the chain itself is run to t0, as a check from outside.
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/study/fitting.h"
#include "escapement/study/studies/studies.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/oscillation_time.h"
#include "escapement/theory/setting.h"

namespace escapement::study {

namespace {

using numeric::Ball;
using numeric::Exact;

constexpr unsigned kFirstDecade = 2, kLastDecade = 60, kLastRun = 3, kQuickLastRun = 2, kFitFrom = 20;
constexpr std::uint32_t kReplicas = 64, kQuickReplicas = 16;

struct Rung {
  unsigned decade = 0;
  Exact eta;
  theory::OscillationTime time;
};

config::Config chain(const config::Config& base, const Exact& eta, std::uint64_t steps) {
  config::Config config = theory::label_noise_sgd_setting(base);
  for (const auto& [key, value] : {std::pair("algorithm", "oscillation"), std::pair("batch", "full"),
                                   std::pair("init", "chain"), std::pair("n", "population")})
    theory::set(config, key, value);
  config.eta = eta;
  config.m = theory::least_width(eta);
  config.steps = steps;
  return config;
}

// (1/m) |W|_F^2 / sqrt(eta) at t0, over replicas: its mean and standard error. In expectation at most 1.
std::pair<double, double> sampled(const Rung& rung, const Task& task, theory::Laboratory& laboratory) {
  const auto t0 = static_cast<std::uint64_t>(rung.time.t0);
  const config::Config config = chain(task.config, rung.eta, t0);
  const auto width = static_cast<double>(config.m);
  std::vector<double> values(task.quick ? kQuickReplicas : kReplicas);
  laboratory.for_each(static_cast<std::uint32_t>(values.size()), [&](std::uint32_t r) {
    theory::LookWith look([&](const auto& sight) {
      values[r] = numeric::to_double(sight.state.first_layer_squared()) / width;
    });
    laboratory.run(model::make_instance(config, config.replica + r), {t0}, look);
  });
  const auto count = static_cast<double>(values.size());
  double mean = 0, squared = 0;
  for (const double x : values) mean += x / count;
  for (const double x : values) squared += (x - mean) * (x - mean);
  const double bound = std::sqrt(static_cast<double>(rung.eta));
  return {mean / bound, std::sqrt(squared / (count - 1) / count) / bound};
}

Findings run(const Task& task, theory::Laboratory& laboratory) {
  std::vector<Rung> rungs;
  for (unsigned k = kFirstDecade; k <= kLastDecade; k += k < 8 ? 1 : task.quick ? 13 : 2)
    rungs.push_back({k, Exact(1) / boost::multiprecision::pow(numeric::BigInt(10), k), {}});
  Tally tally(task, rungs.size());
  laboratory.for_each(static_cast<std::uint32_t>(rungs.size()), [&](std::uint32_t i) {
    const numeric::WorkingPrecision precision(theory::oscillation_bits(rungs[i].eta));
    rungs[i].time = theory::first_time_below(
        theory::population_problem(rungs[i].eta, task.config.d, task.config.theta_norm));
    tally.done(fmt::format("eta = 1e-{}", rungs[i].decade));
  });

  Findings findings;
  const numeric::WorkingPrecision precision(512);
  std::vector<double> log_eta, log_t0, inverse, scaled;
  for (const Rung& rung : rungs) {
    Row row{fmt::format("1e-{}", rung.decade), theory::least_width(rung.eta).str()};
    const Ball eta = Ball::from(rung.eta), law = eta * sqrt(eta);
    if (rung.time.reached != numeric::Truth::yes) {  // not by 1/eta^2: theta* too long for this step size
      row.insert(row.end(), {"", "", "", "", cell(Ball(1) / law), rung.time.limit.str(), "", ""});
      findings.rows.push_back(std::move(row));
      continue;
    }
    const Ball t0 = Ball::from(Exact(rung.time.t0)), log = -numeric::log(eta);
    row.push_back(rung.time.t0.str());
    row.push_back(cell(t0 * law));
    row.push_back(cell(t0 * eta * eta));
    row.push_back(cell(log));
    row.push_back(cell(Ball(1) / law));
    row.push_back(rung.time.limit.str());
    if (rung.decade <= (task.quick ? kQuickLastRun : kLastRun)) {
      const auto [mean, error] = sampled(rung, task, laboratory);
      row.push_back(cell(mean));
      row.push_back(cell(error));
    } else {
      row.insert(row.end(), {"", ""});
    }
    findings.rows.push_back(std::move(row));
    if (rung.decade < kFitFrom) continue;
    log_eta.push_back(log_of(eta));
    log_t0.push_back(log_of(t0));
    inverse.push_back(log.mid_double());
    scaled.push_back((t0 * law).mid_double());
  }
  const std::string where = fmt::format("eta from 1e-{} to 1e-{}", kFitFrom, kLastDecade);
  findings.fits.push_back(
      exponent("exponent of t0 in eta", log_eta, log_t0, where + "; -3/2 with a logarithm"));
  findings.fits.push_back(slope("t0 eta^(3/2) for each unit of ln(1/eta)", inverse, scaled, where));
  return findings;
}

}  // namespace

Study oscillation() {
  const Axes times{"",
                   "eta",
                   "step size η",
                   "steps",
                   true,
                   true,
                   {{"t_0", "t0", "", "", {}, Mark::joined},
                    {"η^{−3/2}", "law", "", "", {}, Mark::dashed},
                    {"1/η^{2}, as Lemma 4.4 allows", "bound", "", "", {}, Mark::dashed}},
                   {},
                   {}};
  const Axes scaled{"",
                    "log_inverse_eta",
                    "ln(1/η)",
                    "t_0 η^{3/2}",
                    false,
                    false,
                    {{"t_0", "t0_eta_3_2", "", "", {}, Mark::joined}},
                    {},
                    {}};
  return {"oscillation",
          "When does Lemma 4.4's mean squared norm fall below √η: how does t0 grow as η falls?",
          {},
          {"d", "theta_norm"},
          {{"eta", Kind::number, "step size"},
           {"m", Kind::count, "width, the least with m >= 1/sqrt(eta)"},
           {"t0", Kind::count,
            "first step certified to have E[(1/m) sum |w_i|^2] <= sqrt(eta); empty: not by 1/eta^2"},
           {"t0_eta_3_2", Kind::number, "t0 eta^(3/2)"},
           {"t0_eta_2", Kind::number, "t0 eta^2: at most 1 where the lemma holds"},
           {"log_inverse_eta", Kind::number, "ln(1/eta)"},
           {"law", Kind::number, "eta^(-3/2)"},
           {"bound", Kind::number, "floor(1/eta^2)"},
           {"sampled", Kind::number, "mean over runs of (1/m) |W|_F^2 / sqrt(eta) at t0, about 1"},
           {"sampled_error", Kind::number, "its standard error"}},
          {times, scaled},
          run};
}

}  // namespace escapement::study
