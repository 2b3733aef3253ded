// alignment: Lemma 4.5's deficit 1 - |cos(w_i, theta*)| at t2 against eta, in its four readings, on the population, from
// m = ceil(1/sqrt(eta)) neurons drawn from the ball of radius sqrt(eta). What is computed, and how:
//   literal, generic             gradient descent itself, ln(1/eta)/|theta*| steps, in MPFR at any eta
//   flow-time, flow-time+generic gradient descent where ln(1/eta)/(eta |theta*|) steps can be taken (double); at every eta
//                                the gradient-flow limit, integrated in MPFR: a limit, not a bound at that eta
// `any` neuron is the one with no part in the growing mode, a = -<w, e>, w = (sqrt(eta)/2)(e + v) (docs/statements/lemma-4.5.md);
// a drawn neuron's deficit is the nine-in-ten quantile.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/study/fitting.h"
#include "escapement/study/phase_two_flow.h"
#include "escapement/study/studies/studies.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/phase_two.h"

namespace escapement::study {

namespace {

using numeric::Ball;
using numeric::Exact;
using numeric::Mp;

constexpr unsigned kFirstDecade = 2, kLastDecade = 60, kLastSteps = 5, kQuickLastSteps = 3, kFitFrom = 20;
constexpr std::size_t kDrawn = 2000, kQuickDrawn = 400;
constexpr unsigned kQuickDecades[] = {2, 3, 8, 20, 40, 60};
constexpr long kBits = 192, kToleranceBits = 72;
constexpr double kQuantile = 0.9;

struct Deficits {
  Ball any, drawn;
};

struct Rung {
  unsigned decade = 0;
  Exact eta;
  Deficits literal, flow;
  std::optional<Deficits> steps;  // T2/eta steps of gradient descent, where they can be taken
};

// Deficits do not depend on the neurons' common scale: rows are of unit radius.
template <class T>
Deficits deficits_of(const std::vector<T>& product, const std::vector<theory::Row>& drawn, std::size_t d) {
  theory::Row decaying(d + 1, 0.0);
  decaying[0] = decaying[1] = 0.5;
  decaying[d] = -0.5;
  std::vector<Ball> all;
  for (const theory::Row& row : drawn)
    all.push_back(numeric::to_ball(deficit_after(modes_of<T>(row), product)));
  std::sort(all.begin(), all.end(), [](const Ball& a, const Ball& b) {
    return arf_cmp(arb_midref(a.raw()), arb_midref(b.raw())) < 0;
  });
  const auto rank = static_cast<std::size_t>(std::ceil(kQuantile * static_cast<double>(all.size())));
  return {numeric::to_ball(deficit_after(modes_of<T>(decaying), product)), all[rank - 1]};
}

void evaluate(Rung& rung, const Task& task, numeric::Stream stream) {
  const config::Config& config = task.config;
  const numeric::WorkingPrecision precision(kBits);
  const std::vector<theory::Row> drawn = theory::drawn_neurons({stream.seed, stream.replica + 1}, config.d,
                                                               task.quick ? kQuickDrawn : kDrawn, 1);
  const numeric::BigInt m = theory::least_width(rung.eta);
  const Ball eta = Ball::from(rung.eta), time = -numeric::log(eta) / Ball::from(config.theta_norm);
  const std::vector<Mp> sums = start_sums<Mp>(stream, config.d, m, rung.eta);
  const auto count = static_cast<std::uint64_t>(std::ceil(time.mid_double()));
  rung.literal = deficits_of(modes_after_steps(sums, config.theta_norm, rung.eta, count), drawn, config.d);
  const Mp tolerance = boost::multiprecision::ldexp(Mp(1), -static_cast<int>(kToleranceBits));
  rung.flow = deficits_of(modes_after_flow(sums, config.theta_norm, numeric::from_mid<Mp>(time), tolerance),
                          drawn, config.d);
  if (rung.decade > (task.quick ? kQuickLastSteps : kLastSteps)) return;
  const auto many = static_cast<std::uint64_t>(std::ceil((time / eta).mid_double()));
  rung.steps = deficits_of(
      modes_after_steps(start_sums<double>(stream, config.d, m, rung.eta), config.theta_norm, rung.eta, many),
      drawn, config.d);
}

struct Reading {
  const char *name, *method;
  Ball (*value)(const Rung& rung);  // not finite where there is none
};

const Ball& none() {
  static const Ball infinite = Ball(1) / Ball(0);
  return infinite;
}

const Reading kReadings[] = {
    {"literal", "steps", [](const Rung& r) { return r.literal.any; }},
    {"generic", "steps", [](const Rung& r) { return r.literal.drawn; }},
    {"flow-time", "flow", [](const Rung& r) { return r.flow.any; }},
    {"flow-time", "steps", [](const Rung& r) { return r.steps ? r.steps->any : none(); }},
    {"flow-time+generic", "flow", [](const Rung& r) { return r.flow.drawn; }},
    {"flow-time+generic", "steps", [](const Rung& r) { return r.steps ? r.steps->drawn : none(); }}};

Findings run(const Task& task, theory::Laboratory& laboratory) {
  if (task.config.d < 2) throw config::InputError("--set", "d", "2 or more: one dimension has no alignment");
  if (task.config.theta_norm == 0) throw config::InputError("--set", "theta_norm", "a positive number");
  std::vector<Rung> rungs;
  std::vector<unsigned> decades(std::begin(kQuickDecades), std::end(kQuickDecades));
  if (!task.quick) {
    decades.clear();
    for (unsigned k = kFirstDecade; k <= kLastDecade; k += k < 8 ? 1 : 2) decades.push_back(k);
  }
  for (const unsigned k : decades)
    rungs.push_back({k, Exact(1) / boost::multiprecision::pow(numeric::BigInt(10), k), {}, {}, {}});
  Tally tally(task, rungs.size());
  laboratory.for_each(static_cast<std::uint32_t>(rungs.size()), [&](std::uint32_t i) {
    evaluate(rungs[i], task, {task.config.seed, task.config.replica});
    tally.done(fmt::format("eta = 1e-{}", rungs[i].decade));
  });

  Findings findings;
  const numeric::WorkingPrecision precision(kBits);
  for (const Reading& reading : kReadings) {
    std::vector<double> log_eta, log_deficit, over_root;
    for (const Rung& rung : rungs) {
      const Ball deficit = reading.value(rung), eta = Ball::from(rung.eta),
                 bound = -numeric::log(eta) * sqrt(eta);
      if (!deficit.is_finite()) continue;
      findings.rows.push_back({reading.name, reading.method, fmt::format("1e-{}", rung.decade), cell(deficit),
                               cell(bound), cell(deficit / bound)});
      if (rung.decade < kFitFrom) continue;
      log_eta.push_back(log_of(eta));
      log_deficit.push_back(log_of(deficit));
      over_root.push_back(log_of(deficit / sqrt(eta)));
    }
    if (log_eta.empty()) continue;
    const std::string where = fmt::format("{}, eta from 1e-{} to 1e-{}; the lemma needs 1/2", reading.method,
                                          kFitFrom, kLastDecade);
    findings.fits.push_back(exponent(fmt::format("exponent of the deficit in eta: {}", reading.name), log_eta,
                                     log_deficit, where));
    if (std::string(reading.name) == "flow-time+generic")
      findings.fits.push_back(geometric_mean("deficit over sqrt(eta): flow-time+generic", over_root, where));
  }
  return findings;
}

}  // namespace

Study alignment() {
  Axes deficits{"", "eta", "step size η", "1 − |cos(w_i, θ*)| at t_2", true, true, {}, {}, {}},
      constants{"", "eta", "step size η", "constant that Lemma 4.5 needs", true, true, {}, {}, {}};
  for (const auto& [name, title] :
       {std::pair("literal", "any neuron, T_2 in steps"), std::pair("generic", "drawn neurons, T_2 in steps"),
        std::pair("flow-time", "any neuron, flow time"),
        std::pair("flow-time+generic", "drawn neurons, flow time")})
    for (const char* method : {"flow", "steps"}) {
      const std::string of = name;
      const bool is_limit = of.starts_with("flow-time");
      if (!is_limit && std::string(method) == "flow") continue;
      const Mark mark = is_limit && std::string(method) == "steps" ? Mark::dots : Mark::line;
      deficits.curves.push_back({title, "deficit", "", "", {{"reading", of}, {"method", method}}, mark});
      constants.curves.push_back({title, "constant", "", "", {{"reading", of}, {"method", method}}, mark});
    }
  deficits.curves.push_back(
      {"√η ln(1/η)", "bound", "", "", {{"reading", "literal"}, {"method", "steps"}}, Mark::dashed});
  return {"alignment",
          "How aligned are neurons at Lemma 4.5's t2, in each reading, as η falls to 10⁻⁶⁰?",
          {{"d", "5"}},
          {"d", "theta_norm"},
          {{"reading", Kind::label, "of Lemma 4.5"},
           {"method", Kind::label, "steps: gradient descent itself; flow: its limit"},
           {"eta", Kind::number, "step size"},
           {"deficit", Kind::number,
            "1 - |cos|: of the neuron with no growing mode, or the 90% quantile of drawn ones"},
           {"bound", Kind::number, "ln(1/eta) sqrt(eta)"},
           {"constant", Kind::number, "deficit / bound: what the lemma claims to be bounded"}},
          {std::move(deficits), std::move(constants)},
          run};
}

}  // namespace escapement::study
