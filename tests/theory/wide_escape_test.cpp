// Escape where no run can be: enclosed eigenvalues, the law of tiny displacements, the slow flow at m = 10^548.
#include "escapement/theory/inside/wide_escape.h"

#include <cmath>
#include <random>

#include <catch2/catch.hpp>

#include "escapement/judge/judge.h"
#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/numeric/scalar_ops.h"
#include "escapement/stats/chi_square.h"
#include "escapement/theory/enclosed_eigenvalues.h"
#include "escapement/theory/escape_law.h"
#include "escapement/theory/inside/inside_point.h"
#include "escapement/theory/registry.h"

#include "theory/support.h"

namespace numeric = escapement::numeric;
namespace judge = escapement::judge;
namespace stats = escapement::stats;
using namespace escapement::theory;
using namespace escapement::test;
using numeric::BigInt;
using numeric::Exact;
using numeric::Mp;

TEST_CASE("eigenvalues of any size, multiple ones too, are enclosed") {
  const numeric::WorkingPrecision precision(200);
  const Ball tiny = numeric::exp10(Ball(-500)), zero(0);
  const std::vector<Ball> two =
      enclosed_eigenvalues({{Ball(2) * tiny, tiny}, {tiny, Ball(2) * tiny}});  // 1 and 3
  CHECK((two[0] / tiny).contains(Exact(1)));
  CHECK((two[1] / tiny).contains(Exact(3)));
  CHECK(arb_rel_accuracy_bits(two[0].raw()) > 40);
  for (const Ball& value : enclosed_eigenvalues({{tiny, zero, zero}, {zero, tiny, zero}, {zero, zero, tiny}}))
    CHECK((value / tiny).contains(Exact(1)));
  const std::vector<Ball> one = enclosed_eigenvalues({{Ball(1), Ball(2)}, {Ball(2), Ball(4)}});  // 0 and 5
  CHECK(one[0].contains(Exact(0)));
  CHECK(one[1].contains(Exact(5)));
  CHECK(enclosed_eigenvalues({{zero}})[0].contains(Exact(0)));
}

TEST_CASE("the law from a displacement is the law from the product") {
  const numeric::WorkingPrecision precision(128);
  std::mt19937_64 bits(3);
  std::normal_distribution<double> normal;
  for (const std::size_t d : {1u, 2u, 4u}) {
    numeric::Rows<double> product(d + 1, d);
    numeric::Rows<Mp> displacement(d + 1, d);
    for (std::size_t i = 0; i <= d; ++i)
      for (std::size_t j = 0; j <= d; ++j) {
        const double x = std::round(normal(bits) * 64) / 256;  // exact after adding 1
        product.set(i, j, x + (i == j ? 1 : 0));
        displacement.set(i, j, numeric::from_dyadic<Mp>(x));
      }
    const Ball r = Ball::from(Exact(1, 8)), floor = Ball::from(Exact(1, 2));
    const EscapeLaw a = escape_law(product, 64, Ball(1), r, floor),
                    b = escape_law_of_displacement(displacement, 64, Ball(1), r, floor);
    CHECK(b.stays.mid_double() == Approx(a.stays.mid_double()).epsilon(1e-9));
    CHECK(b.long_stays.mid_double() == Approx(a.long_stays.mid_double()).epsilon(1e-9).margin(1e-12));
  }
}

TEST_CASE("T1 at m = 10^200: neurons move by -192 c sqrt(log m/m) of themselves, and a small ball stays") {
  judge::EngineLaboratory laboratory(1, 1, {});
  const BigInt m = power_of_ten(200);
  const auto config = configured({});
  for (const Exact& c : {Exact(5, 2)}) {
    const WideEscape e = wide_escape(EscapeReading::literal, 4, m, c, Exact(1) / Exact(power_of_ten(50)),
                                     config, PaperConstants{}, laboratory);
    REQUIRE(e.failure.empty());
    const numeric::WorkingPrecision precision(128);
    const Ball reach = Ball(192) * Ball::from(c);
    const Ball expected = stats::chi_square_cdf(4, Ball(4) / (reach * reach * numeric::log(m)));
    CHECK(less(abs(e.stays / expected - Ball(1)), numeric::exp10(Ball(-6))) == Truth::yes);
    CHECK((e.expected / (e.stays * Ball::from(Exact(m)))).contains(Exact(1)));
    // (1 - p)^m = e^(-m p) up to m p^2: a logarithm of 10^180 and more.
    CHECK(less(e.log10_none, -numeric::exp10(Ball(180))) == Truth::yes);
  }
}

TEST_CASE("what is picked inside Condition 1 is inside, and what is not is refused by name") {
  const InsidePoint p = inside_point(configured({"d=10"}), {});
  CHECK(p.assumptions.size() == 6);
  for (const Assumption& a : p.assumptions) CHECK(a.holds == Truth::yes);
  CHECK(p.eta < Exact(1) / Exact(power_of_ten(1000)));
  CHECK(p.covariance == 1);
  ConditionInputs wide;
  wide.c_data = Exact(6);
  CHECK(inside_point(configured({"d=10"}), wide).covariance == Exact(36, 10));
  CHECK(inside_point(configured({"d=10"}), wide).eta < p.eta);  // e^(C_data^2) decides
  const auto refused = [](std::initializer_list<const char*> sets, const char* key) {
    try {
      inside_point(configured(sets), {});
    } catch (const escapement::config::InputError& e) {
      return e.key() == key;
    }
    return false;
  };
  CHECK(refused({"d=3"}, "d"));
  CHECK(refused({"sigma=0"}, "sigma"));
  CHECK(refused({"eta=1e-100"}, "eta"));
  CHECK(refused({"m=1000"}, "m"));
  CHECK(refused({"theta_norm=1"}, "theta_norm"));
}

TEST_CASE("Theorem 4.2 inside: short neurons stay, tall ones do not") {
  judge::Means means;
  means.inside = true;
  const Statement& statement = find_statement("theorem-4.2", "test");
  const char* expected[] = {"violated", "supported"};
  for (const std::size_t i : {0u, 1u}) {
    const Verdict v =
        judge::judge_row({&statement, &statement.claims[i]}, configured({"d=4"}), means, 0.05, 1, true);
    INFO(v.reading << ": " << v.basis);
    CHECK(to_string(v.outcome) == expected[i]);
    CHECK(v.evidence == Evidence::computed);
    CHECK(v.regime.inside == Truth::yes);
    CHECK(v.basis.find("Limit theorem") != std::string::npos);
    CHECK(v.basis.size() < 2000);  // no exponent of a thousand digits in full
  }
}
