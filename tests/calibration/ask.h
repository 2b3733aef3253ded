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
  double budget = 0.01;  // seconds
};

// The outcome of the row on fresh replicas: of this seed.
theory::Outcome answer(const Question& question, std::uint32_t seed);

// Puts a value in the place of one that the paper prints. Throws std::out_of_range for a field that is not among them.
void plant(theory::PaperConstants& constants, const std::string& field, const std::string& value);

// tests/oracles/recorded/FILE. Throws std::runtime_error if it cannot be read.
nlohmann::json oracle(const std::string& file);

}  // namespace escapement::calibration
