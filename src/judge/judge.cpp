#include "escapement/judge/judge.h"

#include <algorithm>
#include <set>

#include "escapement/config/keys.h"
#include "escapement/judge/proofs.h"
#include "escapement/theory/inside/inside_point.h"
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

std::set<std::string> answered_inside() {
  std::set<std::string> ids;
  for (const theory::Statement& statement : theory::statements())
    for (const theory::Claim& claim : statement.claims)
      if (claim.inside) ids.insert(statement.id);
  return ids;
}

// What both kinds of rows have in common.
Verdict verdict_of(const Row& row, theory::Finding finding, const config::Config& config, const Means& means,
                   std::vector<theory::Parameter> parameters, theory::Regime regime) {
  Verdict verdict;
  verdict.parameters = std::move(parameters);
  verdict.regime = std::move(regime);
  verdict.statement = row.statement->id;
  verdict.clause = row.claim->clause;
  verdict.reading = row.claim->reading;
  verdict.claim = std::move(finding.claim);
  verdict.bound = std::move(finding.bound);
  verdict.measured = std::move(finding.measured);
  verdict.outcome = finding.outcome;
  verdict.evidence = finding.evidence;
  verdict.basis = std::move(finding.basis);
  verdict.sample = std::move(finding.sample);
  verdict.ladder = std::move(finding.ladder);
  verdict.support = std::move(finding.support);
  verdict.radius = std::move(finding.radius);
  verdict.seed = std::to_string(config.seed);
  if (means.constants == theory::PaperConstants{})
    attach_proofs(verdict, row.claim->quantified);  // theorems are about what is printed
  return verdict;
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
                        (!selection.clause || claim.clause == *selection.clause) &&
                        (!selection.inside || claim.inside);
      if (fits) rows.push_back({statement, &claim});
    }
  if (!rows.empty()) return rows;
  if (selection.inside && !selection.clause && !selection.reading)
    throw InputError("command line", "--inside", "one of " + list_of(answered_inside()),
                     selection.ids.front());
  if (selection.clause && clauses.count(*selection.clause) == 0)
    throw InputError("command line", "--clause", "one of " + list_of(clauses), *selection.clause);
  throw InputError("command line", "--reading", "one of " + list_of(readings),
                   selection.reading.value_or(""));
}

theory::Regime regime_at(const theory::Statement& statement, const config::Config& config,
                         const theory::ConditionInputs& inputs, const std::vector<theory::Parameter>& used) {
  config::Config narrow = config;  // the data do not depend on the width, which may be too large to hold
  narrow.m = 1;
  theory::ConditionPoint point = theory::condition_point(model::make_instance(narrow, config.replica));
  point.m = config.m;
  for (const auto& [key, value] : used) {
    if (key != "n") continue;
    const auto samples = numeric::parse_exact(value);
    point.inputs = samples ? theory::Inputs::sample : theory::Inputs::population;
    point.n = samples ? std::optional(numerator(*samples)) : std::nullopt;
    point.max_input_squared.reset();  // such a sample is known by its covariance alone
  }
  return theory::regime_of(theory::evaluate_condition(point, inputs).assumptions, statement.assumes);
}

Verdict judge_row(const Row& row, const config::Config& base, const Means& means, double alpha,
                  double budget_seconds, bool brief) {
  const theory::Statement& statement = *row.statement;
  EngineLaboratory laboratory(means.threads, budget_seconds, means.interrupted, means.doing, means.sharing);
  if (means.inside) {
    const theory::InsidePoint point = theory::inside_point(base, means.condition);
    theory::Question question{base, means.constants, alpha, means.constant, brief, &point};
    return verdict_of(row, row.claim->inside(question, laboratory), base, means, point.parameters,
                      theory::regime_of(point.assumptions, statement.assumes));
  }
  const config::Config config = statement.setting(base);
  theory::Finding finding =
      row.claim->judge({config, means.constants, alpha, means.constant, brief}, laboratory);
  std::vector<theory::Parameter> parameters;
  for (const std::string& key : statement.keys) parameters.emplace_back(key, config::value_of(config, key));
  if (row.claim->samples) parameters.emplace_back("K", numeric::to_string(means.constant));
  for (const theory::Parameter& used : finding.used)
    for (theory::Parameter& parameter : parameters)
      if (parameter.first == used.first) parameter.second = used.second;
  theory::Regime regime = regime_at(statement, config, means.condition, finding.used);
  return verdict_of(row, std::move(finding), config, means, std::move(parameters), std::move(regime));
}

std::vector<std::string> replica_texts(const Row& row, const config::Config& base, const Means& means,
                                       const std::string& what, std::uint32_t first, std::uint32_t count) {
  const theory::Question question{row.statement->setting(base), means.constants, means.alpha, means.constant};
  EngineLaboratory laboratory(means.threads, means.budget_seconds, means.interrupted, means.doing);
  return row.claim->replicas(question, laboratory, what, first, count);
}

Shares shares_of(const std::vector<Row>& rows) {
  std::size_t samples = 0, spends = 0;
  for (const Row& row : rows) {
    samples += row.claim->samples ? 1 : 0;
    spends += row.claim->samples || row.claim->runs ? 1 : 0;
  }
  return {1.0 / static_cast<double>(std::max<std::size_t>(1, samples)),
          1.0 / static_cast<double>(std::max<std::size_t>(1, spends))};
}

Verdict judge_one_of(const std::vector<Row>& rows, std::size_t index, const config::Config& base,
                     const Means& means) {
  const Shares share = shares_of(rows);
  return judge_row(rows[index], base, means, means.alpha * share.alpha, means.budget_seconds * share.budget,
                   false);
}

}  // namespace escapement::judge
