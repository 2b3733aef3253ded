#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "escapement/report/html_sections.h"
#include "escapement/report/html_verdict.h"
#include "escapement/report/map_figure.h"
#include "escapement/report/markup.h"
#include "escapement/report/outcome_style.h"
#include "escapement/report/verdict_table.h"

namespace escapement::report {

using theory::ValidityMap;
using theory::Verdict;

namespace {

std::string map_html(const ValidityMap& map, const std::string& id) {
  const std::string name = (map.clause.empty() ? "" : map.clause + ", ") + map.reading;
  const std::string plane = map.y_key.empty() ? map.x_key : map.x_key + " and " + map.y_key;
  std::string out = fmt::format("<article class=\"map\">\n<h3>Validity map over {}: {}</h3>\n",
                                html_text(plane), html_text(name));
  const std::string caption = fmt::format(
      "{}. In brackets: points judged, {} in all, finer where something changes; a cell says its values when "
      "pointed at.",
      html_text(map.claim), map.points.size());
  out += map.points.empty() ? "<p>No point was judged.</p>\n" : figure_html(map_svg(map, id), caption);
  return out + details_html("Other parameters", parameters_html(map.parameters)) +
         command_html(map.reproduce) + "</article>\n";
}

}  // namespace

std::vector<Place> places_of(const Contents& contents, Anchors& anchors) {
  std::map<std::string, std::string> sections;
  std::vector<Place> places;
  for (const Verdict& v : contents.verdicts) {
    std::string& section = sections[v.statement];
    if (section.empty()) section = anchors.unique(v.statement);
    places.push_back({section, anchors.unique(v.statement + " " + v.clause + " " + v.reading)});
  }
  return places;
}

std::string verdict_table_html(const Contents& contents, const std::vector<Place>& places) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Verdict& v = contents.verdicts[i];
    const VerdictRow row = verdict_row(v);
    const std::string inside = fmt::format("<span class=\"inside-{0}\">{0}</span>", row.inside);
    rows.push_back({fmt::format("<a href=\"#{}\">{}</a>", places[i].section, html_text(v.statement)),
                    html_text(v.clause),
                    fmt::format("<a href=\"#{}\">{}</a>", places[i].row, html_text(v.reading)), inside,
                    outcome_html(v.outcome), html_text(row.evidence), number_html(v.measured),
                    number_html(v.bound), html_number(row.error_probability)});
  }
  if (rows.empty()) return "";
  return table_html({"statement", "clause", "reading", "inside", "outcome", "evidence", "measured", "bound",
                     "error probability"},
                    rows, 6, "verdicts");
}

std::string how_to_read_html() {
  std::string out =
      "<p>A verdict is an outcome at given parameters, with what it rests on. <em>Reading</em>: "
      "<q>literal</q> is what is printed, any other is a named repair. <em>Inside</em>: whether the "
      "parameters meet all that the statement assumes; outside of that a violation refutes nothing.</p>\n"
      "<div class=\"columns\"><div><h3>Outcomes</h3>\n<dl>\n";
  for (const theory::Outcome outcome : kOutcomes)
    out += "<dt>" + outcome_html(outcome) + "</dt><dd>" + style_of(outcome).meaning + "</dd>\n";
  out += "</dl></div><div><h3>Evidence</h3>\n<dl>\n";
  for (const theory::Evidence evidence : kEvidence)
    out += "<dt>" + to_string(evidence) + "</dt><dd>" + meaning_of(evidence) + "</dd>\n";
  return out + "</dl></div></div>\n";
}

std::vector<Section> statement_sections(const Contents& contents, const std::vector<Place>& places,
                                        Anchors& anchors) {
  std::vector<Section> sections;
  const auto section_of = [&](const std::string& statement, const std::string& anchor) -> Section& {
    const auto found = std::find_if(sections.begin(), sections.end(),
                                    [&](const Section& s) { return s.title == statement; });
    if (found != sections.end()) return *found;
    sections.push_back({anchor.empty() ? anchors.unique(statement) : anchor, statement, ""});
    return sections.back();
  };
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Verdict& v = contents.verdicts[i];
    section_of(v.statement, places[i].section).html += verdict_html(v, places[i].row);
  }
  for (const ValidityMap& map : contents.maps)
    section_of(map.statement, "").html += map_html(map, anchors.unique("map"));
  return sections;
}

}  // namespace escapement::report
