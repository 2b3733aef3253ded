#include "escapement/theory/ladder.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/check.h"
#include "escapement/stats/scaling_fit.h"

namespace escapement::theory {

using numeric::BigInt;
using numeric::Exact;

namespace {

constexpr int kLargestConstant = 1'000'000;  // that O(.) may be taken to mean
constexpr double kRounding = 1e-9;  // exponents below are what logarithms in doubles make of a flat constant

bool is_zero(const Ball& x) { return x.is_exact() && x.contains_zero(); }

// Zero as far as the arithmetic resolves, and far below any constant that matters.
bool is_negligible(const Ball& x) {
  constexpr int kFarBelowOne = 1000;
  return x.contains_zero() && less(x * Ball(kFarBelowOne), Ball(1)) == Truth::yes;
}

// True if the last value exceeds all before it by more than scatter: the end of the ladder is no sign of a bound.
bool peaks_at_the_end(const std::vector<double>& y) {
  const double kScatter = std::log(1.05);
  return y.back() > *std::max_element(y.begin(), y.end() - 1) + kScatter;
}

}  // namespace

void add_rung(Ladder& ladder, std::string at, const Ball& limit, const Ball& bound, const Ball& measured) {
  ladder.rungs.push_back({std::move(at), limit, bound, measured, measured / bound});
}

Outcome judge_ladder(Ladder& ladder) {
  std::vector<double> x, y;
  bool all_zero = !ladder.rungs.empty(), ordinary = true;
  std::size_t unresolved = 0;
  for (const Rung& rung : ladder.rungs) {
    const bool zero = is_zero(rung.constant), negligible = is_negligible(rung.constant);
    all_zero = all_zero && (zero || negligible);
    unresolved += negligible && !zero ? 1 : 0;
    ordinary = ordinary && less(rung.constant, Ball(kLargestConstant)) == Truth::yes;
    if (less(Ball(0), rung.constant) != Truth::yes) continue;
    x.push_back(numeric::log(rung.limit).mid_double());
    y.push_back(numeric::log(rung.constant).mid_double());
  }
  ladder.confidence = kLadderConfidence;
  if (all_zero) return Outcome::supported;
  if (x.size() < 3 || x.size() + unresolved < ladder.rungs.size()) return Outcome::undecided;
  const stats::ScalingFit fit = stats::fit_exponent(x, y, kLadderConfidence);
  if (!fit.exponent || !fit.interval) return Outcome::undecided;
  ladder.exponent = *fit.exponent;
  ladder.exponent_low = fit.interval->low;
  ladder.exponent_high = fit.interval->high;
  return !ordinary || ladder.exponent_low > kRounding || peaks_at_the_end(y) ? Outcome::undecided
                                                                             : Outcome::supported;
}

Support support_of(const std::vector<const Ladder*>& ladders, std::vector<Range> also) {
  Support support;
  std::optional<Rung> largest;
  std::optional<Exact> low, high;
  std::string key;
  for (const Ladder* ladder : ladders)
    for (const Rung& rung : ladder->rungs) {
      if (!largest || less(largest->constant.upper(), rung.constant.upper()) == Truth::yes) largest = rung;
      const Exact at = *numeric::parse_exact(rung.at);
      if (!low || at < *low) low = at;
      if (!high || at > *high) high = at;
      key = ladder->key;
    }
  ESCAPEMENT_CHECK(largest.has_value());
  support.constant = upper_text(largest->constant);
  support.range.push_back({key, numeric::to_string(*low), numeric::to_string(*high)});
  for (Range& range : also) support.range.push_back(std::move(range));
  return support;
}

void conclude(Finding& finding, Ladder ladder, std::vector<Range> also) {
  finding.outcome = judge_ladder(ladder);
  if (finding.outcome == Outcome::supported) finding.support = support_of({&ladder}, std::move(also));
  finding.ladder = std::move(ladder);
}

std::string describe(const Ladder& ladder) {
  if (ladder.rungs.empty()) return "No rung of the ladder could be computed.";
  const Rung &first = ladder.rungs.front(), &last = ladder.rungs.back();
  std::string text =
      fmt::format("The constant needed is {} at {} = {} and {} at {} = {}", text_of(first.constant, 4),
                  ladder.key, first.at, text_of(last.constant, 4), ladder.key, last.at);
  if (ladder.exponent_low < ladder.exponent_high)
    text += fmt::format(": {} to the power {:.3f} ({:.3f} to {:.3f} at {:.0f}% over {} rungs)",
                        ladder.limit_name, ladder.exponent, ladder.exponent_low, ladder.exponent_high,
                        100 * ladder.confidence, ladder.rungs.size());
  return text + ".";
}

std::vector<Exact> falling_rungs(const Exact& eta, std::size_t count) {
  constexpr int kRatio = 4;
  std::vector<Exact> rungs{eta};
  while (rungs.size() < count) rungs.emplace_back(rungs.back() / kRatio);
  return rungs;
}

BigInt least_width(const Exact& eta) { return numeric::ceiling_of_root(Exact(1 / eta)); }

Outcome outcome_of(Truth holds) {
  switch (holds) {
    case Truth::yes: return Outcome::holds;
    case Truth::no: return Outcome::violated;
    case Truth::unknown: break;
  }
  return Outcome::undecided;
}

std::string text_of(const Ball& x, int digits) {
  if (!x.is_finite()) return "unbounded";
  if (is_zero(x)) return "0";
  std::string text = numeric::decimal(x, digits);
  if (text.find('.') != std::string::npos && text.find('e') == std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text.empty() ? x.mid_string(2) + " +/- " + x.radius_string() : text;
}

std::string upper_text(const Ball& x) {
  if (!x.is_finite()) return "unbounded";
  const Ball top = x.upper();
  if (is_zero(top)) return "0";
  // Four digits are within half a unit of the fourth: a number raised by a thousandth is above after rounding.
  for (const Ball& shown : {top, Ball(top + abs(top) / Ball(1000))}) {
    const std::string text = shown.mid_string(4);
    const auto value = numeric::parse_exact(text);
    if (value && less_equal(top, Ball::from(*value)) == Truth::yes) return text;
  }
  return "unbounded";
}

}  // namespace escapement::theory
