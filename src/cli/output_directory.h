// Files of one run: written under temporary names, given their own only when all are complete.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace escapement::cli {

class OutputDirectory {
 public:
  // Creates the directory if it is missing and checks that files can be written in it. Throws config::InputError.
  explicit OutputDirectory(std::filesystem::path path);
  // Removes what was not committed, and of the directories this made those that are empty.
  ~OutputDirectory();
  OutputDirectory(const OutputDirectory&) = delete;
  OutputDirectory& operator=(const OutputDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name,
             const std::string& text);  // throws config::InputError (a full disk, ...)
  // All staged files get their names; those of `ours` that an earlier run left and this one does not write go away.
  void commit(const std::vector<std::string>& ours = {});

 private:
  void remove_created();

  std::filesystem::path path_;
  std::vector<std::filesystem::path> created_;                                   // innermost first
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>> staged_;  // temporary, final
};

}  // namespace escapement::cli
