#include "escapement/numeric/precision.h"
#include "escapement/stats/among_many.h"
#include "escapement/stats/chi_square.h"
#include "escapement/stats/gaussian_quadratic_form.h"

#include "recorded.h"

namespace escapement::stats {
namespace {

using numeric::Truth;
using numeric::WorkingPrecision;
using test::ball;
using test::check_encloses;
using test::recorded;

std::vector<Ball> balls(const std::vector<std::string>& texts) {
  std::vector<Ball> result;
  for (const std::string& t : texts) result.push_back(ball(t));
  return result;
}

bool sums_to_one(const Ball& a, const Ball& b) { return (a + b).contains(numeric::Exact(1)); }

}  // namespace

TEST_CASE("both tails of the chi-square law are mpmath's quadratures") {
  const WorkingPrecision precision(128);
  for (const auto& row : recorded("chi_square")) {
    const long d = row["d"];
    const std::string x = row["x"];
    INFO("d = " << d << ", x = " << x);
    check_encloses(chi_square_cdf(d, ball(x)), row["cdf"], 30);
    check_encloses(chi_square_survival(d, ball(x)), row["survival"], 30);
  }
}

TEST_CASE("quadratic forms are the closed laws and quadratures of mpmath, in both tails") {
  for (const long bits : {53L, 128L, 300L}) {
    const WorkingPrecision precision(bits);
    for (const auto& row : recorded("forms")) {
      const auto lambda = balls(row["lambda"].get<std::vector<std::string>>());
      const std::string t = row["t"];
      INFO(bits << " bits, lambda = " << row["lambda"].dump() << ", t = " << t);
      check_encloses(quadratic_form_cdf(lambda, ball(t)), row["cdf"], bits == 53 ? 12 : 33);
      check_encloses(quadratic_form_survival(lambda, ball(t)), row["survival"], bits == 53 ? 12 : 33);
    }
  }
}

TEST_CASE("equal eigenvalues are a chi-square law, and order does not matter") {
  const WorkingPrecision precision(100);
  const Ball t = ball("7/3"), value = ball("2/5");
  const Ball form = quadratic_form_cdf({value, value, value, value, value}, t);
  CHECK(form.overlaps(chi_square_cdf(5, t / value)));
  CHECK(quadratic_form_cdf(balls({"1", "2", "5", "1/7"}), t)
            .identical(quadratic_form_cdf(balls({"1/7", "5", "2", "1"}), t)));
}

TEST_CASE("the two tails sum to 1 and precisions agree") {
  using Texts = std::vector<std::string>;
  for (const auto& texts : {Texts{"1", "1/2", "1/3", "1/4"}, Texts{"1/20", "1/20", "1/3", "2"}})
    for (const char* t : {"1e-3", "1/2", "2", "11"}) {
      Ball coarse;
      {
        const WorkingPrecision precision(64);
        coarse = quadratic_form_cdf(balls(texts), ball(t));
      }
      const WorkingPrecision precision(256);
      const auto lambda = balls(texts);
      const Ball fine = quadratic_form_cdf(lambda, ball(t));
      CHECK(coarse.overlaps(fine));
      CHECK(sums_to_one(fine, quadratic_form_survival(lambda, ball(t))));
      CHECK(arb_rel_accuracy_bits(fine.raw()) > 240);
    }
}

TEST_CASE("wide inputs give the hull of their corners, and the probability is monotone") {
  const WorkingPrecision precision(80);
  Ball wide_t = ball("2"), wide_lambda = ball("1");
  arb_add_error_2exp_si(wide_t.raw(), -2);
  arb_add_error_2exp_si(wide_lambda.raw(), -3);
  const Ball both = quadratic_form_cdf({wide_lambda, ball("3")}, wide_t);
  const Ball least = quadratic_form_cdf(balls({"9/8", "3"}), ball("7/4"));
  const Ball greatest = quadratic_form_cdf(balls({"7/8", "3"}), ball("9/4"));
  CHECK(less(least, greatest) == Truth::yes);
  CHECK(both.contains(least.mid()));
  CHECK(both.contains(greatest.mid()));
  // As tight as a radius of 30 bits can say.
  CHECK(less(both.upper() - both.lower(), (greatest - least) * ball("1.000001")) == Truth::yes);
  CHECK(chi_square_cdf(4, wide_t).contains(chi_square_cdf(4, ball("2")).mid()));
}

TEST_CASE("a cap on the terms gives a wide ball that is still right") {
  const WorkingPrecision precision(64);
  const auto lambda = balls({"1/50", "1/3", "1"});
  const Ball exact = quadratic_form_cdf(lambda, ball("2"));
  for (const long terms : {1L, 5L, 20L, 40L}) {
    const Ball capped = quadratic_form_cdf(lambda, ball("2"), terms);
    INFO(terms << " terms: " << capped.mid_string(10) << " +/- " << capped.radius_string());
    CHECK(capped.overlaps(exact));
    CHECK(less(exact.radius(), capped.radius()) == Truth::yes);
    CHECK(quadratic_form_survival(lambda, ball("2"), terms).overlaps(Ball(1) - exact));
  }
}

TEST_CASE("more terms never give a wider ball") {
  const WorkingPrecision precision(53);
  const auto lambda = balls({"1", "1/2", "1e-4"});
  for (const char* t : {"1e-3", "1/10", "1", "5"}) {
    Ball first, last;
    for (const long terms : {10L, 100L, 2000L, 5000L, 20'000L}) {
      const Ball now = quadratic_form_cdf(lambda, ball(t), terms);
      INFO("t = " << t << ", " << terms << " terms: " << now.mid_string(10) << " +/- "
                  << now.radius_string());
      if (terms == 10)
        first = now;
      else
        CHECK(less_equal(now.radius(), last.radius() * ball("1.0000001")) == Truth::yes);
      CHECK(now.overlaps(first));
      last = now;
    }
  }
  // 2,100 terms suffice here: the small eigenvalue is no excuse.
  CHECK(arb_rel_accuracy_bits(quadratic_form_cdf(lambda, ball("1/10"), 5000).raw()) > 40);
}

TEST_CASE("the lower tail keeps its digits where there are more degrees of freedom than x") {
  const WorkingPrecision precision(100);
  for (const long d : {65L, 1001L, 2000L, 8195L})
    for (const int x : {100, 1000, 10'000}) {
      const Ball lower = chi_square_cdf(d, Ball(x));
      INFO("d = " << d << ", x = " << x << ": " << lower.mid_string(10) << " +/- " << lower.radius_string());
      CHECK(arb_rel_accuracy_bits(lower.raw()) > 90);
      CHECK(sums_to_one(lower, chi_square_survival(d, Ball(x))));
    }
  // P( chi^2_d <= x ) = P( chi^2_(d+2) <= x ) + u_d, u_d = (x/2)^(d/2) e^(-x/2) / (d/2)! at d = 2000, x = 1000.
  Ball u, factorial;
  arb_set_si(u.raw(), 500);
  arb_pow_ui(u.raw(), u.raw(), 1000, 200);
  arb_fac_ui(factorial.raw(), 1000, 200);
  u /= factorial;
  Ball exponential(-500);
  arb_exp(exponential.raw(), exponential.raw(), 200);
  CHECK((chi_square_cdf(2000, Ball(1000)) - chi_square_cdf(2002, Ball(1000))).overlaps(u * exponential));
}

TEST_CASE("degenerate forms") {
  const WorkingPrecision precision(64);
  const Ball zero(0), one(1);
  CHECK(quadratic_form_cdf({}, zero).identical(one));
  CHECK(quadratic_form_cdf({}, Ball(-1)).identical(zero));
  CHECK(quadratic_form_cdf({one}, zero).identical(zero));
  CHECK(quadratic_form_survival({one, one}, Ball(-3)).identical(one));
  CHECK(quadratic_form_cdf({zero, one}, Ball(2)).overlaps(chi_square_cdf(1, Ball(2))));
  CHECK(chi_square_cdf(3, Ball(-1)).identical(zero));
  CHECK(chi_square_survival(3, zero).identical(one));
}

TEST_CASE("one event among m neurons, m up to 10^548") {
  const WorkingPrecision precision(128);
  for (const auto& row : recorded("among_many")) {
    const auto m = numeric::parse_integer(row["m"].get<std::string>());
    REQUIRE(m);
    const AmongMany many = among_many(ball(row["p"]), *m);
    INFO("p = " << row["p"] << ", m = " << row["m"]);
    check_encloses(many.at_least_one, row["at_least_one"], 28);
    // (1-p)^m may be 10^(-10^7), no decimal to read: compare logarithms.
    Ball logarithm, log_ten(10);
    arb_log(logarithm.raw(), many.none.raw(), 128);
    arb_log(log_ten.raw(), log_ten.raw(), 128);
    check_encloses(logarithm / log_ten, row["log10_none"], 25);
    CHECK(many.expected.overlaps(ball(row["p"]) * Ball::from(numeric::Exact(*m))));
  }
  CHECK(among_many(Ball(1), 3).at_least_one.identical(Ball(1)));
  CHECK(among_many(Ball(0), 3).none.identical(Ball(1)));
  CHECK(among_many(ball("1/3"), 0).at_least_one.identical(Ball(0)));
  Ball any = ball("1/2");
  arb_add_error_2exp_si(any.raw(), 0);  // [-1/2, 3/2]
  CHECK(among_many(any, 5).at_least_one.contains(ball("31/32")));
  CHECK(among_many(any, 5).none.contains(Ball(1)));
}

}  // namespace escapement::stats
