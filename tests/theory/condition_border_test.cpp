// Condition 1 at its borders: equality, unbounded inputs, what is unknown, assumed or read off an instance; regimes.
#include "escapement/config/load.h"
#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"

#include "theory/condition_support.h"

using namespace escapement::theory;
using namespace escapement::test;
using escapement::numeric::decimal;
using escapement::numeric::WorkingPrecision;
namespace numeric = escapement::numeric;

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
