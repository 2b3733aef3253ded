// Verdicts and points of a map as exact one-line texts, for journals and for handing them from one process to another.
// verdicts.json is not that: its decimals enclose, these are the same to the bit.
#pragma once

#include <optional>
#include <string>

#include "escapement/theory/verdict.h"

namespace escapement::judge {

std::string verdict_text(const theory::Verdict& verdict);
// Nothing where the text is no such text.
std::optional<theory::Verdict> verdict_of(const std::string& text);

std::string map_point_text(const theory::MapPoint& point);
std::optional<theory::MapPoint> map_point_of(const std::string& text);

}  // namespace escapement::judge
