// What was finished, on disk: `rank-R.journal`, one line a unit, appended by its rank alone as soon as the unit is done. A
// process killed at any moment leaves whole lines and at most one torn one at the end, which does not count.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

namespace escapement::cluster {

class Journal {
 public:
  // `question`: all that results depend on, in any words; its hash stands in the file's first line. Writes nothing yet.
  Journal(std::filesystem::path directory, int rank, const std::string& question);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // Any thread. Neither text has a line break, `unit` no ';'. Throws Failed where that cannot be written.
  void add(const std::string& unit, const std::string& result);

 private:
  void open();

  std::filesystem::path path_;
  std::string head_;
  std::mutex mutex_;
  int file_ = -1;
  std::chrono::steady_clock::time_point synchronised_;
};

// The results by unit of every rank's journal in the directory, which need not exist. Throws Failed if one is of another
// question or version, or damaged elsewhere than at its end.
std::map<std::string, std::string> read_journals(const std::filesystem::path& directory,
                                                 const std::string& question);

// The folder of journals inside an output folder. No other program is likely to use this name.
inline constexpr const char* kJournalFolder = "escapement-journal";

// Returns whether there is a journal. Throws Failed that names the first entry of the folder that is no journal of ours, by
// name and content.
bool check_journals(const std::filesystem::path& directory);
// Removes journals, and the folder if nothing else is in it.
void remove_journals(const std::filesystem::path& directory);

}  // namespace escapement::cluster
