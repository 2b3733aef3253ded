// The statements that are judged, in the paper's order.
#pragma once

#include <string_view>
#include <vector>

#include "escapement/theory/statement.h"

namespace escapement::theory {

const std::vector<Statement>& statements();

// Throws config::InputError (place `where`) naming the ids that there are.
const Statement& find_statement(std::string_view id, const std::string& where);

// Whether a claim's reading is the one asked for, or has it among its words.
bool has_reading(const Claim& claim, std::string_view reading);

}  // namespace escapement::theory
