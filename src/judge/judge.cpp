#include "escapement/judge/judge.h"

#include <algorithm>
#include <set>

#include "escapement/config/keys.h"
#include "escapement/judge/proofs.h"
#include "escapement/theory/registry.h"

namespace escapement::judge {

using config::InputError;
using theory::Verdict;

namespace {

std::string list_of(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + (name.empty() ? "''" : name);
  return text;
}

}  // namespace

std::vector<Row> select(const Selection& selection) {
  std::vector<const theory::Statement*> chosen;
  for (const std::string& id : selection.ids) {
    const theory::Statement* statement = &theory::find_statement(id, "command line");
    if (std::find(chosen.begin(), chosen.end(), statement) == chosen.end()) chosen.push_back(statement);
  }
  if (selection.ids.empty())
    for (const theory::Statement& statement : theory::statements()) chosen.push_back(&statement);
  std::vector<Row> rows;
  std::set<std::string> readings, clauses;
  for (const theory::Statement* statement : chosen)
    for (const theory::Claim& claim : statement->claims) {
      readings.insert(claim.reading);
      clauses.insert(claim.clause);
      const bool fits = (!selection.reading || theory::has_reading(claim, *selection.reading)) &&
                        (!selection.clause || claim.clause == *selection.clause);
      if (fits) rows.push_back({statement, &claim});
    }
  if (!rows.empty()) return rows;
  if (selection.clause && clauses.count(*selection.clause) == 0)
    throw InputError("command line", "--clause", "one of " + list_of(clauses), *selection.clause);
  throw InputError("command line", "--reading", "one of " + list_of(readings),
                   selection.reading.value_or(""));
}

theory::Regime regime_at(const theory::Statement& statement, const config::Config& config,
                         const theory::ConditionInputs& inputs) {
  config::Config narrow = config;  // the data do not depend on the width, which may be too large to hold
  narrow.m = 1;
  theory::ConditionPoint point = theory::condition_point(model::make_instance(narrow, config.replica));
  point.m = config.m;
  return theory::regime_of(theory::evaluate_condition(point, inputs).assumptions, statement.assumes);
}

Verdict judge_row(const Row& row, const config::Config& base, const Means& means, double alpha,
                  double budget_seconds, bool brief) {
  const theory::Statement& statement = *row.statement;
  const config::Config config = statement.setting(base);
  EngineLaboratory laboratory(means.threads, budget_seconds, means.interrupted, means.doing);
  theory::Finding finding =
      row.claim->judge({config, means.constants, alpha, means.constant, brief}, laboratory);
  Verdict verdict;
  verdict.statement = statement.id;
  verdict.clause = row.claim->clause;
  verdict.reading = row.claim->reading;
  for (const std::string& key : statement.keys)
    verdict.parameters.emplace_back(key, config::value_of(config, key));
  verdict.regime = regime_at(statement, config, means.condition);
  verdict.claim = std::move(finding.claim);
  verdict.bound = std::move(finding.bound);
  verdict.measured = std::move(finding.measured);
  verdict.outcome = finding.outcome;
  verdict.evidence = finding.evidence;
  verdict.basis = std::move(finding.basis);
  verdict.sample = std::move(finding.sample);
  verdict.ladder = std::move(finding.ladder);
  verdict.seed = std::to_string(config.seed);
  if (means.constants == theory::PaperConstants{})
    attach_proofs(verdict);  // theorems are about what is printed
  return verdict;
}

double sampled_share(const std::vector<Row>& rows) {
  const auto sampled =
      std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.claim->samples; });
  return 1.0 / static_cast<double>(std::max<std::ptrdiff_t>(1, sampled));
}

Verdict judge_one_of(const std::vector<Row>& rows, std::size_t index, const config::Config& base,
                     const Means& means) {
  const double share = sampled_share(rows);
  return judge_row(rows[index], base, means, means.alpha * share, means.budget_seconds * share, false);
}

}  // namespace escapement::judge
