#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "escapement/hunt/chance/chance_file.h"
#include "escapement/judge/judge.h"

namespace escapement::hunt {

using nlohmann::ordered_json;

namespace {

// The shortest text that reads back as the same double.
std::string shortest(double x) { return fmt::format("{}", x); }

ordered_json hypothesis(const Hypothesis& h) {
  ordered_json holds;
  if (h.holds != Truth::unknown) holds = h.holds == Truth::yes;
  return {{"name", h.name},
          {"own", h.own},
          {"holds", holds},
          {"margin", h.margin ? ordered_json(h.margin->mid_string(6)) : ordered_json()},
          {"detail", h.detail}};
}

}  // namespace

std::string bound_text(const theory::Chance& chance) {
  constexpr int kDigits = 17;
  return chance.bound.mid_string(kDigits);
}

StoredChance describe(const ChanceTarget& target, const ChanceCase& c, const theory::Chance& chance,
                      ChanceTest test, const theory::ConditionInputs& inputs, Lineage lineage) {
  StoredChance s;
  s.values = c;
  s.text = target.text();
  s.summary = summary(c, chance);
  s.degenerate = chance.degenerate;
  config::Config config = chance.config;
  config.seed = test.streams.seed;
  config.replica = test.streams.replica;
  s.test = std::move(test);
  for (const theory::Assumption& a : judge::regime_at(*target.statement, config, inputs).assumptions)
    s.hypotheses.push_back({a.name, a.detail, a.holds, a.margin, false});
  s.lineage = std::move(lineage);
  return s;
}

std::string to_json(const StoredChance& s) {
  const ChanceCase& c = s.values;
  const ChanceTest& t = s.test;
  ordered_json values, hypotheses = ordered_json::array();
  for (const auto& [key, value] : c.values) values[key] = numeric::to_string(value);
  for (const Hypothesis& h : s.hypotheses) hypotheses.push_back(hypothesis(h));
  const ordered_json root = {{"format", "escapement-runs/1"},
                             {"claim",
                              {{"id", c.claim},
                               {"clause", c.clause},
                               {"reading", c.reading},
                               {"constant", numeric::to_string(c.constant)},
                               {"text", s.text}}},
                             {"configuration", values},
                             {"hash", content_hash(c)},
                             {"summary", s.summary},
                             {"degenerate", s.degenerate},
                             {"test",
                              {{"bound", t.bound},
                               {"alpha", shortest(t.alpha)},
                               {"confirmation", t.confirmation},
                               {"seed", std::to_string(t.streams.seed)},
                               {"replica", t.streams.replica},
                               {"most", t.most},
                               {"trials", t.trials},
                               {"failures", t.failures},
                               {"ambiguous", t.ambiguous},
                               {"log10_e", shortest(t.log10_e)},
                               {"low", shortest(t.low)},
                               {"high", shortest(t.high)}}},
                             {"hypotheses", hypotheses},
                             {"lineage",
                              {{"kind", s.lineage.kind},
                               {"seed", s.lineage.seed},
                               {"parent", s.lineage.parent},
                               {"round", s.lineage.round},
                               {"shrinks", s.lineage.shrinks}}}};
  return root.dump(1) + "\n";
}

std::filesystem::path write_chance(const std::filesystem::path& directory, const StoredChance& stored) {
  const std::filesystem::path file = directory / file_name(stored.values);
  check_replaceable(file, "escapement-runs/1");
  write_atomically(file, to_json(stored));
  return file;
}

}  // namespace escapement::hunt
