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

TEST_CASE("a constant that grows as a power is a violation, with its exponent") {
  const auto power = GENERATE(Exact(1, 4), Exact(1), Exact(5, 2));
  Ladder ladder = ladder_of(5, [&](const Ball& m) { return numeric::pow(m, Exact(power - 1)); });
  CHECK(judge_ladder(ladder) == Outcome::violated);
  CHECK(ladder.exponent == Approx(static_cast<double>(power)).epsilon(1e-9));
  CHECK(ladder.exponent_low <= ladder.exponent);
  CHECK(ladder.exponent <= ladder.exponent_high);
  CHECK(ladder.confidence == kLadderConfidence);
}

TEST_CASE("a constant that grows with some scatter is described with its exponent and interval") {
  Ladder ladder = ladder_of(5, [](const Ball& m) { return numeric::log(m) / sqrt(m); });
  CHECK(judge_ladder(ladder) == Outcome::violated);
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

TEST_CASE("a constant that falls as a power holds") {
  Ladder ladder = ladder_of(5, [](const Ball& m) { return numeric::pow(m, Exact(-3, 2)); });
  CHECK(judge_ladder(ladder) == Outcome::holds);
  CHECK(ladder.exponent == Approx(-0.5).epsilon(1e-9));
  CHECK(ladder.exponent_high < 0);
}

TEST_CASE("a bounded constant with scatter, and one that is flat, say nothing of the limit") {
  Ladder scattered = ladder_of(5, [](const Ball& m) {
    const bool odd = std::lround(std::log2(m.mid_double())) % 2 != 0;
    return (odd ? Ball(5) : Ball(4)) / m;
  });
  CHECK(judge_ladder(scattered) == Outcome::undecided);
  CHECK(scattered.exponent_low < 0);
  CHECK(scattered.exponent_high > 0);

  // Exactly flat: what the line sees is rounding, of either sign. Neither growth nor fall.
  for (int c = 1; c <= 300; ++c) {
    Ladder flat = ladder_of(5, [&](const Ball& m) { return Ball(c) / (Ball(7) * m); });
    for (Rung& rung : flat.rungs) rung.limit = rung.limit * Ball(c + 2) / Ball(3);
    CHECK(judge_ladder(flat) == Outcome::undecided);
    CHECK(std::fabs(flat.exponent) < 1e-9);
  }
}

TEST_CASE("faster than any power: every rung falls, though the line fits badly") {
  Ladder ladder = ladder_of(4, [](const Ball& m) { return numeric::exp(-(m * m)) / m; });
  CHECK(judge_ladder(ladder) == Outcome::holds);
  CHECK(ladder.exponent < -10);
  // With a wide interval that covers zero the monotone fall decides.
  Ladder three = ladder_of(3, [](const Ball& m) { return numeric::exp(-(m * m)) / m; });
  CHECK(judge_ladder(three) == Outcome::holds);
  CHECK(three.exponent_high > 0);
}

TEST_CASE("constants of zero hold; one zero among others does not decide") {
  Ladder zero = ladder_of(3, [](const Ball&) { return Ball(0); });
  CHECK(judge_ladder(zero) == Outcome::holds);
  Ladder one = ladder_of(1, [](const Ball&) { return Ball(0); });
  CHECK(judge_ladder(one) == Outcome::holds);
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
  CHECK(judge_ladder(ladder) == Outcome::violated);
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
