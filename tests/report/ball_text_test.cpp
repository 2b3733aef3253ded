#include "escapement/report/ball_text.h"

#include <catch2/catch.hpp>

#include "escapement/report/scale.h"

#include "report/sample_verdicts.h"

using namespace escapement::report;
using escapement::numeric::Exact;
using escapement::numeric::parse_exact;
using escapement::test::decimal;

TEST_CASE("exact numbers are written exactly") {
  CHECK(ball_text(decimal("1000")).value == "1000");
  CHECK(ball_text(decimal("1000")).radius == "0");
  CHECK(ball_text(decimal("-0.375")).value == "-0.375");
  CHECK(ball_text(decimal("0")).value == "0");
}

TEST_CASE("enclosures are written with the digits that they know") {
  const auto wide = ball_of(*parse_exact("0.123456789"), *parse_exact("0.001"));
  CHECK(ball_text(wide).value.size() <= 6);
  const auto back = ball_of(*parse_exact(ball_text(wide).value), *parse_exact(ball_text(wide).radius));
  CHECK(back.contains(wide));
}

TEST_CASE("numbers are shortened for the eye") {
  CHECK(brief(std::string("0.420448207626857")) == "0.420448");
  CHECK(brief(std::string("6.2353918273645190283746501928374e-711")) == "6.23539e-711");
  CHECK(brief(std::string("exponent -0.2134567 [0, 1]")) == "exponent -0.2134567 [0, 1]");
  CHECK(brief(std::string("1/400")) == "1/400");
  CHECK(brief(std::string("")) == "");
  CHECK(brief(decimal("0.12"), 4) == "0.12");
  CHECK(brief(ball_of(1, *parse_exact("0.1"))).starts_with("1 ± 0.10"));
  CHECK(brief(decimal("1") / decimal("0")) == "not defined");
}

TEST_CASE("logarithms of numbers of any size") {
  CHECK(*log10_of(*parse_exact("1e-713")) == Approx(-713).epsilon(1e-12));
  CHECK(*log10_of(*parse_exact("2e400")) == Approx(400.30102999566398).epsilon(1e-14));
  CHECK(*log10_of(decimal("1e-713")) == Approx(-713).epsilon(1e-14));
  CHECK(*log10_of(*parse_exact("1")) == 0);
  CHECK_FALSE(log10_of(Exact(0)));
  CHECK_FALSE(log10_of(Exact(-1)));
  CHECK_FALSE(log10_of(decimal("-1")));
}

TEST_CASE("a linear scale of numbers below double is taken out of a power of ten") {
  const std::vector<Exact> values{*parse_exact("2e-713"), *parse_exact("8e-713")};
  const Scale scale(values, false);
  CHECK(scale.place(values[0]) == Approx(2));
  CHECK(scale.name("eta") == "eta / 10^{−713}");
  CHECK(scale.axis(2, 8, 4).ticks.size() >= 3);
  CHECK(Scale({*parse_exact("0.1")}, false).name("eta") == "eta");
  CHECK(Scale(values, true).place(values[0]) == Approx(-712.69897).epsilon(1e-8));
}
