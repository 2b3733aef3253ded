#include <fmt/format.h>

#include "escapement/report/html_sections.h"
#include "escapement/report/markup.h"

namespace escapement::report {

namespace {

std::string real_html(double value) { return number_html(fmt::format("{:.6g}", value)); }

std::string fits_html(const std::vector<study::Fit>& fits) {
  std::vector<std::vector<std::string>> rows;
  for (const study::Fit& fit : fits)
    rows.push_back(
        {html_text(fit.name), html_text(fit.basis), real_html(fit.estimate),
         fit.interval ? real_html(fit.interval->first) + " to " + real_html(fit.interval->second) : ""});
  return rows.empty() ? "" : table_html({"fit", "from", "estimate", "interval"}, rows, 2);
}

std::string rows_html(const StudySummary& study) {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  for (const study::Column& column : study.columns) header.push_back(column.name);
  for (const study::Row& row : study.findings.rows) {
    std::vector<std::string> cells;
    for (const std::string& cell : row) cells.push_back(number_html(cell));
    rows.push_back(std::move(cells));
  }
  return table_html(header, rows, header.size());
}

}  // namespace

std::vector<Section> study_sections(const Contents& contents, Anchors& anchors) {
  std::vector<Section> sections;
  for (const StudySummary& study : contents.studies) {
    std::string html = fmt::format("<p>{}</p>\n", html_text(study.question));
    if (study.quick) html += "<p>A quick run: few points, for a look only.</p>\n";
    for (const Picture& picture : study.figures)
      html += figure_html(image_html(picture.name, picture.svg), html_text(picture.name));
    html += fits_html(study.findings.fits);
    Facts columns;
    for (const study::Column& column : study.columns)
      columns.emplace_back(column.name, html_text(column.meaning));
    html += details_html(fmt::format("Table: {} rows", study.findings.rows.size()),
                         facts_html(columns) + rows_html(study));
    Facts facts{{"seed", html_text(study.seed)}, {"version", html_text(study.version)}};
    html += details_html("Parameters", parameters_html(study.parameters) + facts_html(facts)) +
            command_html(study.command);
    sections.push_back({anchors.unique("study " + study.name), "Study " + study.name, html});
  }
  return sections;
}

}  // namespace escapement::report
