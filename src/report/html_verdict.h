// A verdict in full: claim, sides, basis, sample, conditions, ladder, parameters, the command.
#pragma once

#include <string>

#include "escapement/theory/verdict.h"

namespace escapement::report {

// `anchor` is the article's id.
std::string verdict_html(const theory::Verdict& verdict, const std::string& anchor);

// Its parts.
std::string regime_html(const theory::Regime& regime);  // empty where nothing is listed
std::string ladder_html(const theory::Ladder& ladder, const std::string& title);
std::string sample_html(const theory::Sample& sample);

}  // namespace escapement::report
