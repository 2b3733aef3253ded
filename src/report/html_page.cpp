#include "escapement/report/html_page.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/report/html_sections.h"
#include "escapement/report/markup.h"
#include "escapement/report/outcome_style.h"

namespace escapement::report {

namespace {

std::string counts_html(const Contents& contents) {
  std::string out;
  for (const theory::Outcome outcome : kOutcomes) {
    const auto n = std::count_if(contents.verdicts.begin(), contents.verdicts.end(),
                                 [&](const theory::Verdict& v) { return v.outcome == outcome; });
    if (n > 0) out += fmt::format("<li><strong>{}</strong> {}</li>\n", n, outcome_html(outcome));
  }
  return out.empty() ? out : "<ul class=\"counts\">\n" + out + "</ul>\n";
}

std::string section_html(const Section& s) {
  return fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n{}</section>\n", s.anchor, html_text(s.title),
                     s.html);
}

std::string provenance_html(const PageRequest& request) {
  std::string directories;
  for (const std::string& directory : request.directories)
    directories += (directories.empty() ? "<code>" : ", <code>") + html_text(directory) + "</code>";
  return facts_html({{"made by", "escapement " ESCAPEMENT_VERSION}, {"from", directories}}) +
         command_html(request.command_line) +
         "<p>Every row has its own command: it gives that row again, the same bytes for the same seed.</p>\n";
}

}  // namespace

std::string html_page(const Contents& contents, const PageRequest& request) {
  Anchors anchors;
  for (const char* ours : {"top", "verdicts", "how-to-read", "provenance"}) anchors.unique(ours);
  const std::vector<Place> places = places_of(contents, anchors);
  std::vector<Section> sections;
  if (!contents.verdicts.empty()) {
    sections.push_back(
        {"verdicts", "Verdicts", counts_html(contents) + verdict_table_html(contents, places)});
  }
  if (!contents.verdicts.empty() || !contents.maps.empty())
    sections.push_back({"how-to-read", "How to read a verdict", how_to_read_html()});
  for (Section& s : statement_sections(contents, places, anchors)) sections.push_back(std::move(s));
  for (Section& s : run_sections(contents, anchors)) sections.push_back(std::move(s));
  for (Section& s : study_sections(contents, anchors)) sections.push_back(std::move(s));
  sections.push_back({"provenance", "Provenance", provenance_html(request)});

  std::string nav, body;
  for (const Section& s : sections) {
    nav += fmt::format("<a href=\"#{}\">{}</a>\n", s.anchor, html_text(s.title));
    body += section_html(s);
  }
  const char* title = "Verdicts on the statements";
  if (contents.verdicts.empty() && contents.maps.empty())
    title = contents.runs.empty() && !contents.studies.empty() ? "Studies" : "Runs";
  return fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="generator" content="escapement">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>{0} – escapement</title>
<style>
{1}</style>
</head>
<body>
<header id="top">
<p class="brand">escapement</p>
<h1>{0}</h1>
<nav>
{2}</nav>
</header>
<main>
{3}</main>
</body>
</html>
)",
                     title, kPageStyle, nav, body);
}

}  // namespace escapement::report
