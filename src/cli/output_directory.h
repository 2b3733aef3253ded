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
  // Removes what was not committed, and the directory if this made it and it is empty.
  ~OutputDirectory();
  OutputDirectory(const OutputDirectory&) = delete;
  OutputDirectory& operator=(const OutputDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void write(const std::string& name,
             const std::string& text);  // throws config::InputError (a full disk, ...)
  void commit();                        // all staged files get their names

 private:
  std::filesystem::path path_;
  bool created_ = false;
  std::vector<std::pair<std::filesystem::path, std::filesystem::path>> staged_;  // temporary, final
};

}  // namespace escapement::cli
