// A1..A6 with margins, from the logarithms and the quantities already computed.
#pragma once

#include <vector>

#include "escapement/theory/condition_logs.h"

namespace escapement::theory {

std::vector<Assumption> assumptions_of(const Condition& condition, const ConditionLogs& logs);

// ln(9 ln(2) K^4 / (2 c)).
Ball log_d_min(const ConditionInputs& inputs);

}  // namespace escapement::theory
