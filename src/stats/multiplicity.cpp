#include "escapement/stats/multiplicity.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "escapement/numeric/check.h"

namespace escapement::stats {

std::vector<double> spend_alpha(double alpha, std::span<const double> weights) {
  ESCAPEMENT_CHECK(alpha > 0 && alpha < 1);
  for (const double w : weights) ESCAPEMENT_CHECK(w >= 0 && std::isfinite(w));
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  ESCAPEMENT_CHECK(weights.empty() || (total > 0 && std::isfinite(total)));
  // Summing K shares rounds less than K times: taking K + 4 units off keeps the sum at or below alpha.
  const double shrink =
      1 - (static_cast<double>(weights.size()) + 4) * std::numeric_limits<double>::epsilon();
  std::vector<double> spent;
  for (const double w : weights) spent.push_back(alpha * shrink * (w / total));
  return spent;
}

std::vector<bool> e_bh(double alpha, std::span<const double> log_e) {
  ESCAPEMENT_CHECK(alpha > 0 && alpha < 1);
  for (const double e : log_e) ESCAPEMENT_CHECK(!std::isnan(e));
  std::vector<double> sorted(log_e.begin(), log_e.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const double log_threshold = std::log(static_cast<double>(sorted.size())) - std::log(alpha);
  double least = std::numeric_limits<double>::infinity();
  bool any = false;
  for (std::size_t k = sorted.size(); k > 0 && !any; --k)
    if (sorted[k - 1] >= log_threshold - std::log(static_cast<double>(k))) {
      least = sorted[k - 1];
      any = true;
    }
  std::vector<bool> rejected;
  for (const double e : log_e) rejected.push_back(any && e >= least);
  return rejected;
}

}  // namespace escapement::stats
