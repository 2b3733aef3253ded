#include "escapement/stats/scaling_fit.h"

#include <cmath>
#include <limits>
#include <vector>

#include "recorded.h"

namespace escapement::stats {

using test::number;
using test::recorded;
using Values = std::vector<double>;

TEST_CASE("slopes and intervals are mpmath's") {
  for (const auto& row : recorded("slopes")) {
    const auto fit = fit_exponent(row["x"].get<Values>(), row["y"].get<Values>(), number(row["confidence"]));
    REQUIRE(fit.interval);
    CHECK(*fit.exponent == Approx(number(row["slope"])).epsilon(1e-12));
    CHECK(fit.interval->low == Approx(number(row["low"])).epsilon(1e-9));
    CHECK(fit.interval->high == Approx(number(row["high"])).epsilon(1e-9));
  }
}

TEST_CASE("an exact power law has its exponent and no width, at 10^-700 too") {
  Values x, y;
  for (int i = 0; i < 6; ++i) {
    x.push_back(-1600.0 - 8 * i);
    y.push_back(-0.5 * x.back() + 3);
  }
  const auto fit = fit_exponent(x, y, 0.95);
  CHECK(*fit.exponent == Approx(-0.5));
  CHECK(*fit.log_prefactor == Approx(3));
  CHECK(fit.interval->high - fit.interval->low < 1e-10);
}

TEST_CASE("fewer than three points, one x, or a value that is not finite claim no interval") {
  CHECK(!fit_exponent(Values{}, Values{}, 0.95).exponent);
  CHECK(!fit_exponent(Values{1}, Values{1}, 0.95).exponent);
  const auto two = fit_exponent(Values{1, 2}, Values{1, 3}, 0.95);
  CHECK(*two.exponent == Approx(2));
  CHECK(!two.interval);
  CHECK(!fit_exponent(Values{1, 1, 1}, Values{1, 2, 3}, 0.95).exponent);
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(!fit_exponent(Values{1, 2, 3}, Values{1, -infinity, 3}, 0.95).exponent);
}

TEST_CASE("standard errors weigh the points, and never narrow below the scatter") {
  const Values x{0, 1, 2, 3}, y{0, 1.1, 1.9, 3.05};
  const auto plain = fit_exponent(x, y, 0.95);
  // Equal errors do not move the line. Where they are small the scatter decides, where large the errors.
  const auto small = fit_exponent(x, y, Values(4, 1e-200), 0.95);
  CHECK(*small.exponent == Approx(*plain.exponent));
  CHECK(small.interval->low == Approx(plain.interval->low));
  const auto large = fit_exponent(x, y, Values(4, 0.7), 0.95);
  CHECK(*large.exponent == Approx(*plain.exponent));
  CHECK(large.interval->high - *large.exponent ==
        Approx(4.302652729911275 * 0.7 / std::sqrt(5.0)));  // t_2, 97.5%
  CHECK(large.scatter == Approx(plain.scatter / 0.7));
  // A point with a huge error is ignored.
  const auto ignoring = fit_exponent(x, Values{0, 1, 2, 50}, Values{1, 1, 1, 1e9}, 0.95);
  CHECK(*ignoring.exponent == Approx(1).epsilon(1e-6));
}

}  // namespace escapement::stats
