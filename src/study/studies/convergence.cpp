// convergence: Lemma 4.6's |theta(t3) - theta*| over eta ln(1/eta), as eta falls to 10^-60. Aligned neurons on the
// population are a scalar recursion (docs/statements/lemma-4.6.md): with p_i = a_i + u_i, q_i = a_i - u_i, P = sum p_i^2,
// Q = sum q_i^2 and r = |theta*| - (P - Q)/4,
//   P <- P (1 + eta r)^2,  Q <- Q (1 - eta r)^2,  r <- r (1 - eta (P + Q)/2 - eta^2 r (P - Q)/4),
// the last without cancellation. Where the steps can be taken they are; the gradient-flow limit, which has a closed form,
// stands at every eta. The start is the reading `non-degenerate`: one neuron with p = sqrt(eta), m - 1 with q = -2 sqrt(eta).
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/study/aligned.h"
#include "escapement/study/fitting.h"
#include "escapement/study/studies/studies.h"
#include "escapement/theory/ladder.h"

namespace escapement::study {

namespace {

using numeric::Ball;
using numeric::Exact;

const Exact kNorms[] = {{1, 2}, 1, {3, 2}, 2, 3};
constexpr int kFirstDecade = 2, kLastDecade = 60, kStride = 2, kLastSteps = 6, kQuickLastSteps = 4;
constexpr int kFitFrom = 20;  // decades beyond which logarithms hardly bend a line
constexpr long kBits = 1024;

struct Rung {
  Exact norm, eta;
  int decade;
  Ball flow;
  double steps = std::nan("");  // |theta - theta*| after the steps, where they are taken
};

Findings run(const Task& task, theory::Laboratory& laboratory) {
  const int last_steps = task.quick ? kQuickLastSteps : kLastSteps;
  std::vector<Rung> rungs;
  for (const Exact& norm : kNorms)
    for (int k = kFirstDecade; k <= kLastDecade; k += k < kLastSteps ? 1 : kStride)
      rungs.push_back({norm,
                       Exact(1) / boost::multiprecision::pow(numeric::BigInt(10), static_cast<unsigned>(k)),
                       k,
                       {}});
  Tally tally(task, rungs.size());
  laboratory.for_each(static_cast<std::uint32_t>(rungs.size()), [&](std::uint32_t i) {
    const numeric::WorkingPrecision precision(kBits);
    Rung& rung = rungs[i];
    const Exact width = Exact(theory::least_width(rung.eta));
    const AlignedStart start{rung.eta, 4 * rung.eta * (width - 1)};
    const Ball eta = Ball::from(rung.eta), norm = Ball::from(rung.norm);
    rung.flow = aligned_flow(start, rung.norm, -numeric::log(eta) / (norm * norm));
    if (rung.decade <= last_steps) {
      const double count = std::ceil((-numeric::log(eta) / (eta * norm * norm)).mid_double());
      rung.steps = aligned_steps(start, rung.norm, rung.eta, static_cast<std::uint64_t>(count));
    }
    tally.done(fmt::format("eta = 1e-{}", rung.decade));
  });

  Findings findings;
  const numeric::WorkingPrecision precision(kBits);
  double apart = 0;
  for (const Exact& norm : kNorms) {
    const std::string of = cell(norm);
    std::vector<double> x, y;
    std::vector<Row> flow;
    for (const Rung& rung : rungs) {
      if (rung.norm != norm) continue;
      const Ball eta = Ball::from(rung.eta), bound = -eta * numeric::log(eta);
      const auto row = [&](const char* method, const Ball& distance) {
        return Row{of, method, fmt::format("1e-{}", rung.decade), cell(abs(distance)),
                   cell(abs(distance) / bound)};
      };
      flow.push_back(row("flow", rung.flow));
      if (rung.decade >= kFitFrom) {
        x.push_back(log_of(eta));
        y.push_back(log_of(abs(rung.flow)));
      }
      if (!std::isfinite(rung.steps)) continue;
      findings.rows.push_back(row("steps", Ball::dyadic(rung.steps)));
      if (rung.decade == last_steps)
        apart = std::max(apart, std::fabs(rung.steps / rung.flow.mid_double() - 1));
    }
    findings.rows.insert(findings.rows.end(), flow.begin(), flow.end());
    findings.fits.push_back(exponent(
        fmt::format("exponent of |theta(t3) - theta*| in eta: |theta*| = {}", of), x, y,
        fmt::format("gradient flow, eta from 1e-{} to 1e-{}; the lemma needs 1", kFitFrom, kLastDecade)));
  }
  findings.fits.push_back({"steps against flow, largest relative difference",
                           apart,
                           {},
                           fmt::format("at eta = 1e-{}, over all |theta*|", last_steps)});
  return findings;
}

}  // namespace

Study convergence() {
  Axes axes{"",
            "eta",
            "step size η",
            "|θ(t_3) − θ*| / (η ln(1/η))",
            true,
            true,
            {},
            {{"bounded as the lemma says", 1.0}},
            std::pair(1e-30, 1e60)};
  for (const Exact& norm : kNorms) {
    const std::string text = cell(norm);
    axes.curves.push_back(
        {"|θ*| = " + text, "constant", "", "", {{"theta_norm", text}, {"method", "flow"}}, Mark::line});
    axes.curves.push_back(
        {"|θ*| = " + text, "constant", "", "", {{"theta_norm", text}, {"method", "steps"}}, Mark::dots});
  }
  return {"convergence",
          "How near is θ(t3) to θ*, in units of Lemma 4.6's η ln(1/η)?",
          {},
          {},
          {{"theta_norm", Kind::number, "|theta*|"},
           {"method", Kind::label, "steps: gradient descent itself; flow: its limit, in closed form"},
           {"eta", Kind::number, "step size"},
           {"distance", Kind::number, "|theta(t3) - theta*|"},
           {"constant", Kind::number, "distance / (eta ln(1/eta)): what the lemma claims to be bounded"}},
          {std::move(axes)},
          run};
}

}  // namespace escapement::study
