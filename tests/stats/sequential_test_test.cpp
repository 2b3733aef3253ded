#include "escapement/stats/sequential_test.h"

#include <cmath>
#include <limits>

#include "escapement/numeric/random.h"
#include "escapement/stats/e_process.h"

#include "recorded.h"

namespace escapement::stats {
namespace {

using numeric::Ball;
using numeric::Truth;

SequentialTest fed(double q, std::initializer_list<std::pair<Truth, int>> runs, double alpha = 0.05) {
  SequentialTest test(LogBound::of(q), alpha, 0.01);
  for (const auto& [failed, count] : runs)
    for (int i = 0; i < count; ++i) test.add(failed);
  return test;
}

}  // namespace

TEST_CASE("a clear violation is found, a clear success is found, and the first finding stays") {
  SequentialTest test = fed(0.1, {{Truth::yes, 20}});
  CHECK(test.finding() == Finding::violated);
  for (int i = 0; i < 5000; ++i) test.add(Truth::no);
  CHECK(test.finding() == Finding::violated);
  const TestSummary summary = test.summary();
  CHECK(summary.trials == 5020);
  CHECK(summary.failures == 20);
  CHECK(summary.log10_e_violated >= std::log10(20.0));  // the running maximum, though E itself is down again
  CHECK(log_e_above(5020, 20, std::log(0.1)) < 0);

  CHECK(fed(0.1, {{Truth::no, 500}}).finding() == Finding::holds);
  CHECK(fed(0.1, {{Truth::no, 9}, {Truth::yes, 1}}).finding() == Finding::undecided);
}

TEST_CASE("crossing happens at the trial where E reaches 1/alpha, and at no earlier one") {
  SequentialTest test(LogBound::of(0.25), 0.05, 0.05);
  for (std::uint64_t n = 1; n <= 40; ++n) {
    test.add(Truth::yes);
    const bool crossed = log_e_above(n, n, LogBound::of(0.25).high) >= std::log(20.0);
    CHECK((test.finding() == Finding::violated) == crossed);
  }
  CHECK(test.finding() == Finding::violated);
}

TEST_CASE("an ambiguous trial counts against whichever side would profit") {
  // As successes they hide what 30 failures would show; as failures they spoil what 500 successes would.
  CHECK(fed(0.1, {{Truth::unknown, 30}}).finding() == Finding::undecided);
  CHECK(fed(0.1, {{Truth::unknown, 500}}).finding() == Finding::undecided);
  CHECK(fed(0.1, {{Truth::no, 500}}).finding() == Finding::holds);

  const TestSummary mixed = fed(0.5, {{Truth::yes, 20}, {Truth::unknown, 10}, {Truth::no, 10}}).summary();
  const TestSummary low = fed(0.5, {{Truth::yes, 20}, {Truth::no, 20}}).summary();
  const TestSummary high = fed(0.5, {{Truth::yes, 30}, {Truth::no, 10}}).summary();
  CHECK(mixed.ambiguous == 10);
  CHECK(mixed.interval.low == low.interval.low);
  CHECK(mixed.interval.high == high.interval.high);
}

TEST_CASE("a bound of 1 or more is vacuous before any trial, whatever comes") {
  for (const double q : {1.0, 7.5}) {
    SequentialTest test(LogBound::of(q), 0.05, 0.05);
    CHECK(test.finding() == Finding::vacuous);
    CHECK(test.summary().interval.high == 1);
    for (int i = 0; i < 50; ++i) CHECK(test.add(Truth::yes) == Finding::vacuous);
  }
  CHECK(fed(1 - 1e-9, {}).finding() == Finding::undecided);
}

TEST_CASE("a bound may be an enclosure: each side is judged against its worse end") {
  Ball q = test::ball("1/10");
  arb_add_error_2exp_si(q.raw(), -4);  // [0.0375, 0.1625]
  const LogBound bound = LogBound::of(q);
  CHECK(std::exp(bound.low) == Approx(0.0375));
  CHECK(std::exp(bound.high) == Approx(0.1625));
  SequentialTest wide(bound, 0.05, 0.05);
  const TestSummary summary = [&] {
    for (int i = 0; i < 60; ++i) wide.add(numeric::truth(i % 8 == 0));
    return wide.summary();
  }();
  CHECK(summary.smallest_detectable == smallest_detectable(60, bound.high, 0.05));
  // Partly above 1: not certainly vacuous, never violated.
  const Ball big = test::ball("1") + Ball::dyadic(0x1p-30);
  Ball around = test::ball("1");
  arb_add_error_2exp_si(around.raw(), -3);
  SequentialTest nearly(LogBound::of(around), 0.05, 0.05);
  CHECK(nearly.finding() == Finding::undecided);
  for (int i = 0; i < 100; ++i) nearly.add(Truth::yes);
  CHECK(nearly.finding() == Finding::undecided);
  CHECK(SequentialTest(LogBound::of(big), 0.05, 0.05).finding() == Finding::vacuous);
}

TEST_CASE("logarithms of bounds are rounded outwards, also far below a double") {
  const LogBound tiny = LogBound::of(test::ball("1e-700"));
  CHECK(tiny.low <= tiny.high);
  CHECK(tiny.high - tiny.low < 1e-9);
  CHECK(tiny.low == Approx(-700 * std::log(10.0)));
  CHECK(LogBound::of(0.0).high == -std::numeric_limits<double>::infinity());
  // One failure refutes 10^-700 and 0 at once.
  SequentialTest test(tiny, 1e-9, 1e-9);
  CHECK(test.add(Truth::yes) == Finding::violated);
  CHECK(test.summary().log10_e_violated == Approx(700 + std::log10(0.5)).margin(1e-6));
  SequentialTest never(LogBound::of(0.0), 1e-9, 1e-9);
  for (int i = 0; i < 1000; ++i) REQUIRE(never.add(Truth::no) == Finding::undecided);
  CHECK(never.add(Truth::yes) == Finding::violated);
}

TEST_CASE("the smallest detectable p has even odds of refuting, by the binomial sum") {
  for (const double q : {0.01, 0.1, 0.6})
    for (const std::uint64_t n : {20u, 100u, 300u}) {
      const double log_q = std::log(q), p = smallest_detectable(n, log_q, 0.05);
      const std::uint64_t k = least_refuting_count(n, log_q, 0.05);
      INFO("q = " << q << ", n = " << n << ", k = " << k << ", p = " << p);
      REQUIRE(k <= n);
      CHECK(log_e_above(n, k, log_q) >= std::log(20.0));
      CHECK(log_e_above(n, k - 1, log_q) < std::log(20.0));
      double tail = 0;
      for (std::uint64_t j = k; j <= n; ++j)
        tail += std::exp(std::lgamma(double(n) + 1) - std::lgamma(double(j) + 1) -
                         std::lgamma(double(n - j) + 1) + double(j) * std::log(p) +
                         double(n - j) * std::log1p(-p));
      CHECK(tail == Approx(0.5).epsilon(1e-9));
      CHECK(p > q);
      CHECK(smallest_detectable(4 * n, log_q, 0.05) < p);
    }
  CHECK(smallest_detectable(0, std::log(0.1), 0.05) == 1);
  REQUIRE(least_refuting_count(9, std::log(0.1), 0.01) == 5);  // five of nine: even odds at 1/2, by symmetry
  CHECK(smallest_detectable(9, std::log(0.1), 0.01) == 0.5);
  CHECK(smallest_detectable(1, std::log(0.9), 0.05) == 1);
}

}  // namespace escapement::stats
