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

namespace {

constexpr double kBudget = 0.01;  // seconds: `replicas` says how many trials there may be

judge::Row row_of(const Question& question) {
  for (const judge::Row& row : judge::select({{question.id}, question.reading, question.clause}))
    if (row.claim->reading == question.reading) return row;  // `generic` selects `flow-time+generic` too
  throw std::runtime_error("no row " + question.id + " " + question.clause + " " + question.reading);
}

config::Config configured(const Question& question, std::uint64_t seed) {
  config::Request request;
  request.preset = "two-phase";
  request.sets = question.sets;
  request.sets.push_back("seed=" + std::to_string(seed));
  return config::load(request);
}

// Replicas as texts, in order, extended when more are asked for.
class Replicas {
 public:
  Replicas(const judge::Row& row, const config::Config& config, const judge::Means& means)
      : row_(row), config_(config), means_(means) {}

  std::vector<std::string> get(const std::string& what, std::uint32_t first, std::uint32_t count) {
    std::vector<std::string>& known = known_[what];
    const auto have = static_cast<std::uint32_t>(known.size());
    if (first + count > have)
      for (std::string& text : judge::replica_texts(row_, config_, means_, what, have, first + count - have))
        known.push_back(std::move(text));
    return {known.begin() + first, known.begin() + first + count};
  }

 private:
  const judge::Row& row_;
  const config::Config& config_;
  judge::Means means_;
  std::map<std::string, std::vector<std::string>> known_;
};

}  // namespace

std::vector<theory::Outcome> answers(const Question& question, const std::vector<Exact>& constants,
                                     std::uint64_t seed) {
  const judge::Row row = row_of(question);
  const config::Config config = configured(question, seed);
  judge::Means means;
  means.constants = question.constants;
  means.budget_seconds = kBudget;
  Replicas replicas(row, config, means);
  if (row.claim->replicas)
    means.sharing.collect = [&](const std::string& what, std::uint32_t first, std::uint32_t count) {
      return replicas.get(what, first, count);
    };
  std::vector<theory::Outcome> outcomes;
  for (const Exact& constant : constants) {
    means.constant = constant;
    outcomes.push_back(judge::judge_row(row, config, means, kAlpha, kBudget, true).outcome);
  }
  return outcomes;
}

theory::Outcome answer(const Question& question, std::uint64_t seed) {
  return answers(question, {question.constant}, seed).front();
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
