#include "escapement/cli/chance_report.h"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace escapement::cli {

using hunt::StoredChance;
using nlohmann::ordered_json;
using numeric::Truth;

namespace {

std::string test_text(const hunt::ChanceTest& t) {
  return fmt::format("{} of {} runs fail{}, the bound is {:.6g}; e-value 10^{:.2f} against 10^{:.2f} needed",
                     t.failures, t.trials, t.ambiguous > 0 ? fmt::format(" ({} undecided)", t.ambiguous) : "",
                     std::stod(t.bound), t.log10_e, -std::log10(t.alpha));
}

ordered_json find_json(const hunt::ChanceTarget& target, const hunt::ChanceFind& find) {
  const StoredChance& s = find.stored;
  ordered_json entry = {{"kind", s.lineage.kind},
                        {"rung", "tested"},
                        {"degenerate", !s.degenerate.empty()},
                        {"case", find.file.empty() ? ordered_json() : ordered_json(find.file.string())},
                        {"summary", s.summary},
                        {"bound", s.test.bound},
                        {"trials", s.test.trials},
                        {"failures", s.test.failures},
                        {"alpha", s.test.alpha},
                        {"log10_e", s.test.log10_e},
                        {"low", s.test.low},
                        {"high", s.test.high}};
  add_refuted(entry, refuted_constants(target, s.values, s.test.low));
  return entry;
}

}  // namespace

void add_refuted(ordered_json& entry, const std::optional<hunt::RefutedConstants>& refuted) {
  entry["refutes_constants_below"] = refuted ? ordered_json(refuted->below) : ordered_json();
  entry["refutes_only_small_constants"] = refuted ? ordered_json(refuted->only_small) : ordered_json();
}

std::string refuted_line(const std::optional<hunt::RefutedConstants>& refuted) {
  return refuted ? fmt::format("    {}\n", refuted->text()) : "";
}

std::string chance_text(const StoredChance& s) {
  std::string text = fmt::format("    {}\n", s.summary);
  if (s.values.constant != 1)
    text += fmt::format("    constant of O(.): {}\n", numeric::to_string(s.values.constant));
  if (!s.degenerate.empty()) text += fmt::format("    degenerate: {}\n", s.degenerate);
  std::string holds, fails;
  for (const hunt::Hypothesis& h : s.hypotheses) {
    std::string& list = h.holds == Truth::yes ? holds : fails;
    list += (list.empty() ? "" : ", ") + h.name;
  }
  if (!holds.empty()) text += "    holds: " + holds + "\n";
  if (!fails.empty()) text += "    does not hold: " + fails + "\n";
  return text +
         fmt::format("    {}; P(fail) in [{:.4g}, {:.4g}]\n", test_text(s.test), s.test.low, s.test.high);
}

std::string text_of(const HuntedRuns& row) {
  const hunt::ChanceHunted& h = row.hunted;
  std::string text = fmt::format("{}: {}\n", row.target->name(), row.target->text());
  for (const hunt::ChanceFind& find : h.finds) {
    text += fmt::format("  {} (tested on fresh streams){}\n", find.stored.lineage.kind,
                        find.file.empty() ? "" : ": " + find.file.string());
    text += chance_text(find.stored);
    text += refuted_line(refuted_constants(*row.target, find.stored.values, find.stored.test.low));
  }
  for (const hunt::Border& b : row.borders)
    text +=
        fmt::format("  border along {}: a test refutes the bound at {} and a test supports it at {} ({})\n",
                    row.frontier_key, numeric::to_string(b.fails), numeric::to_string(b.holds), b.summary);
  if (!row.frontier_key.empty() && row.borders.empty() && !h.finds.empty())
    text += fmt::format("  no border along {}: no test supports the bound at any value tried\n",
                        row.frontier_key);
  if (h.configurations == 0 && h.finds.empty())
    return text + fmt::format("  no configuration that runs can test meets what is required, {:.1f} s{}\n",
                              h.seconds, h.interrupted ? "; interrupted" : "");
  text += h.finds.empty() ? "  no counterexample among " : "  ";
  text += fmt::format("{} configurations in {} runs, {} rounds, {} tests on fresh streams, {:.1f} s{}\n",
                      h.configurations, h.trials, h.rounds, h.confirmations, h.seconds,
                      h.interrupted ? "; interrupted" : "");
  if (h.finds.empty() && h.best > hunt::kNoScore)
    text += fmt::format(
        "  the largest margin (p - q)/(p + q) of the search, counted on its own streams and not confirmed, "
        "is "
        "{:.3g} at {}\n",
        h.best, h.nearest);
  if (h.cleared > 0)
    text += fmt::format("  {} of the search not confirmed: the test on fresh streams found no violation\n",
                        h.cleared == 1 ? "1 suspect" : fmt::format("{} suspects", h.cleared));
  return text;
}

ordered_json borders_json(const std::string& key, const std::vector<hunt::Border>& borders) {
  ordered_json list = ordered_json::array();
  for (const hunt::Border& b : borders)
    list.push_back({{"key", key},
                    {"fails", numeric::to_string(b.fails)},
                    {"holds", numeric::to_string(b.holds)},
                    {"summary", b.summary}});
  return list;
}

ordered_json json_of(const HuntedRuns& row) {
  const hunt::ChanceHunted& h = row.hunted;
  ordered_json entry = {{"statement", row.target->statement->id},
                        {"clause", row.target->claim->clause},
                        {"reading", row.target->claim->reading},
                        {"found", !h.finds.empty()}};
  entry["seconds"] = h.seconds;
  entry["seconds_to_first"] = h.finds.empty() ? ordered_json() : ordered_json(h.seconds_to_first);
  entry["evaluations"] = h.configurations;
  entry["trials"] = h.trials;
  entry["rounds"] = h.rounds;
  entry["confirmations"] = h.confirmations;
  entry["suspects_cleared"] = h.cleared;
  entry["best_margin"] = h.best > hunt::kNoScore ? ordered_json(h.best) : ordered_json();
  entry["nearest"] = h.nearest;
  entry["finds"] = ordered_json::array();
  for (const hunt::ChanceFind& find : h.finds) entry["finds"].push_back(find_json(*row.target, find));
  entry["frontier"] = borders_json(row.frontier_key, row.borders);
  return entry;
}

}  // namespace escapement::cli
