// Condition 1 as JSON: numbers are strings with as many digits as are certain, null where there is none.
#include <nlohmann/json.hpp>

#include "escapement/cli/conditions_command.h"
#include "escapement/numeric/ball_functions.h"

namespace escapement::cli {

using json = nlohmann::ordered_json;
using numeric::Ball;
using numeric::decimal;
using numeric::Exact;
using numeric::Truth;

namespace {

json or_null(const std::string& text) { return text.empty() ? json() : json(text); }

json number(const std::optional<Ball>& x, int digits) { return or_null(x ? decimal(*x, digits) : ""); }

json exact(const std::optional<Exact>& x) { return x ? json(numeric::to_string(*x)) : json(); }

json root_of(const std::optional<Exact>& squared, int digits) {
  if (!squared) return {};
  return number(numeric::refined([&] { return sqrt(Ball::from(*squared)); }, digits * 10L / 3 + 32), digits);
}

json truth(Truth holds) { return holds == Truth::unknown ? json() : json(holds == Truth::yes); }

json margin(const theory::Assumption& a, int digits) {
  if (a.margin || a.holds == Truth::unknown) return number(a.margin, digits);
  return a.holds == Truth::yes ? "inf" : "-inf";
}

json parameters(const theory::Condition& c, int digits) {
  const theory::ConditionPoint& p = c.point;
  json all;
  all["d"] = p.d.str();
  all["sigma"] = numeric::to_string(p.sigma);
  all["eta"] = exact(p.eta);
  all["m"] = p.m ? json(p.m->str()) : json();
  all["n"] = p.inputs == theory::Inputs::fresh        ? json("fresh")
             : p.inputs == theory::Inputs::population ? json("population")
             : p.n                                    ? json(p.n->str())
                                                      : json();
  all["theta_norm"] = root_of(p.theta_squared, digits);
  all["max_input"] = root_of(p.max_input_squared, digits);
  all["C_data"] = c.inputs.c_data ? exact(c.inputs.c_data) : root_of(c.c_data_squared, digits);
  all["K"] = numeric::to_string(c.inputs.K);
  all["c"] = numeric::to_string(c.inputs.c);
  all["omega"] = numeric::to_string(c.inputs.omega);
  all["footnote"] = to_string(c.inputs.footnote);
  return all;
}

}  // namespace

std::string conditions_json(const ConditionsQuestion& question, const theory::Condition& c, int digits) {
  json root;
  for (const theory::Quantity* q : c.quantities()) {
    root[q->name] = q->integer ? json(q->integer->str()) : or_null(decimal(*q, digits));
    root["log10_" + q->name] = number(q->log10, digits);
  }
  for (const theory::Quantity* q : c.quantities())
    if (!q->absent.empty()) root["absent"][q->name] = q->absent;
  root["parameters"] = parameters(c, digits);
  root["terms"] = json::array();
  for (std::size_t i = 0; i < c.terms.size(); ++i)
    root["terms"].push_back({{"formula", c.terms[i].formula},
                             {"ln", number(c.terms[i].log, digits)},
                             {"decides", c.deciding == i}});
  root["assumptions"] = json::array();
  for (const theory::Assumption& a : c.assumptions)
    root["assumptions"].push_back(
        {{"name", a.name}, {"holds", truth(a.holds)}, {"margin", margin(a, digits)}, {"detail", a.detail}});
  root["assumed"] = json::array();
  for (const auto* list : {&question.assumed, &c.assumed})
    for (const theory::Assumed& a : *list)
      root["assumed"].push_back({{"key", a.key}, {"value", a.value}, {"why", a.why}});
  root["data"] = question.data.empty() ? json() : json(question.data);
  root["outside_probability"] = number(c.outside_probability, 15);
  root["log10_expected_outside"] = number(c.log10_expected_outside, 8);
  return root.dump(1, ' ', false, json::error_handler_t::replace);
}

}  // namespace escapement::cli
