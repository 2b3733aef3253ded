#include "escapement/cli/hunt_report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace escapement::cli {

using hunt::StoredCase;
using nlohmann::ordered_json;
using numeric::Exact;
using numeric::Truth;

namespace {

constexpr std::size_t kLongNumber = 24;

std::string number(const Exact& x) {
  const std::string text = numeric::to_string(x);
  return text.size() <= kLongNumber ? text : text.substr(0, kLongNumber - 3) + "...";
}

std::string vector_text(const std::vector<Exact>& v, std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t j = first; j < first + count; ++j) text += (text.empty() ? "" : ", ") + number(v[j]);
  return "(" + text + ")";
}

std::string copies(const std::vector<numeric::BigInt>& list, std::size_t i) {
  if (list.empty() || list[i] == 1) return "";
  const std::string text = list[i].str();
  return "  times " + (text.size() > kLongNumber ? fmt::format("about 10^{}", text.size() - 1) : text);
}

std::optional<hunt::RefutedConstants> refuted_by(const hunt::Target& target, const hunt::Find& find) {
  if (find.stored.rung != hunt::Rung::certified) return std::nullopt;
  return hunt::refuted_constants(target, find.stored.values);
}

// Without the file: what a row of JSON says of one find.
ordered_json find_json(const hunt::Target& target, const hunt::Find& find) {
  const StoredCase& s = find.stored;
  ordered_json entry = {{"kind", s.lineage.kind},
                        {"rung", to_string(s.rung)},
                        {"degenerate", !s.degenerate.empty()},
                        {"case", find.file.empty() ? ordered_json() : ordered_json(find.file.string())},
                        {"summary", hunt::summary(s.values)},
                        {"left", s.left},
                        {"right", s.right},
                        {"margin", s.margin}};
  add_refuted(entry, refuted_by(target, find));
  return entry;
}

}  // namespace

std::string case_text(const StoredCase& s) {
  const hunt::Case& c = s.values;
  const std::size_t d = c.d();
  std::string text = fmt::format("    {}\n", hunt::summary(c));
  if (c.constant != 1) text += fmt::format("    constant of O(.): {}\n", number(c.constant));
  text += fmt::format("    theta* = {}\n", vector_text(c.theta_star, 0, d));
  for (std::size_t k = 0; k < c.inputs.size(); ++k)
    text +=
        fmt::format("    x_{} = {}{}\n", k + 1, vector_text(c.inputs[k], 0, d), copies(c.input_copies, k));
  for (std::size_t i = 0; i < c.rows.size(); ++i)
    text += fmt::format("    w_{} = {}, a_{} = {}{}\n", i + 1, vector_text(c.rows[i], 0, d), i + 1,
                        number(c.rows[i][d]), copies(c.row_copies, i));
  for (std::size_t t = 0; t < c.samples.size() && t < 8; ++t)
    text += fmt::format("    step {}: sample {}, noise {}sigma\n", t, c.samples[t] + 1,
                        c.noise[t] > 0 ? "+" : "-");
  if (!s.probability.empty())
    text += fmt::format("    probability of the box of starts: {}\n", s.probability);
  if (!s.degenerate.empty()) text += fmt::format("    degenerate: {}\n", s.degenerate);
  std::string holds, fails;
  for (const hunt::Hypothesis& h : s.hypotheses) {
    std::string& list = h.holds == Truth::yes ? holds : fails;
    list += (list.empty() ? "" : ", ") + h.name;
  }
  if (!holds.empty()) text += "    holds: " + holds + "\n";
  if (!fails.empty()) text += "    does not hold: " + fails + "\n";
  return text;
}

