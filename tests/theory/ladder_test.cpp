// What a ladder of constants is allowed to say: synthetic rungs of known growth.
#include "escapement/theory/ladder.h"

#include <cmath>
#include <functional>

#include <catch2/catch.hpp>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"

namespace numeric = escapement::numeric;
using namespace escapement::theory;
using numeric::BigInt;
using numeric::Exact;

namespace {

Ball ball(const Exact& x) { return Ball::from(x); }

// Rungs m = 2^4, ..., with the measured side `measured(m)` held against 1/m.
Ladder ladder_of(std::size_t rungs, const std::function<Ball(const Ball& m)>& measured) {
  Ladder ladder{"m", "m", "what a test says", {}};
  BigInt m = 16;
  for (std::size_t i = 0; i < rungs; ++i, m *= 2)
    add_rung(ladder, m.str(), ball(Exact(m)), Ball(1) / ball(Exact(m)), measured(ball(Exact(m))));
  return ladder;
}

}  // namespace

TEST_CASE("a rung's constant is measured over bound") {
  const Ladder ladder = ladder_of(1, [](const Ball& m) { return Ball(3) / m; });
  REQUIRE(ladder.rungs.size() == 1);
  CHECK(ladder.rungs[0].at == "16");
  CHECK(ladder.rungs[0].constant.contains(Exact(3)));
  CHECK(ladder.rungs[0].limit.contains(Exact(16)));
}

TEST_CASE("growth on a ladder is undecided, with its exponent: a few rungs have no limit") {
  const auto power = GENERATE(Exact(1, 4), Exact(1), Exact(5, 2));
  Ladder ladder = ladder_of(5, [&](const Ball& m) { return numeric::pow(m, Exact(power - 1)); });
  CHECK(judge_ladder(ladder) == Outcome::undecided);
  CHECK(ladder.exponent == Approx(static_cast<double>(power)).epsilon(1e-9));
  CHECK(ladder.exponent_low <= ladder.exponent);
  CHECK(ladder.exponent <= ladder.exponent_high);
  CHECK(ladder.confidence == kLadderConfidence);
}

TEST_CASE("a constant that grows with some scatter is described with its exponent and interval") {
  Ladder ladder = ladder_of(5, [](const Ball& m) { return numeric::log(m) / sqrt(m); });
  CHECK(judge_ladder(ladder) == Outcome::undecided);
  CHECK(ladder.exponent_low > 0);
  CHECK(ladder.exponent_low < ladder.exponent);
  const std::string text = describe(ladder);
  CHECK(text.find("m to the power 0.") != std::string::npos);
  CHECK(text.find("at 95% over 5 rungs") != std::string::npos);
}

TEST_CASE("a constant that grows at first and has turned is not refuted") {
  // As the 90% quantile of a quantity that saturates at 1: the line still rises, the last rung does not.
  const std::vector<Exact> constants{Exact(1, 2), Exact(1), Exact(3, 2), Exact(2), Exact(199, 100)};
  std::size_t next = 0;
  Ladder ladder = ladder_of(5, [&](const Ball& m) { return ball(constants[next++]) / m; });
  CHECK(judge_ladder(ladder) == Outcome::undecided);
  CHECK(ladder.exponent_low > 0);
}

TEST_CASE("a constant that falls as a power is supported") {
  Ladder ladder = ladder_of(5, [](const Ball& m) { return numeric::pow(m, Exact(-3, 2)); });
  CHECK(judge_ladder(ladder) == Outcome::supported);
  CHECK(ladder.exponent == Approx(-0.5).epsilon(1e-9));
  CHECK(ladder.exponent_high < 0);
}

TEST_CASE("a bounded constant with scatter, and one that is flat, are supported") {
  Ladder scattered = ladder_of(5, [](const Ball& m) {
    const bool odd = std::lround(std::log2(m.mid_double())) % 2 != 0;
    return (odd ? Ball(5) : Ball(4)) / m;
  });
  CHECK(judge_ladder(scattered) == Outcome::supported);
  CHECK(scattered.exponent_low < 0);
  CHECK(scattered.exponent_high > 0);

  // Exactly flat: what the line sees is rounding, of either sign, which is no growth.
  for (int c = 1; c <= 300; ++c) {
    Ladder flat = ladder_of(5, [&](const Ball& m) { return Ball(c) / (Ball(7) * m); });
    for (Rung& rung : flat.rungs) rung.limit = rung.limit * Ball(c + 2) / Ball(3);
    CHECK(judge_ladder(flat) == Outcome::supported);
    CHECK(std::fabs(flat.exponent) < 1e-9);
  }
}

TEST_CASE("a constant that peaks at the last rung is undecided, however badly a line fits") {
  // As theta_norm = 1/4, d = 3 of Lemma 4.5 near its peak, cut off before the fall: the interval covers zero.
  const std::vector<Exact> constants{Exact(2), Exact(1), Exact(1), Exact(1), Exact(5, 2)};
  std::size_t next = 0;
  Ladder cut = ladder_of(5, [&](const Ball& m) { return ball(constants[next++]) / m; });
  CHECK(judge_ladder(cut) == Outcome::undecided);
  CHECK(cut.exponent_low < 0);
}

