#include "escapement/report/map_file.h"

#include "escapement/report/json_cursor.h"
#include "escapement/report/sealed_file.h"

namespace escapement::report {

namespace {

constexpr std::uint64_t kDeepestLevel = 64;

Json pairs_json(const std::vector<theory::Parameter>& pairs) {
  Json json = Json::object();
  for (const auto& [key, value] : pairs) json[key] = value;
  return json;
}

std::vector<theory::Parameter> read_pairs(const JsonCursor& json) {
  std::vector<theory::Parameter> pairs;
  for (const std::string& key : json.keys()) pairs.emplace_back(key, json.at(key).text());
  return pairs;
}

Json point_json(const theory::MapPoint& p, bool plane) {
  Json json{{"x", p.x}};
  if (plane) json["y"] = p.y;
  json["outcome"] = to_string(p.outcome);
  json["inside"] = truth_json(p.inside);
  json["bound"] = p.bound;
  json["measured"] = p.measured;
  json["level"] = p.level;
  return json;
}

std::string read_value(const JsonCursor& json, bool logarithmic) {
  if (json.exact() <= 0 && logarithmic) json.fail("a positive number, since the axis is logarithmic");
  return json.text();
}

theory::MapPoint read_point(const JsonCursor& json, const ValidityMap& map) {
  theory::MapPoint p;
  json.only({"x", "y", "outcome", "inside", "bound", "measured", "level"});
  p.x = read_value(json.at("x"), map.x_log);
  if (!map.y_key.empty()) p.y = read_value(json.at("y"), map.y_log);
  if (map.y_key.empty() && json.has("y")) json.at("y").fail("no y where there is one key");
  const auto outcome = theory::outcome_of(json.at("outcome").text());
  if (!outcome) json.at("outcome").fail("holds, supported, violated, vacuous or undecided");
  p.outcome = *outcome;
  p.inside = json.at("inside").truth();
  p.bound = json.at("bound").text();
  p.measured = json.at("measured").text();
  const std::uint64_t level = json.at("level").count();
  if (level > kDeepestLevel) json.at("level").fail("a level of at most 64");
  p.level = static_cast<unsigned>(level);
  return p;
}

ValidityMap read_map(const JsonCursor& json) {
  json.only({"statement", "clause", "reading", "claim", "x_key", "x_log", "y_key", "y_log", "parameters",
             "marked", "reproduce", "points"});
  ValidityMap map;
  map.statement = json.at("statement").text();
  map.clause = json.at("clause").text();
  map.reading = json.at("reading").text();
  map.claim = json.at("claim").text();
  map.x_key = json.at("x_key").text();
  if (map.x_key.empty()) json.at("x_key").fail("the name of a key");
  map.x_log = json.at("x_log").flag();
  map.y_key = json.at("y_key").text();
  map.y_log = json.at("y_log").flag();
  map.parameters = read_pairs(json.at("parameters"));
  const JsonCursor marked = json.at("marked");
  for (const std::string& key : marked.keys()) {
    if (key != map.x_key && (key != map.y_key || key.empty())) marked.at(key).fail("one of the map's keys");
    map.marked.emplace_back(key, read_value(marked.at(key), key == map.x_key ? map.x_log : map.y_log));
  }
  map.reproduce = json.at("reproduce").text();
  for (const JsonCursor& point : json.at("points").entries()) map.points.push_back(read_point(point, map));
  return map;
}

}  // namespace

// A point takes one line: maps have thousands.
std::string map_json(const std::vector<ValidityMap>& maps) {
  std::string text = "[";
  for (const ValidityMap& m : maps) {
    Json one{{"statement", m.statement}, {"clause", m.clause}, {"reading", m.reading}, {"claim", m.claim},
             {"x_key", m.x_key},         {"x_log", m.x_log},   {"y_key", m.y_key},     {"y_log", m.y_log}};
    one["parameters"] = pairs_json(m.parameters);
    one["marked"] = pairs_json(m.marked);
    one["reproduce"] = m.reproduce;
    std::string head = dump_json(one), points;
    head.erase(head.rfind("\n}"));
    for (const theory::MapPoint& p : m.points)
      points += (points.empty() ? "\n  " : ",\n  ") + dump_line(point_json(p, !m.y_key.empty()));
    text += (&m == &maps.front() ? "\n" : ",\n") + head + ",\n \"points\": [" + points + "\n ]\n}";
  }
  return text + "\n]\n";
}

std::string map_file(const std::string& head, const std::vector<ValidityMap>& maps) {
  return sealed_list(head, "maps", map_json(maps));
}

std::vector<ValidityMap> parse_maps(const std::string& text, const std::string& file) {
  const Json json = parse_json(text, file);
  std::vector<ValidityMap> maps;
  for (const JsonCursor& entry : list_of(JsonCursor(json, file), kMapFormat, "maps").entries())
    maps.push_back(read_map(entry));
  return maps;
}

std::vector<ValidityMap> read_maps(const std::filesystem::path& file, std::vector<std::string>* unsealed) {
  return parse_maps(read_sealed(file, unsealed), file.string());
}

}  // namespace escapement::report
