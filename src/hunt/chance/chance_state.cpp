#include "escapement/hunt/chance/chance_state.h"

#include <nlohmann/json.hpp>

#include "escapement/config/input_error.h"
#include "escapement/hunt/stored_object.h"

namespace escapement::hunt {

using config::InputError;
using nlohmann::json;

namespace {

json optional_count(const std::optional<std::uint64_t>& n) { return n ? json(*n) : json(); }

json to_entry(const ChanceCase& c) {
  json values = json::object();
  for (const auto& [key, value] : c.values) values[key] = numeric::to_string(value);
  return {{"claim", c.claim},
          {"clause", c.clause},
          {"reading", c.reading},
          {"constant", numeric::to_string(c.constant)},
          {"values", values}};
}

Exact exact(const json& text) { return numeric::parse_exact(text.get<std::string>()).value(); }

ChanceCase from_entry(const json& entry) {
  ChanceCase c{entry.at("claim"), entry.at("clause"), entry.at("reading"), exact(entry.at("constant")), {}};
  for (const auto& [key, value] : entry.at("values").items()) c.values[key] = exact(value);
  return c;
}

}  // namespace

void save(const ChanceState& s, const std::filesystem::path& file) {
  json root = {{"format", "escapement-runs-hunt/1"},
               {"question", s.question},
               {"round", s.round},
               {"configurations", s.configurations},
               {"trials", s.trials},
               {"confirmations", s.confirmations},
               {"found_round", optional_count(s.found_round)},
               {"degenerate_round", optional_count(s.degenerate_round)},
               {"finds", json::array()},
               {"elites", json::array()}};
  for (const StoredChance& find : s.finds) root["finds"].push_back(to_json(find));
  for (const auto& [kind, elite] : s.niches.all())
    root["elites"].push_back({{"kind", kind},
                              {"case", to_entry(elite.values)},
                              {"margin", elite.margin},
                              {"honest", elite.honest},
                              {"suspect", elite.suspect}});
  write_atomically(file, sealed(std::move(root)));
}

std::optional<ChanceState> load_chance(const std::string& question, const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return std::nullopt;
  const json root = read_sealed(file);
  ChanceState s;
  try {
    const auto count = [&](const char* key) {
      return root.at(key).is_null() ? std::nullopt : std::optional(root.at(key).get<std::uint64_t>());
    };
    s.question = root.at("question").get<std::string>();
    s.round = root.at("round").get<std::uint64_t>();
    s.configurations = root.at("configurations").get<std::uint64_t>();
    s.trials = root.at("trials").get<std::uint64_t>();
    s.confirmations = root.at("confirmations").get<std::uint64_t>();
    s.found_round = count("found_round");
    s.degenerate_round = count("degenerate_round");
    for (const json& entry : root.at("finds"))
      s.finds.push_back(parse_chance(entry.get<std::string>(), file.string()));
    for (const json& entry : root.at("elites"))
      s.niches.offer(entry.at("kind").get<ChanceNiches::Kind>(),
                     {from_entry(entry.at("case")), entry.at("margin").get<double>(),
                      entry.at("honest").get<bool>(), entry.at("suspect").get<bool>()});
  } catch (const std::exception& failure) {
    throw InputError(file.string(), "",
                     "the state of a hunt (" + config::printable(failure.what(), 160) + ")");
  }
  if (s.question != question)
    throw InputError(file.string(), "question", "the hunt that is asked for, '" + question + "'", s.question);
  return s;
}

}  // namespace escapement::hunt
