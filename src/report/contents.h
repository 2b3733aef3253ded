// What a directory of outputs holds, as far as a report knows it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escapement/report/run_summary.h"
#include "escapement/report/study_file.h"
#include "escapement/theory/verdict.h"

namespace escapement::report {

struct Contents {
  std::vector<theory::Verdict> verdicts;
  std::vector<theory::ValidityMap> maps;
  std::vector<RunSummary> runs;
  std::vector<StudySummary> studies = {};
  std::vector<std::string> unsealed = {};  // files without a checksum
};

// Adds what lies in `directory`: each of the known files that is there, and of a sweep the runs in its folders. Throws
// config::InputError where nothing known is there, or where a file of these names is damaged.
void read_contents(const std::filesystem::path& directory, Contents& contents);

// The files that read_contents looks for, for messages: "verdicts.json, map.json, ...".
std::string known_files();

}  // namespace escapement::report
