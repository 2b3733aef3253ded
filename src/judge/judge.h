// Statement x configuration -> verdicts.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "escapement/judge/engine_laboratory.h"
#include "escapement/theory/condition.h"
#include "escapement/theory/statement.h"

namespace escapement::judge {

// Which rows: a statement's claims that fit the filters.
struct Row {
  const theory::Statement* statement = nullptr;
  const theory::Claim* claim = nullptr;
};

struct Selection {
  std::vector<std::string> ids;  // empty: every statement
  std::optional<std::string> reading, clause;
  bool inside = false;  // rows that are answered inside Condition 1
};

// Throws config::InputError for an id, a reading or a clause that there is not.
std::vector<Row> select(const Selection& selection);

struct Means {
  unsigned threads = 1;
  double alpha = 0.05;          // of all rows together; each sampled row spends an equal share
  double budget_seconds = 200;  // of all rows together, nominal (EngineLaboratory::kNominalThreads cores)
  theory::PaperConstants constants = {};
  numeric::Exact constant = 100;  // put for the one in O(1/m) where a test needs a number
  theory::ConditionInputs condition = {};
  bool inside = false;  // at a point that meets Condition 1, chosen by theory::inside_point
  std::function<bool()> interrupted = {};
  std::function<void(const Doing&)> doing = {};  // how far a row is; any thread, may be empty
  Sharing sharing = {};  // who helps with replicas of the claims that have Claim::replicas
};

// Regime of a statement at the configuration it speaks of. used: values in place of the configuration's (Finding::used).
theory::Regime regime_at(const theory::Statement& statement, const config::Config& config,
                         const theory::ConditionInputs& inputs,
                         const std::vector<theory::Parameter>& used = {});

// One row, with its own alpha and budget; `reproduce` is left empty. Throws Interrupted, config::InputError.
theory::Verdict judge_row(const Row& row, const config::Config& base, const Means& means, double alpha,
                          double budget_seconds, bool brief);

// Replicas of what the row's judge collects, for the process where it judges (Claim::replicas, which the row has).
std::vector<std::string> replica_texts(const Row& row, const config::Config& base, const Means& means,
                                       const std::string& what, std::uint32_t first, std::uint32_t count);

// The part of alpha that each row which samples may use, and of the budget that each row which runs anything may use.
struct Shares {
  double alpha = 1, budget = 1;
};
Shares shares_of(const std::vector<Row>& rows);

// Row `index` of the rows that share alpha and budget.
theory::Verdict judge_one_of(const std::vector<Row>& rows, std::size_t index, const config::Config& base,
                             const Means& means);

}  // namespace escapement::judge
