#include "escapement/report/study_file.h"

#include <cmath>

#include "escapement/report/json_cursor.h"
#include "escapement/report/sealed_file.h"

namespace escapement::report {

using study::Column;
using study::Fit;
using study::Kind;

namespace {

constexpr const char* kFormat = "escapement-study/1";
constexpr std::pair<Kind, const char*> kKinds[] = {
    {Kind::label, "label"}, {Kind::number, "number"}, {Kind::count, "count"}};

const char* name_of(Kind kind) {
  for (const auto& [known, name] : kKinds)
    if (known == kind) return name;
  return "";
}

// Counts are plain numbers where 64 bits hold them, everything else is its text.
Json cell_json(const std::string& cell, Kind kind) {
  if (cell.empty()) return nullptr;
  if (kind == Kind::count && cell.size() < 20) return std::stoull(cell);
  return cell;
}

Json fit_json(const Fit& fit) {
  Json json{{"name", fit.name}, {"estimate", real_json(fit.estimate)}, {"interval", nullptr}};
  if (fit.interval)
    json["interval"] = Json::array({real_json(fit.interval->first), real_json(fit.interval->second)});
  json["basis"] = fit.basis;
  return json;
}

// The members "rows" and "fits", a row and a fit a line.
std::string findings_members(const study::Result& sheet) {
  std::string rows, fits;
  for (const study::Row& row : sheet.findings.rows) {
    Json json = Json::object();
    for (std::size_t i = 0; i < row.size(); ++i)
      json[sheet.columns[i].name] = cell_json(row[i], sheet.columns[i].kind);
    rows += (rows.empty() ? "\n  " : ",\n  ") + dump_line(json);
  }
  for (const Fit& fit : sheet.findings.fits)
    fits += (fits.empty() ? "\n  " : ",\n  ") + dump_line(fit_json(fit));
  return " \"rows\": [" + rows + "\n ],\n \"fits\": [" + fits + "\n ]\n}\n";
}

Column read_column(const JsonCursor& json) {
  json.only({"name", "kind", "meaning"});
  Column column{json.at("name").text(), Kind::label, json.at("meaning").text()};
  const std::string kind = json.at("kind").text();
  for (const auto& [known, name] : kKinds)
    if (kind == name) {
      column.kind = known;
      return column;
    }
  json.at("kind").fail("label, number or count");
}

std::string read_cell(const JsonCursor& json) {
  if (json.is_null()) return "";
  if (json.json().is_number()) return std::to_string(json.count());
  return json.text();
}

Fit read_fit(const JsonCursor& json) {
  json.only({"name", "estimate", "interval", "basis"});
  Fit fit{json.at("name").text(), json.at("estimate").real(), {}, json.at("basis").text()};
  const JsonCursor interval = json.at("interval");
  if (interval.is_null()) return fit;
  const std::vector<JsonCursor> ends = interval.entries();
  if (ends.size() != 2) interval.fail("two numbers, or null");
  fit.interval = {ends[0].real(), ends[1].real()};
  return fit;
}

}  // namespace

std::string study_csv(const study::Result& sheet) {
  std::string text;
  for (const Column& column : sheet.columns) text += (text.empty() ? "" : ",") + column.name;
  text += "\n";
  for (const study::Row& row : sheet.findings.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : ",") + row[i];
    text += "\n";
  }
  return text;
}

std::string findings_json(const study::Result& sheet) { return "{\n" + findings_members(sheet); }

std::string study_json(const study::Result& sheet) {
  Json head{{"format", kFormat},   {"version", sheet.version},   {"command", sheet.command},
            {"study", sheet.name}, {"question", sheet.question}, {"quick", sheet.quick},
            {"seed", sheet.seed}};
  head["parameters"] = Json::object();
  for (const auto& [key, value] : sheet.parameters) head["parameters"][key] = value;
  head["columns"] = Json::array();
  for (const Column& column : sheet.columns)
    head["columns"].push_back(
        {{"name", column.name}, {"kind", name_of(column.kind)}, {"meaning", column.meaning}});
  std::string text = dump_json(head);
  text.erase(text.rfind("\n}"));
  return sealed(text + ",\n" + findings_members(sheet));
}

StudySummary parse_study(const std::string& text, const std::string& file) {
  const Json json = parse_json(text, file);
  const JsonCursor root(json, file);
  root.only({"format", "version", "command", "study", "question", "quick", "seed", "parameters", "columns",
             "rows", "fits", "checksum"});
  if (root.at("format").text() != kFormat) root.at("format").fail(std::string("\"") + kFormat + "\"");
  StudySummary summary;
  summary.name = root.at("study").text();
  summary.question = root.at("question").text();
  summary.seed = root.at("seed").text();
  summary.version = root.at("version").text();
  summary.command = root.at("command").text();
  summary.quick = root.at("quick").flag();
  const JsonCursor parameters = root.at("parameters");
  for (const std::string& key : parameters.keys())
    summary.parameters.emplace_back(key, parameters.at(key).text());
  for (const JsonCursor& column : root.at("columns").entries())
    summary.columns.push_back(read_column(column));
  for (const JsonCursor& row : root.at("rows").entries()) {
    study::Row cells;
    for (const Column& column : summary.columns) cells.push_back(read_cell(row.at(column.name)));
    if (row.keys().size() != cells.size()) row.fail("a cell for each column and no other");
    summary.findings.rows.push_back(std::move(cells));
  }
  for (const JsonCursor& fit : root.at("fits").entries()) summary.findings.fits.push_back(read_fit(fit));
  return summary;
}

StudySummary read_study(const std::filesystem::path& study_json, std::vector<std::string>* unsealed) {
  StudySummary summary = parse_study(read_sealed(study_json, unsealed), study_json.string());
  summary.directory = study_json.parent_path().string();
  // The name comes from a file: only one of our own may lead to another file.
  const bool plain = summary.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos;
  const std::filesystem::path figure = study_json.parent_path() / (summary.name + ".svg");
  std::error_code ignored;
  if (plain && std::filesystem::exists(figure, ignored)) summary.figures.push_back(read_picture(figure));
  return summary;
}

}  // namespace escapement::report
