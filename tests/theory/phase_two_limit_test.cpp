// Phase II in closed form against its own recursion, drawn neurons, and runs; Lemmas 4.3, 4.5, 4.6 inside Condition 1.
#include "escapement/theory/inside/phase_two_limit.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <catch2/catch.hpp>

#include "escapement/judge/judge.h"
#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/theory/diminishing.h"
#include "escapement/theory/inside/aligned_flow.h"
#include "escapement/theory/ladder.h"
#include "escapement/theory/phase_two.h"
#include "escapement/theory/registry.h"

#include "theory/support.h"

namespace numeric = escapement::numeric;
namespace judge = escapement::judge;
using namespace escapement::theory;
using namespace escapement::test;
using numeric::Exact;

TEST_CASE("the closed form is what small steps do") {
  const numeric::WorkingPrecision precision(128);
  struct Case {
    double P, Q, theta, c;
  };
  for (const Case& k :
       {Case{0.3, 0.2, 1, 1}, Case{0, 2, 0.5, 1.5}, Case{1e-4, 0, 2, 1}, Case{6, 1, 1, 0.7}}) {
    AlignedFlow flow{Ball::dyadic(k.P), Ball::dyadic(k.Q), Ball::dyadic(k.theta), Ball::dyadic(k.c)};
    double y = 1, t = 0;
    const double h = 1e-3;
    const auto rate = [&](double x) { return 2 * k.c * x * (k.theta - (k.P * x - k.Q / x) / 4); };
    for (int i = 0; i < 3000; ++i, t += h) {  // Runge and Kutta
      const double k1 = rate(y), k2 = rate(y + h / 2 * k1), k3 = rate(y + h / 2 * k2), k4 = rate(y + h * k3);
      y += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
      if (i % 600 != 599) continue;
      const Ball time = Ball::dyadic(t + h);
      CHECK(growth(flow, time).mid_double() == Approx(y).epsilon(1e-9));
      CHECK(distance(flow, time).mid_double() ==
            Approx(k.theta - (k.P * y - k.Q / y) / 4).epsilon(1e-7).margin(1e-10));
    }
  }
  // Far beyond where it can be told from zero by subtraction.
  AlignedFlow flow{Ball(1), Ball(1), Ball(1), Ball(1)};
  const Ball late = distance(flow, Ball(5000));
  CHECK(arb_rel_accuracy_bits(late.raw()) > 60);
  CHECK(less(late, numeric::exp10(Ball(-4000))) == Truth::yes);
  CHECK(less(Ball(0), late) == Truth::yes);
}

TEST_CASE("the quantile of the growing part is that of drawn neurons") {
  for (const std::size_t d : {2u, 5u, 20u}) {
    constexpr std::size_t kCount = 10'000;
    std::vector<double> ratios;
    for (const Row& row : drawn_neurons({5, 0}, d, kCount, 1)) {
      double squared = 0;
      for (std::size_t j = 1; j < d; ++j) squared += row[j] * row[j];
      ratios.push_back(squared / std::pow(row[d] + row[0], 2));
    }
    const double x = growing_part_quantile(d, 0.9);
    const auto above = std::count_if(ratios.begin(), ratios.end(), [&](double r) { return r > x; });
    INFO("d = " << d << ": " << above);
    CHECK(std::fabs(static_cast<double>(above) / kCount - 0.1) < 6 * std::sqrt(0.09 / kCount));
  }
}

TEST_CASE("drawn neurons: the constant falls as 1/ln(1/eta), a smaller bound does not hold") {
  Ladder far =
      alignment_ladder(squaring_rungs(Exact(1, 1'000'000), 4), least_width, 5, 1, Exact(1), true, true, {});
  CHECK(judge_ladder(far) == Outcome::supported);
  PaperConstants wrong;
  wrong.alignment_exponent = Exact(3, 5);
  far = alignment_ladder(squaring_rungs(Exact(1, 1'000'000), 4), least_width, 5, 1, Exact(1), true, true,
                         wrong);
  CHECK(judge_ladder(far) == Outcome::undecided);
  CHECK(far.exponent == Approx(0.1).margin(0.03));
}

TEST_CASE("the law of sign exceptions goes on where doubles end") {
  const numeric::WorkingPrecision precision(200);
  const numeric::BigInt m = 1'000'000;
  for (const std::size_t d : {2u, 3u, 4u, 10u}) {
    // On both sides of where the quantile's method changes; P ~ q^d for small q.
    const double above = sign_exception_at_start(d, m, Ball::dyadic(1.0001e-9)).mid_double(),
                 below = sign_exception_at_start(d, m, Ball::dyadic(0.9999e-9)).mid_double();
    if (d <= 2) continue;
    CHECK(above / below == Approx(std::pow(1.0001 / 0.9999, 1)).epsilon(0.01));
  }
  const Ball tiny = sign_exception_at_start(4, pow(numeric::BigInt(10), 3000), numeric::exp10(Ball(-400)));
  CHECK(less(Ball(0), tiny) == Truth::yes);
  CHECK(arb_rel_accuracy_bits(tiny.raw()) > 100);
}

