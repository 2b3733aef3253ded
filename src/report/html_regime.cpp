#include <algorithm>

#include <fmt/format.h>

#include "escapement/report/ball_text.h"
#include "escapement/report/html_parts.h"
#include "escapement/report/html_verdict.h"
#include "escapement/report/markup.h"

namespace escapement::report {

using theory::Assumption;
using theory::Truth;

namespace {

// A margin is a power of ten: how much room there is, or how much is missing.
std::string margin_html(const Assumption& a) {
  if (!a.margin || !a.margin->is_finite())
    return a.holds == Truth::yes ? "nothing bounds it" : a.holds == Truth::no ? "out of reach" : "not known";
  const bool outside = arb_is_negative(a.margin->mid().raw()) != 0;
  return fmt::format("{} a factor 10<sup>{}</sup>", outside ? "short by" : "room of",
                     html_number(brief(abs(a.margin->mid()).mid_string(40), 4)));
}

std::string holds_html(const Assumption& a) {
  switch (a.holds) {
    case Truth::yes: return "✓ holds";
    case Truth::no: return "✗ fails";
    case Truth::unknown: break;
  }
  return "? unknown";
}

std::string names(const theory::Regime& regime, Truth holds) {
  std::string text;
  for (const Assumption& a : regime.assumptions)
    if (a.holds == holds && std::count(regime.needed.begin(), regime.needed.end(), a.name) > 0)
      text += (text.empty() ? "" : ", ") + a.name;
  return text;
}

std::string summary(const theory::Regime& regime) {
  if (regime.needed.empty()) return "Conditions: none is assumed";
  if (regime.inside == Truth::yes) return "Conditions: all that it assumes hold";
  std::string text = regime.inside == Truth::no ? "Conditions: outside" : "Conditions: not known";
  if (const std::string failing = names(regime, Truth::no); !failing.empty())
    text += "; " + html_text(failing) + " fail" + (failing.find(',') == std::string::npos ? "s" : "");
  if (const std::string open = names(regime, Truth::unknown); !open.empty())
    text += "; " + html_text(open) + " not known";
  return text;
}

}  // namespace

std::string regime_html(const theory::Regime& regime) {
  if (regime.assumptions.empty()) return "";
  std::vector<std::vector<std::string>> rows;
  for (const Assumption& a : regime.assumptions) {
    const bool needed = std::count(regime.needed.begin(), regime.needed.end(), a.name) > 0;
    rows.push_back(
        {html_text(a.name), needed ? "yes" : "no", holds_html(a), margin_html(a), html_text(a.detail)});
  }
  return details_html(summary(regime),
                      table_html({"", "assumed", "here", "margin", "both sides"}, rows, 99, "regime"));
}

}  // namespace escapement::report
