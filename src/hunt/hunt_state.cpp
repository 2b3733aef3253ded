#include "escapement/hunt/hunt_state.h"

#include <nlohmann/json.hpp>

#include "escapement/config/input_error.h"
#include "escapement/hunt/case_file.h"
#include "escapement/hunt/stored_object.h"

namespace escapement::hunt {

using config::InputError;
using nlohmann::json;

namespace {

json to_entry(const Case& c) {
  StoredCase stored;
  stored.values = c;
  return to_json(stored);
}

json to_list(const std::vector<Case>& cases) {
  json list = json::array();
  for (const Case& c : cases) list.push_back(to_entry(c));
  return list;
}

json optional_entry(const std::optional<Case>& c) { return c ? to_entry(*c) : json(); }
json optional_count(const std::optional<std::uint64_t>& n) { return n ? json(*n) : json(); }

}  // namespace

void save(const HuntState& s, const std::filesystem::path& file) {
  json root;
  root["format"] = "escapement-hunt/1";
  root["question"] = s.question;
  root["round"] = s.round;
  root["evaluations"] = s.evaluations;
  root["cleared"] = s.cleared;
  root["found_round"] = optional_count(s.found_round);
  root["degenerate_round"] = optional_count(s.degenerate_round);
  root["finds"] = to_list(s.finds);
  for (const auto& [key, c] :
       {std::pair("simplest", &s.simplest), {"dramatic", &s.dramatic}, {"degenerate", &s.degenerate}})
    root[key] = optional_entry(*c);
  root["elites"] = json::array();
  for (const auto& [kind, elite] : s.niches.all())
    root["elites"].push_back(
        {{"case", to_entry(elite.values)}, {"margin", elite.margin}, {"honest", elite.honest}});
  write_atomically(file, sealed(std::move(root)));
}

std::optional<HuntState> load(const std::string& question, const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return std::nullopt;
  const json root = read_sealed(file);
  HuntState s;
  try {
    const auto read = [&](const json& entry) {
      return parse_case(entry.get<std::string>(), file.string()).values;
    };
    const auto optional = [&](const char* key) {
      return root.at(key).is_null() ? std::nullopt : std::optional(read(root.at(key)));
    };
    const auto count = [&](const char* key) {
      return root.at(key).is_null() ? std::nullopt : std::optional(root.at(key).get<std::uint64_t>());
    };
    s.question = root.at("question").get<std::string>();
    s.round = root.at("round").get<std::uint64_t>();
    s.evaluations = root.at("evaluations").get<std::uint64_t>();
    s.cleared = root.at("cleared").get<std::uint64_t>();
    s.found_round = count("found_round");
    s.degenerate_round = count("degenerate_round");
    s.simplest = optional("simplest");
    s.dramatic = optional("dramatic");
    s.degenerate = optional("degenerate");
    for (const json& entry : root.at("finds")) s.finds.push_back(read(entry));
    for (const json& entry : root.at("elites"))
      s.niches.offer(
          {read(entry.at("case")), entry.at("margin").get<double>(), entry.at("honest").get<bool>()});
  } catch (const json::exception& error) {
    throw InputError(file.string(), "", "the state of a hunt (" + config::printable(error.what(), 160) + ")");
  }
  if (s.question != question)
    throw InputError(file.string(), "question", "the hunt that is asked for, '" + question + "'", s.question);
  return s;
}

}  // namespace escapement::hunt
