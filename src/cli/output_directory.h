// Files of one command in its output folder: written under temporary names, given their own only when all are complete. The
// folder is locked meanwhile, and nothing in it is replaced or removed that is not ours.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "escapement/cli/output_lock.h"
#include "escapement/cli/output_record.h"

namespace escapement::cli {

class OutputDirectory {
 public:
  // Creates the folder if it is missing, checks that files can be written in it, and locks it. `command`: "run", "check",
  // ...: a command replaces what it wrote there before. Throws config::InputError.
  OutputDirectory(std::filesystem::path path, std::string command, bool take_over);
  // Removes what was not committed, the lock, and of the folders that this made those that are empty.
  ~OutputDirectory();
  OutputDirectory(const OutputDirectory&) = delete;
  OutputDirectory& operator=(const OutputDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }

  // Names are relative to the folder. Throws config::InputError if a file of one of these names is not ours.
  void claim(const std::vector<std::string>& names) const { record_->check(command_, names); }
  // Throws config::InputError (a full disk, ...).
  void write(const std::string& name, const std::string& text);
  // Removes, the first time, all that this command wrote here before; then all staged files get their names.
  void commit();
  // Before others draw figures of these names.
  void expect_figures(const std::vector<std::string>& names);

 private:
  struct Staged {
    std::filesystem::path temporary;
    std::string name, sum;
  };
  void make(const std::filesystem::path& folder);
  void remove_created();

  std::filesystem::path path_;
  std::string command_;
  std::vector<std::filesystem::path> created_;  // innermost first
  std::optional<OutputLock> lock_;
  std::optional<OutputRecord> record_;
  std::vector<Staged> staged_;
  bool committed_ = false;
};

// Writes a file under a temporary name and renames it. Throws config::InputError.
void write_whole(const std::filesystem::path& file, const std::string& text);

}  // namespace escapement::cli
