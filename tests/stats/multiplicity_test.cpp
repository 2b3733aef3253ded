#include "escapement/stats/multiplicity.h"

#include <cmath>
#include <limits>
#include <numeric>

#include <catch2/catch.hpp>

namespace escapement::stats {

TEST_CASE("alpha is spent in proportion and never exceeded") {
  const std::vector<double> weights = {1, 2, 0, 5, 0.1};
  const auto spent = spend_alpha(0.05, weights);
  REQUIRE(spent.size() == weights.size());
  CHECK(spent[1] == Approx(2 * spent[0]));
  CHECK(spent[2] == 0);
  for (const std::size_t count : {1u, 3u, 7u, 1000u}) {
    const auto equal = spend_alpha(0.05, std::vector<double>(count, 1.0));
    const double sum = std::accumulate(equal.begin(), equal.end(), 0.0);
    CHECK(sum <= 0.05);
    CHECK(sum >= 0.05 * (1 - 1e-12));
  }
  CHECK(spend_alpha(0.05, {}).empty());
}

TEST_CASE("e-BH rejects by its definition") {
  // K = 4, alpha = 1/2: the k-th largest needs 8/k.
  const auto log_of = [](std::vector<double> e) {
    for (double& v : e) v = std::log(v);
    return e;
  };
  using Rejected = std::vector<bool>;
  CHECK(e_bh(0.5, log_of({7.9, 1, 1, 1})) == Rejected{false, false, false, false});
  CHECK(e_bh(0.5, log_of({1, 8.1, 1, 1})) == Rejected{false, true, false, false});
  CHECK(e_bh(0.5, log_of({4.1, 1, 4.2, 1})) == Rejected{true, false, true, false});
  CHECK(e_bh(0.5, log_of({2.1, 2.1, 2.1, 2.1})) == Rejected{true, true, true, true});
  CHECK(e_bh(0.5, log_of({100, 2.1, 2.1, 1.9})) == Rejected{true, false, false, false});
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(e_bh(0.01, std::vector<double>{-infinity, infinity}) == Rejected{false, true});
  CHECK(e_bh(0.05, {}).empty());
}

TEST_CASE("e-BH keeps the false share below alpha, summed over a finite law") {
  // Three hypotheses, two true with E = 10 or 0 (expectation 1, the same for both: full dependence), one false, E = 9.
  const double infinity = std::numeric_limits<double>::infinity(), alpha = 0.3;
  double false_share = 0;
  for (const bool lucky : {false, true}) {
    const double null = lucky ? std::log(10) : -infinity;
    const auto rejected = e_bh(alpha, std::vector<double>{null, null, std::log(9)});
    const int wrong = rejected[0] + rejected[1], all = wrong + rejected[2];
    if (all > 0) false_share += (lucky ? 0.1 : 0.9) * wrong / all;
  }
  CHECK(false_share > 0);
  CHECK(false_share <= alpha);
}

}  // namespace escapement::stats
