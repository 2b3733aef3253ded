// Condition 1 against values that mpmath computed from the formulas (tests/oracles/condition_mpmath.py), and at its
// borders.
#include "escapement/theory/condition.h"

#include <fstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "escapement/config/load.h"
#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"

using namespace escapement::theory;
using escapement::numeric::BigInt;
using escapement::numeric::decimal;
using escapement::numeric::parse_exact;
using escapement::numeric::WorkingPrecision;
namespace numeric = escapement::numeric;
using nlohmann::json;

namespace {

Exact exact(const std::string& text) {
  const std::optional<Exact> value = parse_exact(text);
  REQUIRE(value);
  return *value;
}

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

const Assumption& find(const Condition& c, const std::string& name) {
  for (const Assumption& a : c.assumptions)
    if (a.name == name) return a;
  FAIL("no " + name);
  throw 0;
}

Truth holds(const Condition& c, const char* name) { return find(c, name).holds; }
bool margin_is_zero(const Condition& c, const char* name) {
  const Assumption& a = find(c, name);
  return a.margin && arb_is_zero(a.margin->raw());
}

ConditionPoint paper() {
  ConditionPoint point;
  point.eta = Exact(1, 1000);
  point.m = 1000;
  point.n = 200;
  point.theta_squared = 1;
  point.max_input_squared = 40;
  return point;
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

TEST_CASE("equality holds: exactly at the border, and not one step beyond") {
  ConditionPoint point = paper();
  point.eta = Exact(1, 10000);
  point.m = 100;
  point.n = 100'000'000;
  Condition c = evaluate_condition(point, {});
  for (const char* name : {"A1", "A3", "A5"}) {
    INFO(name);
    REQUIRE(holds(c, name) == Truth::yes);
    REQUIRE(margin_is_zero(c, name));
  }
  point.m = 99;
  point.n = 99'999'999;
  c = evaluate_condition(point, {});
  REQUIRE(holds(c, "A1") == Truth::no);
  REQUIRE(holds(c, "A3") == Truth::no);

  point.m = 10'000;
  point.theta_squared = Exact(1, 100);
  REQUIRE(margin_is_zero(evaluate_condition(point, {}), "A4"));
  point.m = 10'001;
  REQUIRE(holds(evaluate_condition(point, {}), "A4") == Truth::no);

  // The least width of the largest step size: 777 digits, one less does not do.
  ConditionPoint free;
  free.max_input_squared = 40;
  const BigInt least = *evaluate_condition(free, {}).m_min.integer;
  free.m = least;
  REQUIRE(margin_is_zero(evaluate_condition(free, {}), "A1"));
  free.m = BigInt(least - 1);
  c = evaluate_condition(free, {});
  REQUIRE(holds(c, "A1") == Truth::no);
  REQUIRE(less(*find(c, "A1").margin, Ball(0)) == Truth::yes);
}

TEST_CASE("A5: both sides exact; unbounded inputs") {
  ConditionPoint point = paper();
  point.max_input_squared = Exact(25, 4);
  ConditionInputs inputs;
  inputs.c_data = Exact(5, 2);
  REQUIRE(margin_is_zero(evaluate_condition(point, inputs), "A5"));
  inputs.c_data = exact("2.4999999999999999999999999999999999999999999");
  REQUIRE(holds(evaluate_condition(point, inputs), "A5") == Truth::no);

  point.max_input_squared.reset();
  point.inputs = Inputs::fresh;
  Condition c = evaluate_condition(point, inputs);
  REQUIRE(holds(c, "A3") == Truth::yes);
  REQUIRE(holds(c, "A5") == Truth::unknown);
  // chi-squared with 2 degrees of freedom: P(|x|^2 > q) = e^(-q/2)
  point.d = 2;
  c = evaluate_condition(point, inputs);
  REQUIRE(c.outside_probability);
  const WorkingPrecision precision(128);
  REQUIRE(c.outside_probability->overlaps(exp(Ball::from(Exact(-25, 8)))));
  inputs.c_data.reset();
  c = evaluate_condition(point, inputs);
  REQUIRE(holds(c, "A5") == Truth::no);
  REQUIRE(holds(c, "A2") == Truth::no);  // whatever C_data is
  REQUIRE_FALSE(c.C.value);
  REQUIRE_FALSE(c.C.absent.empty());
  point.inputs = Inputs::population;
  inputs.c_data = 5;
  REQUIRE(holds(evaluate_condition(point, inputs), "A5") == Truth::no);
}

TEST_CASE("a Gaussian data set of the size that A3 asks for breaks A5, whatever C_data is") {
  for (const char* c_data : {"1e-6", "1", "6.3", "30", "400"})
    for (const int d : {1, 20, 1000}) {
      ConditionPoint point;
      point.d = d;
      ConditionInputs inputs;
      inputs.c_data = exact(c_data);
      const Condition c = evaluate_condition(point, inputs);
      INFO("C_data " << c_data << " d " << d);
      REQUIRE(c.log10_expected_outside);
      REQUIRE(less(Ball(1000), *c.log10_expected_outside) == Truth::yes);
    }
}

TEST_CASE("what nothing fixes stays unknown, and sizes beyond printing keep their logarithm") {
  ConditionPoint point;
  Condition c = evaluate_condition(point, {});  // neither data nor C_data
  for (const char* name : {"A1", "A2", "A3", "A4", "A5"}) REQUIRE(holds(c, name) == Truth::unknown);
  REQUIRE(holds(c, "A6") == Truth::yes);

  point.max_input_squared = 40;
  point.sigma = 10'000;
  ConditionInputs inputs;
  inputs.footnote = Footnote::plus;
  c = evaluate_condition(point, inputs);
  REQUIRE_FALSE(c.m_min.integer);
  // 48 ln C = 48 * 1e8 * 40 / 3 = 6.4e10
  const WorkingPrecision precision(128);
  REQUIRE(c.m_min.log10->overlaps(Ball::from(exact("6.4e10")) / numeric::log(Ball(10))));
  REQUIRE(decimal(*c.m_min.value, 5).find("e27794846") != std::string::npos);
  for (const char* name : {"A1", "A2", "A3", "A4"}) REQUIRE(margin_is_zero(c, name));
}

TEST_CASE("what is assumed is what was not given") {
  ConditionInputs inputs;
  const auto has = [](const Condition& c, const std::string& key) {
    for (const Assumed& a : c.assumed)
      if (a.key == key) return true;
    return false;
  };
  Condition c = evaluate_condition(paper(), inputs);
  for (const char* key : {"K", "c", "omega", "footnote", "C_data"}) REQUIRE(has(c, key));
  for (const char* key : {"eta", "m", "n", "theta_norm"}) REQUIRE_FALSE(has(c, key));
  inputs.given = {"K", "c", "omega", "footnote"};
  inputs.c_data = 7;
  REQUIRE(evaluate_condition(paper(), inputs).assumed.empty());
  ConditionPoint point;
  point.max_input_squared = 1;
  c = evaluate_condition(point, inputs);
  for (const char* key : {"eta", "m", "n", "theta_norm"}) REQUIRE(has(c, key));
}

TEST_CASE("an instance's point: its largest input, its sizes, the square loss") {
  escapement::config::Request request;
  request.preset = "two-phase";
  request.sets = {"m=10", "seed=3"};
  const auto instance = escapement::model::make_instance(escapement::config::load(request), 0);
  const ConditionPoint point = condition_point(instance);
  Exact largest = 0;
  for (std::size_t k = 0; k < instance.n; ++k) {
    Exact sum = 0;
    for (std::size_t j = 0; j < instance.d; ++j) {
      const Exact x(instance.generated_inputs[k * instance.d + j]);
      sum += x * x;
    }
    if (sum > largest) largest = sum;
  }
  REQUIRE(point.max_input_squared == largest);
  REQUIRE(point.eta == Exact(1, 1000));
  REQUIRE(point.m == BigInt(10));
  REQUIRE(point.n == BigInt(200));
  REQUIRE(point.theta_squared == Exact(1));
  request.sets = {"m=10", "n=fresh", "loss=square"};
  const ConditionPoint fresh =
      condition_point(escapement::model::make_instance(escapement::config::load(request), 0));
  REQUIRE(fresh.inputs == Inputs::fresh);
  REQUIRE_FALSE(fresh.max_input_squared);
  REQUIRE(fresh.eta == Exact(1, 500));
}

TEST_CASE("a regime is inside where all that is needed holds") {
  const auto assumption = [](const char* name, Truth t) { return Assumption{name, t, {}, ""}; };
  const std::vector<Assumption> all{assumption("A1", Truth::yes), assumption("A2", Truth::no),
                                    assumption("A3", Truth::unknown)};
  REQUIRE(regime_of(all, {}).inside == Truth::yes);
  REQUIRE(regime_of(all, {"A1"}).inside == Truth::yes);
  REQUIRE(regime_of(all, {"A1", "A3"}).inside == Truth::unknown);
  REQUIRE(regime_of(all, {"A1", "A2", "A3"}).inside == Truth::no);
  REQUIRE(regime_of(all, {"A3", "A2"}).inside == Truth::no);
}
