// Margins: by hand, against the engine, in all scalars; what is proved to hold has no violation, what is proved to fail has.
#include <catch2/catch.hpp>

#include "escapement/hunt/confirm.h"
#include "escapement/hunt/dice.h"
#include "escapement/hunt/engine_opinion.h"
#include "escapement/hunt/hypotheses.h"
#include "escapement/hunt/start_law.h"
#include "escapement/numeric/precision.h"

#include "hunt/support.h"

using namespace escapement::hunt;
using escapement::numeric::WorkingPrecision;

namespace {

Case descent_case() {
  Case c = small_case();
  c.eta = Exact(1, 64);
  c.steps = 20;
  c.samples.clear();
  c.noise.clear();
  c.algorithm = "gradient-descent";
  c.sigma = 0;
  return c;
}

}  // namespace

TEST_CASE("the walk and the engine end in the same place") {
  Case noisy = small_case();
  noisy.algorithm = "label-noise-sgd";
  noisy.steps = 4;
  noisy.eta = Exact(1, 16);
  noisy.samples = {0, 1, 1, 0};
  noisy.noise = {1, -1, 1, 1};
  CHECK(engine_opinion(noisy) == "agrees");
  CHECK(engine_opinion(descent_case()) == "agrees");
}

TEST_CASE("equal rows counted and equal rows held are the same network") {
  Case held = descent_case(), counted = held;
  held.rows.push_back(held.rows[1]);
  held.rows.push_back(held.rows[1]);
  held.inputs.push_back(held.inputs[0]);
  counted.row_copies = {1, 3};
  counted.input_copies = {2, 1};
  const WorkingPrecision precision(256);
  Walk<Ball> one(held), other(counted);
  for (int t = 0; t < 20; ++t) {
    one.step();
    other.step();
  }
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 3; ++j) CHECK(one.rows()[i][j].overlaps(other.rows()[i][j]));
  CHECK(counted.width() == 4);
  CHECK(counted.sample_size() == 3);
}

TEST_CASE("the oscillation identity: proved wrong as printed, right with the step size") {
  Case c = small_case();
  const Target &printed = find_target("oscillation-identity", "", "literal"),
               &repaired = find_target("oscillation-identity", "", "with-step-size");
  REQUIRE(admit(printed, {}, c));
  Case other = c;
  REQUIRE(confirm(printed, c).rung == Rung::certified);
  // left = L, right = eta^2 L: (1 - 1/4)/(1 + 1/4)
  CHECK(read_ball(printed, c, 128).margin->contains(Exact(3, 5)));
  REQUIRE(admit(repaired, {}, other));
  CHECK(confirm(repaired, other).rung == Rung::none);
  CHECK(read_ball(repaired, other, 128).margin->contains_zero());
}

TEST_CASE("inputs that span the space, exactly; missing axes are added") {
  Case c = small_case();
  CHECK(spanning(c).holds == Truth::yes);
  c.inputs = {{1, Exact(1, 3)}, {3, 1}};  // parallel, which doubles do not see
  CHECK(spanning(c).holds == Truth::no);
  CHECK(spanning(c).margin->contains(Exact(-1)));
  c.input_copies = {2, 5};
  make_spanning(c);
  CHECK(spanning(c).holds == Truth::yes);
  REQUIRE(c.inputs.size() == 3);
  CHECK(c.inputs[2] == std::vector<Exact>{0, 1});
  CHECK(c.input_copies.size() == 3);
  c.inputs = {{0, 0}, {0, 2}, {0, 0}};
  c.input_copies.clear();
  make_spanning(c);
  CHECK(c.inputs.back() == std::vector<Exact>{1, 0});
}

TEST_CASE("norms within a range: the case is scaled into it, or is not admitted") {
  const Target& target = find_target("oscillation-identity", "", "literal");
  Domain domain;
  domain.ranges["theta_norm"] = {0, 1};
  Case c = small_case();
  c.theta_star = {3, 4};
  REQUIRE(admit(target, domain, c));
  CHECK(c.theta_star == std::vector<Exact>{Exact(3, 8), Exact(1, 2)});  // 5, halved until at most 1
  domain.ranges["x_norm"] = {1, 1};
  CHECK_FALSE(admit(target, domain, c));  // (1, 2) is as long as no rational
  c.inputs = {{0, -7}, {Exact(1, 9), 0}};
  REQUIRE(admit(target, domain, c));
  CHECK(c.inputs == std::vector<std::vector<Exact>>{{0, -1}, {1, 0}});
}

