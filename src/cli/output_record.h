// Which files of an output folder are ours: `.escapement-files`, a line for each with the command that wrote it and the
// checksum of its content. A file that is not listed, or that was changed since, is never removed or replaced.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace escapement::cli {

class OutputRecord {
 public:
  // Reads the record of the folder, if there is one. Throws config::InputError if a file of others has its name.
  explicit OutputRecord(std::filesystem::path directory);

  // Throws config::InputError that names the first file that could be replaced or removed and is not ours as we wrote it:
  // `names` (relative to the folder), and all that the command has listed.
  void check(const std::string& command, const std::vector<std::string>& names) const;

  // Appends lines, before the files get their names. An empty checksum stands for any content: a figure, which its script
  // may draw again at any time.
  void add(const std::string& command, const std::vector<std::pair<std::string, std::string>>& files);

  // Removes the files that this command had listed when the record was read, and the folders that this empties.
  void remove_earlier(const std::string& command) const;
  // Writes the record without them.
  void forget_earlier(const std::string& command);

 private:
  struct Entry {
    std::string command, sum, name;
  };
  bool is_ours(const std::string& name) const;
  static std::string line_of(const Entry& entry);

  std::filesystem::path directory_, file_;
  bool has_format_ = false;  // the list is there, from its first line on
  std::vector<Entry> earlier_, added_;
};

// Whether the file is a page that `check` or `report` wrote, from whatever it was made.
bool is_page(const std::filesystem::path& file);

}  // namespace escapement::cli
