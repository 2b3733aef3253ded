#include "escapement/hunt/climb.h"

#include <cmath>
#include <memory>

#include <nlopt.h>

namespace escapement::hunt {

namespace {

struct Ascent {
  const Target& target;
  const Domain& domain;
  const Case& start;
  const std::function<bool()>& stop;
  nlopt_opt optimiser;
  Climbed best;
  std::vector<double> origin;
};

// eta and sigma move on a logarithmic scale, all else linearly.
constexpr std::size_t kLogarithmic = 2;

double objective(unsigned count, const double* x, double*, void* data) {
  Ascent& ascent = *static_cast<Ascent*>(data);
  Case c = ascent.start;
  const auto numbers = c.numbers();
  for (std::size_t i = 0; i < count; ++i) {
    if (x[i] == ascent.origin[i]) continue;  // what does not move stays exactly what it was
    if (!std::isfinite(x[i]) || std::fabs(x[i]) > 0x1p200) return kNoScore;
    if (i >= kLogarithmic) {
      *numbers[i] = Exact(x[i]);
      continue;
    }
    *numbers[i] *= Exact(std::exp2(std::min(300.0, std::max(-300.0, x[i]))));
  }
  ++ascent.best.evaluations;
  if (ascent.stop()) nlopt_force_stop(ascent.optimiser);
  if (!admit(ascent.target, ascent.domain, c)) return kNoScore;
  const double value = score(ascent.target, c);
  if (value > ascent.best.margin) {
    ascent.best.margin = value;
    ascent.best.values = c;
  }
  return value;
}

}  // namespace

Climbed climb(const Target& target, const Domain& domain, const Case& start, double margin, int evaluations,
              const std::function<bool()>& stop) {
  Ascent ascent{target, domain, start, stop, nullptr, {start, margin, 0}, {}};
  std::vector<double> steps;
  double size = 0;
  for (const Exact* x : start.numbers()) {
    ascent.origin.push_back(ascent.origin.size() < kLogarithmic ? 0 : static_cast<double>(*x));
    if (ascent.origin.size() > kLogarithmic) size = std::max(size, std::fabs(ascent.origin.back()));
  }
  for (std::size_t i = 0; i < ascent.origin.size(); ++i) {
    const double own = std::fabs(ascent.origin[i]);
    steps.push_back(i < kLogarithmic ? 0.5 : own > 0 ? own / 4 : (size > 0 ? size / 16 : 0.0625));
  }
  const auto count = static_cast<unsigned>(ascent.origin.size());
  const std::unique_ptr<nlopt_opt_s, decltype(&nlopt_destroy)> optimiser(nlopt_create(NLOPT_LN_SBPLX, count),
                                                                         &nlopt_destroy);
  ascent.optimiser = optimiser.get();
  nlopt_set_max_objective(optimiser.get(), objective, &ascent);
  nlopt_set_maxeval(optimiser.get(), evaluations);
  nlopt_set_xtol_rel(optimiser.get(), 1e-6);
  nlopt_set_initial_step(optimiser.get(), steps.data());
  std::vector<double> x = ascent.origin;
  double value = 0;
  nlopt_optimize(optimiser.get(), x.data(), &value);  // whatever ended it, the best is kept in `ascent`
  return std::move(ascent.best);
}

}  // namespace escapement::hunt
