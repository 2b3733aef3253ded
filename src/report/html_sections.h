// The sections of the page. Each is empty where there is nothing to show.
#pragma once

#include <string>
#include <vector>

#include "escapement/report/contents.h"
#include "escapement/report/html_parts.h"

namespace escapement::report {

// Where each verdict is: its statement's section and its own article.
struct Place {
  std::string section, row;
};
std::vector<Place> places_of(const Contents& contents, Anchors& anchors);  // one for each verdict

std::string verdict_table_html(const Contents& contents, const std::vector<Place>& places);
std::string how_to_read_html();

struct Section {
  std::string anchor, title, html;
};
// A section for each statement that has a verdict or a map, in order of appearance.
std::vector<Section> statement_sections(const Contents& contents, const std::vector<Place>& places,
                                        Anchors& anchors);
std::vector<Section> run_sections(const Contents& contents, Anchors& anchors);
std::vector<Section> study_sections(const Contents& contents, Anchors& anchors);

}  // namespace escapement::report
