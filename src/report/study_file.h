// study.json: a study's table and fits with where they come from, and the CSV table that its figure is drawn from
// (docs/formats.md).
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "escapement/report/run_summary.h"
#include "escapement/study/findings.h"

namespace escapement::report {

std::string study_csv(const study::Result& sheet);
std::string study_json(const study::Result& sheet);  // the file
std::string findings_json(
    const study::Result& sheet);  // {"rows": ..., "fits": ...}, what `study --json` prints

// What study.json says, for a page. Texts as they are in the file.
struct StudySummary {
  std::string directory, name, question, seed, version, command;
  bool quick = false;
  std::vector<std::pair<std::string, std::string>> parameters;
  std::vector<study::Column> columns;
  study::Findings findings;
  std::vector<Picture> figures;  // NAME.svg, where it is
};

// Strict: throws config::InputError with file, place and what was expected there. From memory without its place and figures.
StudySummary parse_study(const std::string& text, const std::string& file);
StudySummary read_study(const std::filesystem::path& study_json,
                        std::vector<std::string>* unsealed = nullptr);

}  // namespace escapement::report
