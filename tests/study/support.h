// A study asked in a test: its settings under `sets`, on two threads.
#pragma once

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/judge/engine_laboratory.h"
#include "escapement/study/registry.h"

namespace escapement::test {

inline study::Result conducted(const std::string& name, const std::vector<std::string>& sets = {},
                               unsigned threads = 2) {
  const study::Study& study = study::find_study(name);
  study::Task task;
  task.config = study::configure(study, sets, {});
  task.quick = true;
  task.threads = threads;
  judge::EngineLaboratory laboratory(threads, 0, {});
  return study::conduct(study, task, laboratory);
}

inline std::size_t column(const study::Result& result, const std::string& name) {
  for (std::size_t i = 0; i < result.columns.size(); ++i)
    if (result.columns[i].name == name) return i;
  FAIL("no column " + name);
  return 0;
}

inline double number(const study::Result& result, const study::Row& row, const std::string& name) {
  return std::stod(row[column(result, name)]);
}

// The rows in which these columns hold these texts.
inline std::vector<study::Row> rows_with(const study::Result& result,
                                         const std::vector<std::pair<std::string, std::string>>& where) {
  std::vector<study::Row> found;
  for (const study::Row& row : result.findings.rows) {
    bool fits = true;
    for (const auto& [name, text] : where) fits = fits && row[column(result, name)] == text;
    if (fits) found.push_back(row);
  }
  REQUIRE(!found.empty());
  return found;
}

inline const study::Fit& fit(const study::Result& result, const std::string& name) {
  for (const study::Fit& f : result.findings.fits)
    if (f.name == name) return f;
  FAIL("no fit " + name);
  throw 0;
}

}  // namespace escapement::test
