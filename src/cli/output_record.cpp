#include "escapement/cli/output_record.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "escapement/config/input_error.h"
#include "escapement/numeric/checksum.h"

namespace escapement::cli {

namespace fs = std::filesystem;
using config::InputError;

namespace {

constexpr const char* kName = ".escapement-files";
constexpr const char* kFormat = "escapement-files/1";
constexpr const char* kAny = "-";

std::string read_all(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::string& text, std::ios::openmode mode) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | mode);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) throw InputError(path.string(), "", "room to write", std::strerror(errno));
}

bool there(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

}  // namespace

bool is_page(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(file, error))) return false;
  std::string begin(400, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return begin.find("<meta name=\"generator\" content=\"escapement\">") != std::string::npos;
}

std::string OutputRecord::line_of(const Entry& entry) {
  const std::string rest = entry.command + ";" + entry.sum + ";" + entry.name;
  return numeric::checksum(rest) + ";" + rest + "\n";
}

OutputRecord::OutputRecord(fs::path directory) : directory_(std::move(directory)), file_(directory_ / kName) {
  if (!there(file_)) return;
  std::error_code error;
  const bool is_file = fs::is_regular_file(fs::symlink_status(file_, error));
  const std::string text = is_file ? read_all(file_) : "", first = std::string(kFormat) + "\n";
  // A full disk or a kill may have cut the first line: nothing is listed yet.
  if (is_file && text.size() < first.size() && first.starts_with(text)) return;
  std::istringstream lines(text);
  std::string line;
  if (!is_file || !std::getline(lines, line) || line != kFormat)
    throw InputError(file_.string(), "", "the list of files that escapement wrote, or no file of that name");
  has_format_ = true;
  while (std::getline(lines, line)) {
    // A line that is damaged, or cut by a kill, lists nothing: its file counts as one of others.
    const std::size_t hash = line.find(';');
    if (hash == std::string::npos || numeric::checksum(line.substr(hash + 1)) != line.substr(0, hash))
      continue;
    const std::size_t command = line.find(';', hash + 1), sum = line.find(';', command + 1);
    if (sum == std::string::npos) continue;
    earlier_.push_back({line.substr(hash + 1, command - hash - 1),
                        line.substr(command + 1, sum - command - 1), line.substr(sum + 1)});
  }
}

bool OutputRecord::is_ours(const std::string& name) const {
  const fs::path path = directory_ / name;
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(path, error))) return false;
  if (path.extension() == ".html" && is_page(path)) return true;  // `report` may have replaced one of `check`
  std::string sum;
  return std::any_of(earlier_.begin(), earlier_.end(), [&](const Entry& entry) {
    if (entry.name != name) return false;
    if (entry.sum == kAny) return true;
    if (sum.empty()) sum = numeric::checksum(read_all(path));
    return entry.sum == sum;
  });
}

void OutputRecord::check(const std::string& command, const std::vector<std::string>& names) const {
  std::set<std::string> all(names.begin(), names.end()), listed;
  for (const Entry& entry : earlier_) {
    listed.insert(entry.name);
    if (entry.command == command) all.insert(entry.name);
  }
  for (const std::string& name : all)
    if (there(directory_ / name) && !is_ours(name))
      throw InputError(
          (directory_ / name).string(), "",
          fmt::format("no file in the way, and this is {}; move it, or name another folder",
                      listed.count(name) != 0 ? "a result that was changed since"
                                              : "none that this version of escapement wrote here"));
}

void OutputRecord::add(const std::string& command,
                       const std::vector<std::pair<std::string, std::string>>& files) {
  std::string text = has_format_ ? std::string() : std::string(kFormat) + "\n";
  // A line that a kill cut short must not take the next one with it.
  if (text.empty() && added_.empty() && !read_all(file_).ends_with('\n')) text = "\n";
  for (const auto& [name, sum] : files) {
    added_.push_back({command, sum.empty() ? kAny : sum, name});
    text += line_of(added_.back());
  }
  write(file_, text, has_format_ ? std::ios::app : std::ios::trunc);
  has_format_ = true;
}

void OutputRecord::remove_earlier(const std::string& command) const {
  std::error_code ignored;
  for (const Entry& entry : earlier_) {
    if (entry.command != command || !is_ours(entry.name)) continue;
    fs::remove(directory_ / entry.name, ignored);
    for (fs::path folder = fs::path(entry.name).parent_path(); !folder.empty(); folder = folder.parent_path())
      if (!fs::is_empty(directory_ / folder, ignored) || !fs::remove(directory_ / folder, ignored)) break;
  }
}

void OutputRecord::forget_earlier(const std::string& command) {
  std::erase_if(earlier_, [&](const Entry& entry) { return entry.command == command; });
  std::string text = std::string(kFormat) + "\n";
  for (const std::vector<Entry>* entries : {&earlier_, &added_})
    for (const Entry& entry : *entries) text += line_of(entry);
  const fs::path temporary = file_.string() + ".tmp";
  try {
    write(temporary, text, std::ios::trunc);
  } catch (...) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw;
  }
  std::error_code error;
  fs::rename(temporary, file_, error);
  if (error) throw InputError(file_.string(), "", "a file that can be replaced", error.message());
}

}  // namespace escapement::cli
