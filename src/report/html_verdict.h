// A verdict in full: claim, sides, basis, sample, conditions, ladder, parameters, the command.
#pragma once

#include <string>

#include "escapement/report/html_parts.h"
#include "escapement/theory/verdict.h"

namespace escapement::report {

// `anchor` is the article's id.
std::string verdict_html(const theory::Verdict& verdict, const std::string& anchor);

// Its parts. The facts are those that the outcome and the evidence need beside them; the theorems are those, and the
// certificates, that the outcome does not rest on.
Facts evidence_facts(const theory::Verdict& verdict);
std::string theorems_html(const theory::Verdict& verdict);  // empty if there is none
std::string regime_html(const theory::Regime& regime);      // empty where nothing is listed
std::string ladder_html(const theory::Ladder& ladder, const std::string& title);
std::string sample_html(const theory::Sample& sample);

}  // namespace escapement::report
