#include "escapement/hunt/chance/chance_case.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "escapement/config/keys.h"
#include "escapement/numeric/checksum.h"
#include "escapement/theory/registry.h"

namespace escapement::hunt {

namespace {

// Of the keys of a statement, those that its setting leaves as they are: another value stays another value.
std::vector<std::string> free_keys(const theory::Statement& statement) {
  std::vector<std::string> keys;
  for (const std::string& key : statement.keys) {
    const auto kept = [&](const char* value) {
      config::Config config;
      theory::Statement of = statement;
      config::apply(config, key, value, "hunt");
      return config::value_of(of.setting(std::move(config)), key) == value;
    };
    if (kept("3") && kept("5")) keys.push_back(key);
  }
  return keys;
}

std::optional<config::Config> config_of(const ChanceTarget& target, const ChanceCase& c) {
  config::Config config;
  for (const auto& [key, value] : c.values) {
    if (!target.has(key)) return std::nullopt;
    try {
      config::apply(config, key, numeric::to_string(value), "hunt");
    } catch (const config::InputError&) {
      return std::nullopt;
    }
  }
  return target.statement->setting(std::move(config));
}

}  // namespace

std::string ChanceTarget::name() const {
  return statement->id + (claim->clause.empty() ? "" : " " + claim->clause) + " " + claim->reading;
}
std::string ChanceTarget::slug() const {
  return statement->id + (claim->clause.empty() ? "" : "-" + claim->clause) + "-" + claim->reading;
}
std::string ChanceTarget::text() const { return claim->text; }
bool ChanceTarget::has(const std::string& key) const {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

ChanceTarget chance_target(const theory::Statement& statement, const theory::Claim& claim,
                           const theory::PaperConstants& constants) {
  return {&statement, &claim, constants, free_keys(statement)};
}

std::vector<ChanceTarget> chance_targets(const theory::PaperConstants& constants) {
  std::vector<ChanceTarget> all;
  for (const theory::Statement& statement : theory::statements())
    for (const theory::Claim& claim : statement.claims)
      if (claim.chance) all.push_back(chance_target(statement, claim, constants));
  return all;
}

bool is_count(const std::string& key) { return key == "d" || key == "m" || key == "n" || key == "steps"; }

std::optional<theory::Chance> chance_at(const ChanceTarget& target, const ChanceCase& c) {
  auto config = config_of(target, c);
  if (!config) return std::nullopt;
  theory::Question question;
  question.config = std::move(*config);
  question.constants = target.constants;
  question.constant = c.constant;
  return target.claim->chance(question);
}

Simplicity simplicity(const ChanceCase& c, const theory::Chance& chance) {
  Simplicity result;
  const config::Config& config = chance.config;
  std::uint64_t characters = 0;
  for (const auto& [key, value] : c.values) {
    if (is_count(key)) continue;
    characters += cost_of(value) >> 33;
    result.texts.emplace_back(cost_of(value), numeric::to_string(value));
  }
  constexpr std::uint64_t kWidest = 1u << 30;
  const std::uint64_t width = config.m < kWidest ? static_cast<std::uint64_t>(config.m) : kWidest;
  result.sizes = {width, config.d, config.n, config.steps, characters};
  return result;
}

std::string summary(const ChanceCase& c, const theory::Chance& chance) {
  const config::Config& config = chance.config;
  std::string text = fmt::format("m = {}, d = {}, n = {}, {} step{}", config.m.str(), config.d,
                                 config::value_of(config, "n"), config.steps, config.steps == 1 ? "" : "s");
  for (const auto& [key, value] : c.values)
    if (!is_count(key)) text += fmt::format(", {} = {}", key, numeric::to_string(value));
  return text;
}

std::uint64_t content_key(const ChanceCase& c) {
  std::string text = c.claim + '\n' + c.clause + '\n' + c.reading + '\n' + numeric::to_string(c.constant);
  for (const auto& [key, value] : c.values) text += '\n' + key + " = " + numeric::to_string(value);
  return numeric::Checksum().add(text).value();
}

std::string content_hash(const ChanceCase& c) { return fmt::format("{:016x}", content_key(c)); }

std::string file_name(const ChanceCase& c) {
  return fmt::format("{}-{}{}-{}.runs.json", c.claim, c.clause.empty() ? "" : c.clause + "-", c.reading,
                     content_hash(c));
}

}  // namespace escapement::hunt
