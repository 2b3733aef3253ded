#include "escapement/stats/intervals.h"

#include <cmath>

#include "escapement/stats/e_process.h"

#include "recorded.h"

namespace escapement::stats {

using test::number;
using test::recorded;

TEST_CASE("Clopper-Pearson limits are those of the binomial sum") {
  for (const auto& row : recorded("intervals")) {
    const Interval ours = clopper_pearson(row["n"], row["k"], number(row["alpha"]));
    CHECK(ours.low == Approx(number(row["low"])).epsilon(1e-11));
    CHECK(ours.high == Approx(number(row["high"])).epsilon(1e-11));
  }
}

TEST_CASE("Wilson's limits solve its quadratic equation") {
  // |k/n - p| = z sqrt( p (1-p) / n ) at both ends.
  constexpr double kZ = 1.959963984540054;  // 97.5% point of the normal law
  for (const auto& [n, k] : {std::pair{10, 3}, {10, 1}, {400, 399}, {1000, 20}}) {
    const Interval ours = wilson(static_cast<std::uint64_t>(n), static_cast<std::uint64_t>(k), 0.05);
    const double share = double(k) / n;
    for (const double p : {ours.low, ours.high})
      CHECK(std::fabs(share - p) == Approx(kZ * std::sqrt(p * (1 - p) / n)).epsilon(1e-10));
    CHECK(ours.low < share);
    CHECK(ours.high > share);
  }
  CHECK(wilson(0, 0, 0.05).high == 1);
  CHECK(wilson(5, 0, 0.05).low == 0);
  CHECK(wilson(5, 5, 0.05).high == 1);
}

TEST_CASE("the confidence sequence is mpmath's, rounded outwards") {
  for (const auto& row : recorded("sequences")) {
    const Interval ours = confidence_sequence(row["n"], row["k"], number(row["alpha"]));
    INFO(row.dump());
    CHECK(ours.low <= number(row["low"]));
    CHECK(ours.low == Approx(number(row["low"])).epsilon(1e-8));
    CHECK(ours.high >= number(row["high"]));
    CHECK(ours.high == Approx(number(row["high"])).epsilon(1e-8));
  }
}

TEST_CASE("ends of the confidence sequence are where E reaches 1/alpha; it contains the exact interval") {
  for (const std::uint64_t n : {3u, 40u, 2500u})
    for (const std::uint64_t k : {std::uint64_t{1}, n / 3, n - 1}) {
      const Interval sequence = confidence_sequence(n, k, 0.05), exact = clopper_pearson(n, k, 0.05);
      CHECK(log_e_equal(n, k, std::log(sequence.low)) == Approx(std::log(20.0)).epsilon(1e-6));
      CHECK(log_e_equal(n, k, std::log(sequence.high)) == Approx(std::log(20.0)).epsilon(1e-6));
      CHECK(sequence.low < exact.low);  // the price of looking at any time
      CHECK(sequence.high > exact.high);
    }
  CHECK(confidence_sequence(0, 0, 0.05).low == 0);
  CHECK(confidence_sequence(0, 0, 0.05).high == 1);
  CHECK(confidence_sequence(9, 0, 0.05, 9).high == 1);
}

}  // namespace escapement::stats
