#include "escapement/stats/e_process.h"

#include <cmath>
#include <limits>

#include "recorded.h"

namespace escapement::stats {
namespace {

using test::number;
using test::recorded;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Not above the true value (recorded to 30 digits, read as a double), and close below it.
void check_from_below(double ours, double exact, double tolerance) {
  INFO("ours " << ours << ", exact " << exact);
  CHECK(ours <= exact + 1e-15 * std::fabs(exact));
  CHECK(ours >= exact - tolerance);
}

// Both factors of P_p(path) E(path) summed over all paths of length n, by how many of them have k failures.
double expectation(unsigned n, double p, double log_q,
                   double (*log_e)(std::uint64_t, std::uint64_t, double, BetaPrior)) {
  double sum = 0, paths = 1;
  for (unsigned k = 0; k <= n; ++k) {
    sum += paths * std::pow(p, k) * std::pow(1 - p, n - k) * std::exp(log_e(n, k, log_q, {}));
    paths = paths * (n - k) / (k + 1);
  }
  return sum;
}

}  // namespace

TEST_CASE("log e-values are mpmath's, rounded down") {
  for (const auto& row : recorded("e_values")) {
    const auto n = row["n"].get<std::uint64_t>(), k = row["k"].get<std::uint64_t>();
    const double log_q = number(row["log_q"]);
    INFO("n = " << n << ", k = " << k << ", log q = " << log_q);
    // What is lost: 64 units of each term, of which the largest are of the size of the log-likelihood.
    const double size = 1e2 + 4 * static_cast<double>(n) + static_cast<double>(k) * std::fabs(log_q);
    const double above = log_e_above(n, k, log_q), below = log_e_below(n, k, log_q);
    // Where a tail underflows, E is far below 1 and the elementary bound stands in.
    check_from_below(above, number(row["above"]), above < -4 ? 0.1 : 2e-12 + 1e-13 * size);
    check_from_below(below, number(row["below"]), below < -4 ? 0.1 : 2e-12 + 1e-13 * size);
    CHECK(std::isfinite(above));
    CHECK(std::isfinite(below));
  }
}

TEST_CASE("mixtures give the published values of confseq's tests") {
  // Its reference implementation in R: v = n q (1-q) = 100 at q = 1/5, so n = 625; s = k - n q = 10, so k = 135. Its
  // prior is Beta(r/(1-q), r/q) with r = rho - q (1-q), rho for the optimum at v = 100, alpha = 0.05 [Howard2021].
  const auto r_for = [](double alpha) {
    const double level = std::log(1 / alpha);
    return 100 / (2 * level + std::log(1 + 2 * level)) - 0.16;
  };
  const double one_sided = r_for(0.1), two_sided = r_for(0.05), log_q = std::log(0.2);
  const BetaPrior prior{one_sided / 0.8, one_sided / 0.2};
  CHECK(log_e_above(625, 135, log_q, prior) == Approx(-0.07134019).margin(1e-8));
  CHECK(log_e_equal(625, 135, log_q, {two_sided / 0.8, two_sided / 0.2}) == Approx(-0.6941012).margin(1e-7));
  // The bound on s at alpha = 0.05 is 28.41238, one-sided, and 31.4308, two-sided.
  CHECK(log_e_above(625, 125 + 28, log_q, prior) < std::log(20));
  CHECK(log_e_above(625, 125 + 29, log_q, prior) > std::log(20));
  CHECK(log_e_equal(625, 125 + 31, log_q, {two_sided / 0.8, two_sided / 0.2}) < std::log(20));
  CHECK(log_e_equal(625, 125 + 32, log_q, {two_sided / 0.8, two_sided / 0.2}) > std::log(20));
}

TEST_CASE("over all outcomes the expectation of E is at most 1 under the null, and 1 at its border") {
  for (const double q : {1e-6, 0.01, 0.1, 0.5, 0.8, 0.999})
    for (unsigned n = 1; n <= 12; ++n)
      for (const double share : {0.0, 0.1, 0.5, 0.9, 0.999, 1.0}) {
        INFO("q = " << q << ", n = " << n << ", p/q or (1-p)/(1-q) = " << share);
        const double below_q = q * share, above_q = 1 - (1 - q) * share;
        CHECK(expectation(n, below_q, std::log(q), log_e_above) <= 1 + 1e-14);
        CHECK(expectation(n, above_q, std::log(q), log_e_below) <= 1 + 1e-14);
        if (share == 1.0) {
          CHECK(expectation(n, q, std::log(q), log_e_above) == Approx(1).margin(1e-9));
          CHECK(expectation(n, q, std::log(q), log_e_below) == Approx(1).margin(1e-9));
        }
      }
}

TEST_CASE("E is a supermartingale step by step") {
  for (const double q : {1e-9, 0.003, 0.1, 0.5, 0.97})
    for (std::uint64_t n = 0; n < 60; ++n)
      for (std::uint64_t k = 0; k <= n; ++k) {
        const double log_q = std::log(q);
        const double now = log_e_above(n, k, log_q);
        const double failed = std::exp(log_e_above(n + 1, k + 1, log_q) - now);
        const double passed = std::exp(log_e_above(n + 1, k, log_q) - now);
        INFO("q = " << q << ", n = " << n << ", k = " << k);
        CHECK(q * failed + (1 - q) * passed <= 1 + 1e-8);
        CHECK(passed <= failed);  // so under p < q the expectation is smaller still
      }
}

TEST_CASE("E rises with k against p <= q, falls against p >= q, and they mirror each other") {
  for (const double q : {1e-300, 1e-5, 0.1, 0.5, 0.999999})
    for (const std::uint64_t n : {1u, 7u, 100u, 5000u}) {
      double above = -kInfinity, below = kInfinity;
      for (std::uint64_t k = 0; k <= n; k += 1 + n / 50) {
        INFO("q = " << q << ", n = " << n << ", k = " << k);
        const double next_above = log_e_above(n, k, std::log(q)), next_below = log_e_below(n, k, std::log(q));
        CHECK(next_above >= above);
        CHECK(next_below <= below);
        above = next_above;
        below = next_below;
        CHECK(log_e_above(n, k, std::log(0.25)) ==
              Approx(log_e_below(n, n - k, std::log(0.75))).epsilon(1e-9).margin(1e-9));
      }
    }
}

TEST_CASE("no data is no evidence, and the ends of q are what they mean") {
  for (const double log_q : {-1e5, -700.0, -1.0, -1e-12}) {
    CHECK(log_e_above(0, 0, log_q) <= 0);
    CHECK(log_e_above(0, 0, log_q) > -1e-9 - 1e-15 * std::fabs(log_q));
  }
  CHECK(log_e_above(10, 1, -kInfinity) == kInfinity);  // p <= 0 and a failure
  CHECK(log_e_above(10, 0, -kInfinity) < 0);
  CHECK(log_e_above(10, 10, 0.0) == -kInfinity);  // p <= 1 is never refuted
  CHECK(log_e_below(10, 0, -kInfinity) == -kInfinity);
  CHECK(log_e_below(10, 9, 0.0) == kInfinity);  // p >= 1 and a success
}

TEST_CASE("what cannot be evaluated counts less, not more") {
  // One failure in 10^15 trials at q = 1/2: E is below 10^-10^14.
  CHECK(log_e_above(1'000'000'000'000'000, 1, std::log(0.5)) < -30);
  // Extremes stay numbers.
  for (const std::uint64_t n : {std::uint64_t{1}, std::uint64_t{1} << 30, (std::uint64_t{1} << 53) - 1})
    for (const std::uint64_t k : {std::uint64_t{0}, n / 2, n})
      for (const double log_q : {-1e300, -1e4, -577.0, -575.0, -1e-3, -1e-300}) {
        INFO("n = " << n << ", k = " << k << ", log q = " << log_q);
        CHECK(!std::isnan(log_e_above(n, k, log_q)));
        CHECK(!std::isnan(log_e_below(n, k, log_q)));
      }
}

}  // namespace escapement::stats