namespace {

std::string text_of(const HuntedRow& row) {
  const hunt::Hunted& h = row.hunted;
  std::string text = fmt::format("{}: {}\n", row.target->name(), row.target->text);
  for (const hunt::Find& find : h.finds) {
    text += fmt::format("  {} ({}){}\n", find.stored.lineage.kind, to_string(find.stored.rung),
                        find.file.empty() ? "" : ": " + find.file.string());
    text += case_text(find.stored);
    text += fmt::format("    {} > {}\n", find.stored.left, find.stored.right);
    text += refuted_line(refuted_by(*row.target, find));
  }
  for (const hunt::Border& b : row.borders)
    text += fmt::format("  border along {}: this case violates the claim at {} and meets it at {} ({})\n",
                        row.frontier_key, number(b.fails), number(b.holds), b.summary);
  if (!row.frontier_key.empty() && row.borders.empty() && !h.finds.empty())
    text += fmt::format("  no border along {}: the case violates the claim at every value tried\n",
                        row.frontier_key);
  if (h.finds.empty())
    text += fmt::format("  no counterexample among {} instances evaluated in {} rounds, {:.1f} s",
                        h.evaluations, h.rounds, h.seconds);
  else
    text +=
        fmt::format("  {} instances evaluated in {} rounds, {:.1f} s", h.evaluations, h.rounds, h.seconds);
  if (h.interrupted) text += "; interrupted";
  text += "\n";
  if (h.finds.empty() && h.best > hunt::kNoScore) {
    text += fmt::format("  the largest margin, by enclosures, is {:.3g} (a violation is above 0)", h.best);
    text += h.nearest ? " at " + hunt::summary(*h.nearest) + "\n" : "\n";
  }
  if (h.cleared > 0)
    text += fmt::format("  {} of double precision cleared: no violation in MPFR or in an enclosure\n",
                        h.cleared == 1 ? "1 suspect" : fmt::format("{} suspects", h.cleared));
  return text;
}

ordered_json json_of(const HuntedRow& row) {
  const hunt::Hunted& h = row.hunted;
  ordered_json entry = {{"statement", row.target->id},
                        {"clause", row.target->clause},
                        {"reading", row.target->reading},
                        {"found", !h.finds.empty()}};
  entry["seconds"] = h.seconds;
  entry["seconds_to_first"] = h.finds.empty() ? ordered_json() : ordered_json(h.seconds_to_first);
  entry["evaluations"] = h.evaluations;
  entry["rounds"] = h.rounds;
  entry["suspects_cleared"] = h.cleared;
  entry["best_margin"] = h.best > hunt::kNoScore ? ordered_json(h.best) : ordered_json();
  entry["finds"] = ordered_json::array();
  for (const hunt::Find& find : h.finds) entry["finds"].push_back(find_json(*row.target, find));
  entry["frontier"] = borders_json(row.frontier_key, row.borders);
  return entry;
}

template <class Row>
std::string line_of(const Row& row) {
  return ordered_json({{"row", json_of(row)}, {"text", text_of(row)}})
      .dump(-1, ' ', false, ordered_json::error_handler_t::replace);  // a path may be no text
}

ordered_json row_of(const std::string& line) { return ordered_json::parse(line).at("row"); }

}  // namespace

std::string hunted_line(const HuntedRow& row) { return line_of(row); }
std::string hunted_line(const HuntedRuns& row) { return line_of(row); }

std::string hunted_text(const std::string& line) {
  return ordered_json::parse(line).at("text").get<std::string>();
}

bool hunted_found(const std::string& line) { return row_of(line).at("found").get<bool>(); }

std::string hunted_json(const std::vector<std::string>& lines) {
  ordered_json list = ordered_json::array();
  ordered_json first;  // the first honest find, else the first
  double seconds = 0;
  for (const std::string& line : lines) {
    list.push_back(row_of(line));
    seconds += list.back().at("seconds").get<double>();
    for (const ordered_json& find : list.back().at("finds"))
      if (first.is_null() || (first.at("degenerate") == true && find.at("degenerate") == false)) first = find;
  }
  ordered_json root = {{"found", !first.is_null()}};
  for (const char* key : {"rung", "degenerate", "case"})
    root[key] = first.is_null() ? ordered_json() : first.at(key);
  root["seconds"] = seconds;
  root["rows"] = std::move(list);
  return root.dump(1) + "\n";
}

}  // namespace escapement::cli
