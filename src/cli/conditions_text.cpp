// Condition 1 as tables for the terminal.
#include <fmt/format.h>

#include "escapement/cli/conditions_command.h"
#include "escapement/numeric/ball_functions.h"
#include "escapement/report/table.h"

namespace escapement::cli {

using numeric::Ball;
using numeric::decimal;
using numeric::Exact;
using numeric::Truth;

namespace {

constexpr std::size_t kRowDigits = 40;  // longer integers are printed below the table
constexpr int kLogDigits = 10;

std::string answer(Truth holds) {
  return holds == Truth::unknown ? "unknown" : (holds == Truth::yes ? "holds" : "fails");
}

std::string margin(const theory::Assumption& a) {
  if (a.margin) return decimal(*a.margin, 6);
  return a.holds == Truth::unknown ? "" : (a.holds == Truth::yes ? "inf" : "-inf");
}

std::string value_cell(const theory::Quantity& q, int digits) {
  if (!q.value) return q.absent;
  if (!q.integer) return decimal(q, digits);
  const std::string full = q.integer->str();
  return full.size() <= kRowDigits ? full
                                   : fmt::format("{} ({} digits, below)", decimal(q, digits), full.size());
}

std::string point_lines(const ConditionsQuestion& question, const theory::Condition& c) {
  const theory::ConditionPoint& p = c.point;
  std::string line =
      fmt::format("d = {}, sigma = {}", numeric::to_string(Exact(p.d)), numeric::to_string(p.sigma));
  if (p.eta) line += ", eta = " + numeric::to_string(*p.eta);
  if (p.m) line += ", m = " + numeric::to_string(Exact(*p.m));
  if (p.inputs == theory::Inputs::fresh) line += ", n = fresh";
  if (p.inputs == theory::Inputs::population) line += ", n = population";
  if (p.n) line += ", n = " + numeric::to_string(Exact(*p.n));
  if (p.theta_squared)
    line += ", |theta*| = " +
            decimal(numeric::refined([&] { return sqrt(Ball::from(*p.theta_squared)); }, 60), 10);
  if (c.inputs.c_data) line += ", C_data = " + numeric::to_string(*c.inputs.c_data);
  std::string text = "Condition 1 at " + line + "\n";
  if (!question.data.empty()) {
    text += "Data set: " + question.data;
    if (p.max_input_squared)
      text += ", max |x_k| = " +
              decimal(numeric::refined([&] { return sqrt(Ball::from(*p.max_input_squared)); }, 60), 10);
    text += "\n";
  }
  return text;
}

// The paper's own data law against A3 and A5, where that is a find.
std::string data_law(const theory::Condition& c) {
  if (!c.log10_expected_outside || less(Ball(1), *c.log10_expected_outside) != Truth::yes) return "";
  const std::string count = decimal(*c.log10_expected_outside, 8);
  return fmt::format(
      "\nOf {} inputs x ~ N(0, I), 10^{} are expected outside C_data: such a data set meets A5 with "
      "probability at "
      "most exp(-10^{}).\n",
      c.point.n ? "n" : "n_min", count, count);
}

}  // namespace

std::string conditions_text(const ConditionsQuestion& question, const theory::Condition& c, int digits) {
  std::string text = point_lines(question, c) + "\n";
  report::Table quantities({"quantity", "value", "as a power of ten", "from"});
  quantities.align(1, report::Align::left);
  quantities.align(2, report::Align::left);
  for (const theory::Quantity* q : c.quantities())
    quantities.add_row(
        {q->name, value_cell(*q, digits), q->log10 ? "10^" + decimal(*q->log10, kLogDigits) : "", q->origin});
  text += quantities.text() + "\n";
  report::Table terms({"C >=", "", ""});
  for (std::size_t i = 0; i < c.terms.size(); ++i) {
    std::string power = "not known without C_data";
    if (c.terms[i].log)
      power = "10^" + decimal(numeric::refined([&] { return *c.terms[i].log / numeric::log(Ball(10)); }, 60,
                                               1L << 12),
                              kLogDigits);
    terms.add_row({c.terms[i].formula, power, c.deciding == i ? "decides" : ""});
  }
  text += terms.text() + "\n";
  report::Table assumptions({"", "", "margin (log10)", ""});
  assumptions.align(3, report::Align::left);
  for (const theory::Assumption& a : c.assumptions)
    assumptions.add_row({a.name, answer(a.holds), margin(a), a.detail});
  text += assumptions.text() + "\n";
  report::Table assumed({"assumed", "", "why"});
  assumed.align(1, report::Align::left);
  for (const auto* list : {&question.assumed, &c.assumed})
    for (const theory::Assumed& a : *list) assumed.add_row({a.key, a.value, a.why});
  if (!assumed.empty()) text += assumed.text();
  text += data_law(c);
  for (const theory::Quantity* q : c.quantities()) {
    if (!q->integer) continue;
    const std::string full = q->integer->str();
    if (full.size() > kRowDigits) text += fmt::format("\n{} = {}\n", q->name, full);
  }
  return text;
}

}  // namespace escapement::cli
