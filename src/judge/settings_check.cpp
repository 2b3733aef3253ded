#include "escapement/judge/settings_check.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "escapement/config/keys.h"

namespace escapement::judge {

namespace {

using theory::Statement;

// Keys that say how to compute, not what is claimed.
constexpr std::array<std::string_view, 5> kMeans{"seed", "replica", "replicas", "precision", "state"};
// Every row reports A1 to A6, which depend on these.
constexpr std::array<std::string_view, 6> kRegime{"d", "m", "n", "eta", "sigma", "theta_norm"};
// Inside Condition 1 the others follow from these.
constexpr std::array<std::string_view, 5> kInside{"d", "m", "eta", "sigma", "theta_norm"};

bool holds(const auto& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool by_user(const config::Config& config, const std::string& key) {
  const std::string source = config.source_of(key);
  return source != "default" && source.find("preset") == std::string::npos;
}

}  // namespace

namespace {

// A value that a statement does not use: the one that it fixes instead, or none if it does not depend on the key.
struct Unused {
  std::optional<std::string> fixed;
  std::string expected;  // for the message of an InputError
};

std::optional<Unused> unused(const Statement& statement, const std::string& key, const config::Config& base,
                             bool inside) {
  if (holds(kMeans, key)) return std::nullopt;
  if (inside) {
    if (holds(kInside, key)) return std::nullopt;
    return Unused{std::nullopt,
                  fmt::format("no {}: --inside follows d, m, eta, sigma and theta_norm alone", key)};
  }
  const std::string set = config::value_of(base, key), taken = config::value_of(statement.setting(base), key);
  // New inputs at every step have the population's law: rules that take expectations read one as the other.
  if (key == "n" && set == "fresh" && taken == "population") return std::nullopt;
  if (taken != set) return Unused{taken, fmt::format("{}, which {} fixes", taken, statement.id)};
  if (holds(kRegime, key) || holds(statement.keys, key) || holds(statement.uses, key)) return std::nullopt;
  // A value that the statement takes itself changes nothing.
  config::Config other;
  if (taken == config::value_of(statement.setting(other), key)) return std::nullopt;
  return Unused{std::nullopt, fmt::format("no {}: {} does not depend on it", key, statement.id)};
}

std::string note_of(const Unused& why, const std::string& statement, const std::string& key,
                    const std::string& set) {
  return why.fixed ? fmt::format("{} fixes {} = {}: {} is not used there", statement, key, *why.fixed, set)
                   : fmt::format("{} does not depend on {}: {} is not used there", statement, key, set);
}

}  // namespace

std::optional<std::string> refusal(const Statement& statement, const std::string& key,
                                   const config::Config& base, bool inside) {
  const auto why = unused(statement, key, base, inside);
  return why ? std::optional(why->expected) : std::nullopt;
}

std::vector<std::string> check_settings(const std::vector<Row>& rows, const config::Config& base, bool named,
                                        bool inside) {
  std::vector<const Statement*> statements;
  for (const Row& row : rows)
    if (std::find(statements.begin(), statements.end(), row.statement) == statements.end())
      statements.push_back(row.statement);
  std::vector<std::string> notes;
  for (const config::Key& key : config::keys()) {
    if (!by_user(base, key.name)) continue;
    const std::string set = config::value_of(base, key.name);
    std::vector<Unused> refused;
    for (const Statement* statement : statements)
      if (const auto why = unused(*statement, key.name, base, inside)) {
        refused.push_back(*why);
        notes.push_back(note_of(*why, statement->id, key.name, set));
      }
    if (!refused.empty() && (named || refused.size() == statements.size()))
      throw config::InputError(base.source_of(key.name), key.name, refused.front().expected, set);
  }
  return notes;
}

void check_axis(const Row& row, const std::string& key, const std::string& value, const config::Config& base,
                bool inside) {
  config::Config there = base;
  config::apply(there, key, value, "--over");
  if (const auto why = refusal(*row.statement, key, there, inside))
    throw config::InputError("--over", key, *why, value);
}

}  // namespace escapement::judge
