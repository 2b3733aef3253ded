#include "escapement/judge/theorem_scope.h"

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace escapement::judge {

using numeric::Exact;
using theory::Parameter;

namespace {

constexpr std::array<const char*, 7> kKeys{"d", "m", "n", "eta", "sigma", "theta_norm", "rho"};
constexpr std::array<const char*, 5> kRelations{"<=", "<", ">=", ">", "="};

template <class List>
bool has(const List& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

const std::string* text_of(const std::string& key, const std::vector<Parameter>& parameters) {
  for (const Parameter& p : parameters)
    if (p.first == key) return &p.second;
  return nullptr;
}

std::optional<Exact> value_of(const std::string& key, const std::vector<Parameter>& parameters) {
  const std::string* text = text_of(key, parameters);
  return text == nullptr ? std::nullopt : numeric::parse_exact(*text);
}

bool compare(const Exact& left, const std::string& relation, const Exact& right) {
  if (relation == "<=") return left <= right;
  if (relation == "<") return left < right;
  if (relation == ">=") return left >= right;
  if (relation == ">") return left > right;
  return left == right;
}

bool is_width_of_eta(const std::vector<Parameter>& parameters) {
  const auto m = value_of("m", parameters), eta = value_of("eta", parameters);
  if (!m || !eta || *m < 1 || *eta <= 0) return false;
  const Exact below = *m - 1;
  return *m * *m * *eta >= 1 && below * below * *eta < 1;
}

}  // namespace

Hypothesis parse_hypothesis(const std::string& text) {
  if (text == "n = population") return {Hypothesis::Kind::population, "n", "=", 0};
  if (text == "m = 1/sqrt(eta)") return {Hypothesis::Kind::width_of_eta, "m", "=", 0};
  std::istringstream in(text);
  std::string key, relation, value, rest;
  in >> key >> relation >> value;
  const std::optional<Exact> exact = numeric::parse_exact(value);
  if (!has(kKeys, key) || !has(kRelations, relation) || !exact || in >> rest)
    throw std::invalid_argument("expected a hypothesis KEY RELATION VALUE, got '" + text + "'");
  return {Hypothesis::Kind::comparison, key, relation, *exact};
}

bool meets(const Hypothesis& hypothesis, const std::vector<Parameter>& parameters) {
  if (hypothesis.kind == Hypothesis::Kind::width_of_eta) return is_width_of_eta(parameters);
  if (hypothesis.kind == Hypothesis::Kind::population) {
    const std::string* n = text_of("n", parameters);
    return n != nullptr && *n == "population";
  }
  const std::optional<Exact> value = value_of(hypothesis.key, parameters);
  return value && compare(*value, hypothesis.relation, hypothesis.value);
}

bool meets(const std::vector<Hypothesis>& hypotheses, const std::vector<Parameter>& parameters) {
  return std::all_of(hypotheses.begin(), hypotheses.end(),
                     [&](const Hypothesis& h) { return meets(h, parameters); });
}

}  // namespace escapement::judge
