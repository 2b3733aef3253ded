// The report: one HTML file that needs nothing else. No script, no request: a policy in the file forbids both.
#pragma once

#include <string>

#include "escapement/report/contents.h"

namespace escapement::report {

struct PageRequest {
  std::string command_line;              // that made the page
  std::vector<std::string> directories;  // that it shows
};

std::string html_page(const Contents& contents, const PageRequest& request);

// The style sheet.
extern const char* const kPageStyle;

}  // namespace escapement::report
