// Condition 1 against values that mpmath computed from the formulas (tests/oracles/condition_mpmath.py), and T1.
#include <fstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"

#include "theory/condition_support.h"

using namespace escapement::theory;
using namespace escapement::test;
using escapement::numeric::decimal;
using escapement::numeric::parse_exact;
using escapement::numeric::WorkingPrecision;
namespace numeric = escapement::numeric;
using nlohmann::json;

namespace {

json recorded() {
  std::ifstream in(std::string(ESCAPEMENT_TEST_DATA) + "/../oracles/recorded/condition.json");
  REQUIRE(in);
  return json::parse(in);
}

ConditionPoint point_of(const json& p) {
  ConditionPoint point;
  const auto text = [&](const char* key) { return p.at(key).get<std::string>(); };
  point.d = BigInt(text("d"));
  point.sigma = exact(text("sigma"));
  point.max_input_squared = exact(text("c_data_squared"));
  if (p.contains("eta")) point.eta = exact(text("eta"));
  if (p.contains("m")) point.m = BigInt(text("m"));
  if (p.contains("n")) point.n = BigInt(text("n"));
  if (p.contains("theta")) point.theta_squared = exact(text("theta")) * exact(text("theta"));
  return point;
}

ConditionInputs inputs_of(const json& p) {
  ConditionInputs inputs;
  inputs.K = exact(p.at("K"));
  inputs.c = exact(p.at("c"));
  inputs.omega = exact(p.at("omega"));
  inputs.footnote = p.at("footnote") == "plus" ? Footnote::plus : Footnote::minus;
  return inputs;
}

// To a relative error below 10^-50 of a recorded number of 60 digits.
void require_close(const std::optional<Ball>& found, const json& expected) {
  REQUIRE(found.has_value() == !expected.is_null());
  if (!found) return;
  const WorkingPrecision precision(320);
  Ball known;
  REQUIRE(arb_set_str(known.raw(), expected.get<std::string>().c_str(), 320) == 0);
  if (arb_is_zero(known.raw())) {
    REQUIRE(arb_is_zero(found->raw()));
    return;
  }
  const Ball error = abs(*found / known - Ball(1));
  INFO(decimal(*found, 40) << " against " << expected);
  REQUIRE(less(error, numeric::power(Ball(10), -50)) == Truth::yes);
}

}  // namespace

TEST_CASE("quantities, deciding terms and margins agree with mpmath") {
  const json cases = recorded();
  REQUIRE(cases.size() >= 20);
  for (const json& expected : cases) {
    const json& p = expected.at("parameters");
    INFO(p.dump());
    const Condition c = evaluate_condition(point_of(p), inputs_of(p));
    REQUIRE(c.deciding == expected.at("decides").get<std::size_t>());
    for (const Quantity* q : c.quantities()) {
      INFO(q->name);
      require_close(q->value, expected.at("values").at(q->name));
      require_close(q->log10, expected.at("log10").at(q->name));
    }
    REQUIRE(c.m_min.integer);
    REQUIRE(c.n_min.integer);
    REQUIRE(c.m_min.integer->str() == expected.at("integers").at("m_min"));
    REQUIRE(c.n_min.integer->str() == expected.at("integers").at("n_min"));
    for (const auto& [name, margin] : expected.at("margins").items()) {
      INFO(name);
      const Assumption& a = find(c, name);
      REQUIRE(a.margin.has_value() == !margin.is_null());
      if (!a.margin) {
        REQUIRE(a.holds == Truth::yes);
        continue;
      }
      const WorkingPrecision precision(256);
      Ball known;
      REQUIRE(arb_set_str(known.raw(), margin.get<std::string>().c_str(), 256) == 0);
      if (arb_is_zero(known.raw()))
        REQUIRE(margin_is_zero(c, name.c_str()));
      else
        REQUIRE(less(abs(*a.margin / known - Ball(1)), numeric::power(Ball(10), -12)) == Truth::yes);
      REQUIRE(a.holds == (margin_is_zero(c, name.c_str()) ? Truth::yes : less(Ball(0), *a.margin)));
    }
  }
}

TEST_CASE("T1 by hand: m = 1000, eta = 1e-3, sigma = 4") {
  // sqrt(ln 1000) = 2.62826, sqrt(1000) = 31.6228: 384 * 2.62826 / 31.6228 = 31.91536; over 16e-6: 1994710.
  const WorkingPrecision precision(128);
  const std::optional<Ball> T1 = escape_time(1000, 4, Exact(1, 1000));
  REQUIRE(T1);
  REQUIRE(less(Ball(1994709), *T1) == Truth::yes);
  REQUIRE(less(*T1, Ball(1994710)) == Truth::yes);
  REQUIRE(decimal(*evaluate_condition(paper(), {}).T1.value, 4) == "1.995e6");
  REQUIRE_FALSE(escape_time(1000, 0, Exact(1, 1000)));
  REQUIRE(arb_is_zero(escape_time(1, 4, Exact(1, 1000))->raw()));
}

TEST_CASE("in slow time eta^2 sigma^2 T1 / 2, T1 depends on the width alone") {
  const WorkingPrecision precision(256);
  const auto slow = [](const Exact& sigma, const Exact& eta) {
    return *escape_time(12345, sigma, eta) * Ball::from(sigma * sigma * eta * eta / 2);
  };
  const Ball first = slow(4, Exact(1, 1000));
  for (const char* eta : {"1/7", "1e-700", "2^-9000"})
    for (const char* sigma : {"1/3", "4", "1e50"}) REQUIRE(first.overlaps(slow(exact(sigma), exact(eta))));
  REQUIRE(arb_rel_accuracy_bits(first.raw()) > 200);
}

TEST_CASE("eta_max is below 10^-700 for every d from 1 to 10^4, in both readings of the footnote") {
  ConditionPoint point;
  point.eta = Exact(1, 1000);  // keeps the sizes short; eta_max does not depend on it
  point.max_input_squared = parse_exact("1e-12");
  for (const Footnote footnote : {Footnote::minus, Footnote::plus}) {
    ConditionInputs inputs;
    inputs.footnote = footnote;
    for (int d = 1; d <= 10'000; ++d) {
      point.d = d;
      const Condition c = evaluate_condition(point, inputs, 40);
      REQUIRE(less(*c.eta_max.log10, Ball(-700)) == Truth::yes);
    }
    // and the first dimension is not far below: the claim is not empty
    point.d = 1;
    REQUIRE(less(Ball(-720), *evaluate_condition(point, inputs, 40).eta_max.log10) == Truth::yes);
  }
}
