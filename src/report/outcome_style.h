// How the outcomes look: a colour of Okabe and Ito's palette, and a sign and a pattern that do not need it.
#pragma once

#include <string>

#include "escapement/report/svg.h"
#include "escapement/theory/verdict.h"

namespace escapement::report {

struct OutcomeStyle {
  const char* colour;   // of an area; dark text reads on it
  const char* sign;     // beside the word
  const char* pattern;  // inside of an SVG <pattern> of 8 x 8 pixels; empty for a plain area
  const char* meaning;  // one sentence
};
const OutcomeStyle& style_of(theory::Outcome outcome);
inline constexpr theory::Outcome kOutcomes[] = {theory::Outcome::holds, theory::Outcome::supported,
                                                theory::Outcome::violated, theory::Outcome::vacuous,
                                                theory::Outcome::undecided};

const char* meaning_of(theory::Evidence evidence);  // one sentence
inline constexpr theory::Evidence kEvidence[] = {theory::Evidence::sampled, theory::Evidence::computed,
                                                 theory::Evidence::certified, theory::Evidence::proved,
                                                 theory::Evidence::counterexample};

// Defines the patterns PREFIX-violated, ... in a picture; fill one by pattern_fill.
void define_patterns(Svg& svg, const std::string& prefix);
std::string pattern_fill(const std::string& prefix, theory::Outcome outcome);  // "none" for a plain area

}  // namespace escapement::report
