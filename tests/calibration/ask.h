// Questions to the judge, and what the oracles recorded.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "escapement/numeric/exact.h"
#include "escapement/theory/paper_constants.h"
#include "escapement/theory/verdict.h"

namespace escapement::calibration {

struct Question {
  std::string id, clause, reading;
  std::vector<std::string> sets;  // "key=value"
  numeric::Exact constant = 100;  // --constant
  theory::PaperConstants constants = {};
};

// The outcome of the row on replicas of this seed.
theory::Outcome answer(const Question& question, std::uint64_t seed);

// The outcomes at several constants on the same replicas, each of which is run once: judge::Sharing hands them to the row.
std::vector<theory::Outcome> answers(const Question& question, const std::vector<numeric::Exact>& constants,
                                     std::uint64_t seed);

// Puts a value in the place of one that the paper prints. Throws std::out_of_range for a field that is not among them.
void plant(theory::PaperConstants& constants, const std::string& field, const std::string& value);

// tests/oracles/recorded/FILE. Throws std::runtime_error if it cannot be read.
nlohmann::json oracle(const std::string& file);

}  // namespace escapement::calibration