TEST_CASE("a flat constant beyond 10^6 is no support: O(.) does not mean it") {
  for (const auto& [constant, outcome] :
       {std::pair{999'999, Outcome::supported}, std::pair{1'000'001, Outcome::undecided}}) {
    Ladder flat = ladder_of(4, [&](const Ball& m) { return Ball(constant) / m; });
    CHECK(judge_ladder(flat) == outcome);
  }
}

TEST_CASE("faster than any power: every rung falls, though the line fits badly") {
  Ladder ladder = ladder_of(4, [](const Ball& m) { return numeric::exp(-(m * m)) / m; });
  CHECK(judge_ladder(ladder) == Outcome::supported);
  CHECK(ladder.exponent < -10);
}

TEST_CASE("support names the largest constant, rounded up, and the range of every key") {
  Ladder ladder = ladder_of(3, [](const Ball& m) { return Ball(1) / (Ball(3) * m); });
  Finding finding;
  conclude(finding, ladder, {{"d", "3", "3"}});
  REQUIRE(finding.outcome == Outcome::supported);
  REQUIRE(finding.support);
  CHECK(*numeric::parse_exact(finding.support->constant) >= Exact(1, 3));
  CHECK(*numeric::parse_exact(finding.support->constant) <= Exact(334, 1000));
  REQUIRE(finding.support->range.size() == 2);
  CHECK(finding.support->range[0].key == "m");
  CHECK(finding.support->range[0].low == "16");
  CHECK(finding.support->range[0].high == "64");
  Finding growing;
  conclude(growing, ladder_of(4, [](const Ball& m) { return m; }), {});
  CHECK(growing.outcome == Outcome::undecided);
  CHECK_FALSE(growing.support);
  CHECK(growing.ladder);
}

TEST_CASE("an upper decimal is at least the number") {
  const numeric::WorkingPrecision precision(200);
  for (int k = 1; k <= 300; ++k) {
    const Exact x = Exact(k * k + 1, 7 * k);
    const Exact shown = *numeric::parse_exact(upper_text(ball(x)));
    CHECK(shown >= x);
    CHECK(shown <= x * Exact(1002, 1000));
  }
  CHECK(upper_text(Ball(0)) == "0");
  CHECK(upper_text(Ball(1) / Ball(0)) == "unbounded");
  CHECK(*numeric::parse_exact(upper_text(numeric::exp10(Ball(-4000)))) > 0);
}

TEST_CASE("constants of zero are supported; one zero among others does not decide") {
  Ladder zero = ladder_of(3, [](const Ball&) { return Ball(0); });
  CHECK(judge_ladder(zero) == Outcome::supported);
  Ladder one = ladder_of(1, [](const Ball&) { return Ball(0); });
  CHECK(judge_ladder(one) == Outcome::supported);
  Ladder mixed = ladder_of(5, [](const Ball& m) { return m.contains(Exact(16)) ? Ball(0) : m; });
  CHECK(judge_ladder(mixed) == Outcome::undecided);
}

TEST_CASE("an enclosure that touches zero is no zero and no number") {
  Ladder ladder = ladder_of(5, [](const Ball& m) {
    Ball x = m;
    arb_add_error(x.raw(), (m + Ball(1)).raw());
    return x;
  });
  CHECK(judge_ladder(ladder) == Outcome::undecided);
  Ladder unbounded = ladder_of(5, [](const Ball&) { return Ball(1) / Ball(0); });
  CHECK(judge_ladder(unbounded) == Outcome::undecided);
}

TEST_CASE("fewer than three rungs are no ladder") {
  for (const std::size_t rungs : {0u, 1u, 2u}) {
    Ladder ladder = ladder_of(rungs, [](const Ball& m) { return m * m; });
    CHECK(judge_ladder(ladder) == Outcome::undecided);
  }
  CHECK(describe(Ladder{}) == "No rung of the ladder could be computed.");
}

TEST_CASE("limits beyond doubles are fitted in logarithms") {
  Ladder ladder{"m", "m", "", {}};
  for (int i = 0; i < 5; ++i) {
    const Ball m = numeric::power(Ball(10), 400 + 10 * i);
    add_rung(ladder, "", m, Ball(1) / m, Ball(1) / sqrt(m));
  }
  CHECK(judge_ladder(ladder) == Outcome::undecided);
  CHECK(ladder.exponent == Approx(0.5).epsilon(1e-9));
}

TEST_CASE("rungs of eta, and the least width") {
  const std::vector<Exact> rungs = falling_rungs(Exact(1, 3), 4);
  CHECK(rungs == std::vector<Exact>{Exact(1, 3), Exact(1, 12), Exact(1, 48), Exact(1, 192)});
  CHECK(falling_rungs(Exact(1), 1).size() == 1);
  // The least m with m^2 eta >= 1, by that definition.
  for (const Exact& eta : {Exact(1), Exact(2), Exact(1, 2), Exact(1, 4), Exact(1, 1000), Exact(1, 1000000),
                           Exact(1, 1000001), Exact(7, 3000000)}) {
    const BigInt m = least_width(eta);
    CHECK(Exact(m * m) * eta >= 1);
    CHECK(Exact((m - 1) * (m - 1)) * eta < 1);
  }
}

TEST_CASE("texts of enclosures never show digits that are not known") {
  CHECK(text_of(Ball(0)) == "0");
  CHECK(text_of(Ball(1) / Ball(0)) == "unbounded");
  CHECK(text_of(Ball::from(Exact(1, 4))) == "0.25");
  Ball wide(1);
  arb_add_error(wide.raw(), Ball(3).raw());
  CHECK(text_of(wide).find("+/-") != std::string::npos);
  CHECK(outcome_of(Truth::yes) == Outcome::holds);
  CHECK(outcome_of(Truth::no) == Outcome::violated);
  CHECK(outcome_of(Truth::unknown) == Outcome::undecided);
}
