#include "calibration/ask.h"

#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>
#include <utility>

#include "escapement/config/load.h"
#include "escapement/judge/judge.h"

#include "calibration/family.h"

namespace escapement::calibration {

using numeric::Exact;
using theory::PaperConstants;

theory::Outcome answer(const Question& question, std::uint32_t seed) {
  config::Request request;
  request.preset = "two-phase";
  request.sets = question.sets;
  request.sets.push_back("seed=" + std::to_string(seed));
  const std::vector<judge::Row> rows = judge::select({{question.id}, question.reading, question.clause});
  for (const judge::Row& row : rows) {
    if (row.claim->reading != question.reading) continue;  // `generic` selects `flow-time+generic` too
    judge::Means means;
    means.constants = question.constants;
    means.constant = question.constant;
    return judge::judge_row(row, config::load(request), means, kAlpha, question.budget, true).outcome;
  }
  throw std::runtime_error("no row " + question.id + " " + question.clause + " " + question.reading);
}

void plant(PaperConstants& constants, const std::string& field, const std::string& value) {
  static const std::map<std::string, Exact PaperConstants::*> kFields{
      {"sign_factor", &PaperConstants::sign_factor},
      {"phase_share", &PaperConstants::phase_share},
      {"oscillation_time_exponent", &PaperConstants::oscillation_time_exponent},
      {"oscillation_exponent", &PaperConstants::oscillation_exponent}};
  constants.*kFields.at(field) = numeric::parse_exact(value).value();
}

nlohmann::json oracle(const std::string& file) {
  const char* data = std::getenv("ESCAPEMENT_TEST_DATA");
  const std::string path =
      std::string(data != nullptr ? data : ESCAPEMENT_TEST_DATA) + "/../oracles/recorded/" + file;
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  return nlohmann::json::parse(in);
}

}  // namespace escapement::calibration
