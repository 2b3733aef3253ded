#include <set>

#include "escapement/config/input_error.h"
#include "escapement/numeric/precision.h"
#include "escapement/study/fitting.h"

#include "support.h"

namespace escapement::study {

using config::InputError;
using numeric::Ball;

TEST_CASE("every study is whole: names, columns that its figure and keys name") {
  std::set<std::string> names;
  for (const Study& study : studies()) {
    INFO(study.name);
    CHECK(names.insert(study.name).second);
    CHECK(!study.question.empty());
    CHECK(!study.figure.empty());
    std::set<std::string> columns;
    for (const Column& column : study.columns) {
      CHECK(columns.insert(column.name).second);
      CHECK(column.name.find_first_not_of(
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string::npos);
      CHECK(!column.meaning.empty());
    }
    for (const Axes& axes : study.figure) {
      CHECK(columns.count(axes.x) == 1);
      for (const Curve& curve : axes.curves) {
        CHECK(columns.count(curve.y) == 1);
        CHECK(curve.low.empty() == curve.high.empty());
        if (!curve.low.empty()) CHECK(columns.count(curve.low) + columns.count(curve.high) == 2);
        for (const auto& [column, text] : curve.where) CHECK(columns.count(column) == 1);
      }
    }
    const config::Config config = configure(study, {}, "7");
    CHECK(config.seed == 7);
    for (const std::string& key : study.keys) CHECK_NOTHROW(value_of(config, key));
    for (const auto& [key, value] : study.settings) CHECK(config.source_of(key) == "study " + study.name);
  }
}

TEST_CASE("a name that there is not, and a key that a study varies or does not know, are bad input") {
  CHECK_THROWS_AS(find_study("precision"), InputError);
  const Study& study = find_study("precision-cliff");
  CHECK_THROWS_WITH(configure(study, {"eta=1/2"}, {}),
                    Catch::Contains("eta") && Catch::Contains("theta_norm"));
  CHECK_THROWS_AS(configure(study, {"rho=1/2"}, {}), InputError);
  CHECK_THROWS_AS(configure(study, {"sigma=-1"}, {}), InputError);
  CHECK_THROWS_AS(configure(study, {}, "x"), InputError);
  CHECK(configure(study, {"sigma=3"}, {}).sigma == 3);
}

TEST_CASE("fits: an exact power law, and what one planted wrong value does to it") {
  std::vector<double> x, y;
  for (int k = 1; k <= 6; ++k) {
    x.push_back(-k);
    y.push_back(2.0 * k + 1);
  }
  const Fit exact = exponent("e", x, y, "points");
  CHECK(exact.estimate == Approx(-2));
  REQUIRE(exact.interval);
  CHECK(exact.interval->second - exact.interval->first < 1e-12);
  y[5] += 1;
  const Fit planted = exponent("e", x, y, "points");
  CHECK(std::abs(planted.estimate + 2) > 0.1);
  CHECK(planted.interval->first < planted.interval->second - 0.1);
  CHECK(!exponent("e", std::vector<double>{1}, std::vector<double>{1}, "").interval);

  // Student t with 2 degrees of freedom, 97.5%: 4.302652729911275; values 1, 2, 3 have deviation 1.
  const Fit mean_of = mean("m", std::vector<double>{1, 2, 3}, "points");
  CHECK(mean_of.estimate == Approx(2));
  CHECK(mean_of.interval->second == Approx(2 + 4.302652729911275 / std::sqrt(3.0)));
  CHECK(geometric_mean("g", std::vector<double>{std::log(2.0), std::log(8.0)}, "").estimate == Approx(4));
  CHECK(bracket("b", 1e-4, 1e-2, "").estimate == Approx(1e-3));
}

TEST_CASE("cells: certain digits of an enclosure, nothing for what is not defined") {
  const numeric::WorkingPrecision precision(64);
  CHECK(cell(0.5) == "0.5");
  CHECK(cell(std::nan("")).empty());
  CHECK(cell(Ball(1) / Ball(0)).empty());
  CHECK(cell(Ball(0)) == "0");
  CHECK(cell(Ball(1) / Ball(4)) == "0.25");
  Ball wide(1);
  arb_add_error(wide.raw(), Ball(2).raw());
  CHECK(cell(wide).empty());
  CHECK(cell(std::uint64_t{12}) == "12");
  CHECK(cell(numeric::Exact(1, 8000)) == "0.000125");
  CHECK(cell(numeric::Exact(3, 2)) == "1.5");
  CHECK(cell(*numeric::parse_exact("1e-60")) == "1e-60");
}

}  // namespace escapement::study
