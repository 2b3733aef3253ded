#include "escapement/report/outcome_style.h"

#include <array>

#include <fmt/format.h>

namespace escapement::report {

using theory::Evidence;
using theory::Outcome;

namespace {

constexpr std::array<OutcomeStyle, 5> kStyles{{
    {"#56B4E9", "✓", "", "The evidence shows the claim at these parameters."},
    {"#CC79A7", "≈", R"(<path d="M0 4h8" stroke="#3a1029" stroke-width="1.2"/>)",
     "The claim hides a constant and no law decides it. Nothing speaks against it over the range that stands "
     "beside it, with the constant needed there."},
    {"#E8713C", "✗", R"(<path d="M-2 2L2 -2M-2 10L10 -2M6 10L10 6" stroke="#401500" stroke-width="1.3"/>)",
     "The evidence refutes the claim at these parameters."},
    {"#C9C9C9", "○",
     R"(<circle cx="2" cy="2" r="1.1" fill="#333333"/><circle cx="6" cy="6" r="1.1" fill="#333333"/>)",
     "Nothing is claimed here: a bound on a probability is 1 or more, or no case meets the hypotheses."},
    {"#F5E663", "?", R"(<path d="M4 1.6v4.8M1.6 4h4.8" stroke="#4a4300" stroke-width="1"/>)",
     "Neither shown nor refuted: the evidence, or the budget, does not reach."},
}};

constexpr std::array<const char*, 5> kMeanings{
    "A sequential test over independent replicas. Beside it stand trials, failures and the error probability "
    "alpha: "
    "the chance that the test ever ends wrongly, however often one looks.",
    "Without sampling: finite sums, integrals or deterministic runs, in floating point.",
    "Enclosures or exact rationals, which account for rounding. Beside it stands the radius; 0 is exact.",
    "A theorem checked by Coq, whose hypotheses the row's parameters meet. Beside it stand its name and "
    "scope.",
    "A stored case on which the claim fails, replayed. Beside it stands its file."};

}  // namespace

const OutcomeStyle& style_of(Outcome outcome) { return kStyles.at(static_cast<std::size_t>(outcome)); }

const char* meaning_of(Evidence evidence) { return kMeanings.at(static_cast<std::size_t>(evidence)); }

void define_patterns(Svg& svg, const std::string& prefix) {
  svg.raw("<defs>");
  for (const Outcome outcome : kOutcomes)
    if (*style_of(outcome).pattern != '\0')
      svg.raw(fmt::format(
          R"(<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse">{}</pattern>)", prefix,
          to_string(outcome), style_of(outcome).pattern));
  svg.raw("</defs>\n");
}

std::string pattern_fill(const std::string& prefix, Outcome outcome) {
  if (*style_of(outcome).pattern == '\0') return "none";
  return "url(#" + prefix + "-" + to_string(outcome) + ")";
}

}  // namespace escapement::report