TEST_CASE("Lemma 4.3's shares, by hand") {
  // d = n = m = 1, x = 1, theta* = 0, w = 1/2, a = 1, sigma = 1: p^2 = 1/4 < a^2, so DeltaW > 0 in both cases.
  Case c;
  c.eta = Exact(1, 4);
  c.sigma = 1;
  c.theta_star = {0};
  c.inputs = {{1}};
  c.rows = {{Exact(1, 2), 1}};
  const Target& sign = find_target("lemma-4.3", "1a", "literal");
  const Target& size = find_target("lemma-4.3", "1b", "literal");
  const Target& bound = find_target("lemma-4.3", "2b", "literal");
  REQUIRE(admit(sign, {}, c));
  CHECK(read_ball(sign, c, 128).left.contains(Exact(1)));
  CHECK(read_ball(size, c, 128).right.contains(Exact(0)));
  // g = 1/2 -+ 1, DeltaW = g^2 3/4: at most 27/16
  CHECK(read_ball(bound, c, 128).left.contains(Exact(27, 16)));
  // Both w and a in +-1/8 of these: |w| <= 5/8 < 7/8 <= |a|, still positive; in +-1/2 it is not certain.
  c.box = Exact(1, 8);
  CHECK(read_ball(sign, c, 128).left.contains(Exact(1)));
  CHECK(read_ball(sign, c, 128).left.is_exact());
  c.box = Exact(1, 2);
  CHECK_FALSE(read_ball(sign, c, 128).left.is_exact());
}

TEST_CASE("the probability of a box of starts is a product of normal ones") {
  Case c;
  c.theta_star = {1};
  c.inputs = {{1}};
  c.rows = {{0, 0}};
  c.box = 1;
  const WorkingPrecision precision(128);
  const Ball one = box_probability(c);  // P(|N(0,1)| <= 1)^2
  CHECK(one.mid_double() == Approx(0.46606494).epsilon(1e-7));
  c.row_copies = {2};  // a ~ N(0, 1/2): P(|N(0,1)| <= 1)^2 P(|N(0,1)| <= sqrt 2)^2
  CHECK(box_probability(c).mid_double() == Approx(0.33097351).epsilon(1e-6));
}

TEST_CASE("Lemma 4.5: a neuron in the decaying mode fails, and its hypotheses are checked exactly") {
  Case c;
  c.eta = power_of_two(-40);
  c.theta_star = {32, 0};
  c.inputs = {{1, 1}, {1, -1}};
  c.rows = {{c.eta, c.eta, Exact(-c.eta)}};
  const Target& target = find_target("lemma-4.5", "", "literal");
  Domain domain;
  domain.constant = 100;
  REQUIRE(admit(target, domain, c));
  CHECK(c.steps == 1);  // ln(2^40)/32 < 1
  CHECK(confirm(target, c).rung == Rung::certified);
  CHECK(target.degenerate(c).empty());
  c.rows[0][0] = 1;  // outside Phase II
  CHECK(phase_two(c).holds == Truth::no);
  CHECK_FALSE(meets_hypotheses(target, c));
  REQUIRE(admit(target, domain, c));  // moved back in
  CHECK(phase_two(c).holds == Truth::yes);
}

TEST_CASE("Lemma 4.6: aligned neurons stay aligned where C = I, and theta* of the order of one is reached") {
  Case c;
  c.eta = Exact(1, 64);
  c.theta_star = {1, 1};
  c.inputs = {{1, 1}, {1, -1}};
  c.rows = {{Exact(1, 16), Exact(1, 16), Exact(1, 16)}};
  Domain domain;
  domain.constant = 100;
  for (const char* clause : {"1", "2"}) {
    const Target& target = find_target("lemma-4.6", clause, "non-degenerate+population");
    Case here = c;
    REQUIRE(admit(target, domain, here));
    CHECK(confirm(target, here).rung == Rung::none);
    CHECK(read_ball(target, here, 512).violated == Truth::no);
  }
}

TEST_CASE("Lemma 4.4: theta* large keeps the norm up, theta* small lets it fall") {
  const Target& target = find_target("lemma-4.4", "", "literal");
  Case c;
  c.eta = Exact(1, 4);
  c.theta_star = {8};
  c.inputs = {{1}};
  REQUIRE(admit(target, {}, c));
  CHECK(c.steps == 16);
  CHECK(confirm(target, c).rung == Rung::certified);
  c.theta_star = {Exact(1, 4)};
  REQUIRE(admit(target, {}, c));
  CHECK(read_ball(target, c, 256).violated == Truth::no);
}

TEST_CASE("identities of double precision do not count rounding as a find") {
  const Target& target = find_target("norm-identity", "", "literal");
  Case c = small_case();
  c.steps = 40;
  c.eta = Exact(1, 1000);
  REQUIRE(admit(target, {}, c));
  CHECK(read_double(target, c).violated == Truth::no);
  CHECK(confirm(target, c).rung == Rung::none);
}