TEST_CASE("outcomes inside Condition 1, and planted errors are found there too") {
  struct Row {
    const char *statement, *clause, *reading, *expected;
  };
  const Row rows[] = {
      {"lemma-4.3", "1a", "literal", "supported"}, {"lemma-4.3", "1a", "typical", "holds"},
      {"lemma-4.3", "1b", "literal", "violated"},  {"lemma-4.3", "1b", "typical", "holds"},
      {"lemma-4.3", "2b", "literal", "supported"}, {"lemma-4.5", "", "literal", "violated"},
      {"lemma-4.5", "", "flow-time", "violated"},  {"lemma-4.5", "", "flow-time+generic", "undecided"},
      {"lemma-4.6", "1", "literal", "violated"},   {"lemma-4.6", "1", "non-degenerate+population", "holds"},
      {"lemma-4.6", "2", "literal", "holds"},      {"lemma-4.6", "2", "non-degenerate", "holds"}};
  const auto judged = [](const Row& row, const PaperConstants& constants) {
    judge::Means means;
    means.inside = true;
    means.constants = constants;
    judge::Selection selection{{row.statement}, std::string(row.reading), std::string(row.clause), true};
    return judge::judge_row(judge::select(selection).front(), configured({"d=10"}), means, 0.05, 1, true);
  };
  for (const Row& row : rows) {
    const Verdict v = judged(row, {});
    INFO(row.statement << " " << row.clause << " " << row.reading << ": " << v.basis);
    CHECK(to_string(v.outcome) == row.expected);
    CHECK(v.regime.inside == Truth::yes);
  }
  PaperConstants wrong;
  wrong.sign_factor = numeric::Exact(1) / pow(numeric::BigInt(10), 480);  // rho far too small
  CHECK(judged(rows[0], wrong).outcome == Outcome::undecided);            // the constant grows
  CHECK(judged(rows[1], wrong).outcome == Outcome::violated);
  wrong = {};
  wrong.step_bound_exponent = 2;  // DeltaW <= K m^-2
  CHECK(judged(rows[4], wrong).outcome == Outcome::undecided);
}

TEST_CASE(
    "inside Condition 1 a width that the user sets is used, and no limit speaks of descent that diverges") {
  const auto judged = [](const char* statement, const char* clause, const char* reading, const char* m) {
    judge::Means means;
    means.inside = true;
    judge::Selection selection{{statement}, std::string(reading), std::string(clause), true};
    for (const judge::Row& row : judge::select(selection))
      if (row.claim->reading == reading)
        return judge::judge_row(row, configured({"d=10", (std::string("m=") + m).c_str()}), means, 0.05, 1,
                                false);
    FAIL("no such row");
    throw 0;
  };
  // Nothing turns at m = 1e1300: the deficit is that of the start.
  const Verdict wide = judged("lemma-4.5", "", "flow-time+generic", "1e1300");
  INFO(wide.basis);
  CHECK(wide.outcome == Outcome::undecided);
  CHECK(std::stod(wide.measured) == Approx(0.95).epsilon(0.02));
  for (const auto& [statement, clause, reading] :
       std::vector<std::array<const char*, 3>>{{"lemma-4.6", "1", "non-degenerate"},
                                               {"lemma-4.6", "1", "non-degenerate+population"},
                                               {"lemma-4.5", "", "flow-time+generic"},
                                               {"theorem-4.2", "", "literal"},
                                               {"lemma-4.3", "1a", "typical"},
                                               {"lemma-4.3", "1b", "typical"},
                                               {"lemma-4.3", "2b", "literal"}}) {
    const Verdict v = judged(statement, clause, reading, "1e2300");
    INFO(statement << " " << clause << " " << reading << ": " << v.basis);
    CHECK(v.outcome == Outcome::undecided);
    CHECK(v.basis.find("descent diverges") != std::string::npos);
  }
}

TEST_CASE("the border of Lemma 4.6 on the population is |theta*| = 1, exactly") {
  for (const auto& [theta, holds] : std::vector<std::pair<Exact, bool>>{{Exact(1, 2), true},
                                                                        {Exact(98, 100), true},
                                                                        {1, true},
                                                                        {Exact(1001, 1000), false},
                                                                        {Exact(17, 16), false}}) {
    const ConvergenceLaw law = convergence_law(theta, 1, {});
    INFO(numeric::to_string(theta) << ": " << law.text);
    CHECK(law.holds == holds);
    // The closed form far out has the law's exponent, up to the logarithm.
    Ladder far = convergence_ladder(squaring_rungs(Exact(1) / pow(numeric::BigInt(10), 40), 5), least_width,
                                    1, theta, {});
    judge_ladder(far);
    const double exponent = 1 - static_cast<double>(law.exponent);  // of the constant, in 1/eta
    CHECK(far.exponent == Approx(exponent).margin(0.01));
  }
  // A value computed independently: |theta*| = 1.02 at eta = 1e-640 needs K = 3.5e22.
  const Ladder one =
      convergence_ladder({Exact(1) / pow(numeric::BigInt(10), 640)}, least_width, 1, Exact(102, 100), {});
  CHECK(numeric::log10(one.rungs[0].constant).mid_double() == Approx(std::log10(3.5e22)).margin(0.02));
}
