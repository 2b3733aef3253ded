#include "escapement/cluster/journal.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "escapement/cluster/failed.h"
#include "escapement/numeric/check.h"
#include "escapement/numeric/checksum.h"

namespace escapement::cluster {

namespace fs = std::filesystem;

namespace {

constexpr const char* kSuffix = ".journal";
constexpr double kSynchroniseSeconds = 1;

std::string head_of(const std::string& question) {
  return "escapement-journal/1 " ESCAPEMENT_VERSION " " + numeric::checksum(question) + "\n";
}

std::string read_all(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw Failed(2, path.string() + ": " + why + "; without --resume it starts anew");
}

// The whole lines; a torn last one is left out.
std::string whole_lines(const std::string& text) { return text.substr(0, text.rfind('\n') + 1); }

// "HASH;UNIT;RESULT" to the map; false where the hash is not that of the rest.
bool read_line(const std::string& line, std::map<std::string, std::string>& results) {
  const std::size_t unit = line.find(';');
  if (unit == std::string::npos || numeric::checksum(line.substr(unit + 1)) != line.substr(0, unit))
    return false;
  const std::size_t result = line.find(';', unit + 1);
  if (result == std::string::npos) return false;
  results[line.substr(unit + 1, result - unit - 1)] = line.substr(result + 1);
  return true;
}

constexpr std::string_view kMarker = "escapement-journal/";

// `rank-R.journal`. A process that was killed at its first line may have left less than the marker.
bool is_ours(const fs::path& path) {
  constexpr std::string_view kPrefix = "rank-";
  const std::string name = path.filename().string();
  const std::size_t dot = name.find('.');
  if (name.rfind(kPrefix, 0) != 0 || dot == std::string::npos || dot == kPrefix.size()) return false;
  if (name.find_first_not_of("0123456789", kPrefix.size()) != dot || name.substr(dot) != kSuffix)
    return false;
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(path, error))) return false;
  return kMarker.starts_with(read_all(path).substr(0, kMarker.size()));
}

std::vector<fs::path> entries_of(const fs::path& directory) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error))
    entries.push_back(at->path());
  if (error)
    throw Failed(2, directory.string() + ": expected a folder that can be read, got " + error.message());
  return entries;
}

}  // namespace

bool check_journals(const fs::path& directory) {
  std::error_code error;
  const auto status = fs::symlink_status(directory, error);
  if (!fs::exists(status)) return false;
  if (!fs::is_directory(status))
    throw Failed(2, directory.string() + ": expected a folder of journals, or nothing of that name");
  bool any = false;
  for (const fs::path& path : entries_of(directory)) {
    if (!is_ours(path))
      throw Failed(2, path.string() + ": expected nothing but journals of escapement in this folder");
    any = true;
  }
  return any;
}

void remove_journals(const fs::path& directory) {
  std::error_code ignored;
  if (!fs::is_directory(fs::symlink_status(directory, ignored))) return;
  for (const fs::path& path : entries_of(directory))
    if (is_ours(path)) fs::remove(path, ignored);
  if (fs::is_empty(directory, ignored)) fs::remove(directory, ignored);
}

Journal::Journal(fs::path directory, int rank, const std::string& question)
    : path_(std::move(directory) / ("rank-" + std::to_string(rank) + kSuffix)), head_(head_of(question)) {}

Journal::~Journal() {
  if (file_ >= 0) ::close(file_);
}

// An earlier process of this rank may have left lines, which are kept, and a torn one, which is cut off.
void Journal::open() {
  std::error_code error;
  fs::create_directories(path_.parent_path(), error);
  const std::string kept = whole_lines(read_all(path_));
  file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  if (file_ < 0 || ::ftruncate(file_, static_cast<off_t>(kept.size())) != 0)
    throw Failed(2, path_.string() + ": expected a file that can be written, got " + std::strerror(errno));
}

void Journal::add(const std::string& unit, const std::string& result) {
  ESCAPEMENT_CHECK(unit.find_first_of(";\n") == std::string::npos && result.find('\n') == std::string::npos);
  const std::lock_guard lock(mutex_);
  if (file_ < 0) open();
  std::string text = ::lseek(file_, 0, SEEK_END) == 0 ? head_ : std::string();
  text += numeric::checksum(unit + ";" + result) + ";" + unit + ";" + result + "\n";
  for (std::size_t written = 0; written < text.size();) {
    const ssize_t more = ::write(file_, text.data() + written, text.size() - written);
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) throw Failed(2, path_.string() + ": expected room to write, got " + std::strerror(errno));
    written += static_cast<std::size_t>(more);
  }
  const auto now = std::chrono::steady_clock::now();
  if (std::chrono::duration<double>(now - synchronised_).count() < kSynchroniseSeconds) return;
  ::fdatasync(file_);  // against a machine that fails; a process that is killed needs none
  synchronised_ = now;
}

std::map<std::string, std::string> read_journals(const fs::path& directory, const std::string& question) {
  std::map<std::string, std::string> results;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory, error)) {
    if (entry.path().extension() != kSuffix) continue;
    const std::string text = whole_lines(read_all(entry.path()));
    std::size_t number = 1;
    for (std::size_t begin = 0, end; begin < text.size(); begin = end + 1, ++number) {
      end = text.find('\n', begin);
      const std::string line = text.substr(begin, end - begin);
      if (number == 1 && line + "\n" != head_of(question))
        refuse(entry.path(),
               line.rfind(kMarker, 0) == 0
                   ? "a journal of another question (configuration, statements, alpha, budget) or version"
                   : "not a journal");
      if (number > 1 && !read_line(line, results))
        refuse(entry.path(), "line " + std::to_string(number) + " is damaged");
    }
  }
  return results;
}

}  // namespace escapement::cluster
