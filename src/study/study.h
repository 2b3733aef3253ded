// A study: a question about small step sizes that is answered by a table, fits and a figure. Adding one is four steps: a
// file in studies/, a test, a line in registry.cpp, a page in docs/studies/ (docs/concepts/study.md).
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "escapement/config/config.h"
#include "escapement/study/findings.h"
#include "escapement/theory/laboratory.h"

namespace escapement::study {

// What a study is asked.
struct Task {
  config::Config config;  // the study's settings, under those of the user
  bool quick = false;     // fewer points and replicas: a few seconds, for a look and for tests
  unsigned threads = 1;   // for what does not go through the laboratory; no result depends on it
  std::function<bool()> interrupted;
  // Called from any thread; may be empty.
  std::function<void(std::size_t done, std::size_t total, const std::string& what)> progress;
};

struct Study {
  std::string name;
  std::string question;                 // one line
  std::vector<config::Entry> settings;  // keys it sets where the user does not
  std::vector<std::string> keys;  // keys that the user may set: what it depends on and does not vary itself
  std::vector<Column> columns;
  std::vector<Axes> figure;
  std::function<Findings(const Task&, theory::Laboratory&)> run;
};

// The configuration: the study's settings, then `sets` (key=value), then the seed. Throws config::InputError, also for a
// key that the study varies or does not depend on.
config::Config configure(const Study& study, const std::vector<std::string>& sets,
                         const std::optional<std::string>& seed);

// Runs it; what is returned does not depend on the number of threads. Checks that every row fits the columns.
Result conduct(const Study& study, const Task& task, theory::Laboratory& laboratory);

// Counts what is done of `total`, from any thread.
class Tally {
 public:
  Tally(const Task& task, std::size_t total);
  void done(const std::string& what);

 private:
  const Task& task_;
  std::size_t total_;
  std::atomic<std::size_t> done_{0};
};

}  // namespace escapement::study
