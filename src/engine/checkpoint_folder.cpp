#include "escapement/engine/checkpoint_folder.h"

#include <fstream>
#include <string_view>
#include <vector>

#include "escapement/config/input_error.h"

namespace escapement::engine {

using config::InputError;
namespace fs = std::filesystem;

namespace {

// 0: a state or its temporary file, 1: a journal, -1: no name of ours.
int kind_of(const std::string& name) {
  constexpr std::string_view kPrefix = "replica-";
  const std::size_t dot = name.find('.');
  if (name.rfind(kPrefix, 0) != 0 || dot == std::string::npos || dot == kPrefix.size()) return -1;
  if (name.find_first_not_of("0123456789", kPrefix.size()) != dot) return -1;
  const std::string ending = name.substr(dot);
  return ending == ".state" || ending == ".state.tmp" ? 0 : ending == ".rows" ? 1 : -1;
}

// A file that a kill cut short may hold less than the marker.
bool is_ours(const fs::path& path) {
  const int kind = kind_of(path.filename().string());
  std::error_code error;
  if (kind < 0 || !fs::is_regular_file(fs::symlink_status(path, error))) return false;
  const std::string marker = kind == 0 ? "escapement-checkpoint/" : "escapement-rows/";
  std::string begin(marker.size(), '\0');
  std::ifstream in(path, std::ios::binary);
  if (!in.is_open()) return false;
  in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  begin.resize(static_cast<std::size_t>(in.gcount()));
  return marker.rfind(begin, 0) == 0;
}

std::vector<fs::path> entries_of(const fs::path& directory) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error))
    entries.push_back(at->path());
  if (error) throw InputError(directory.string(), "", "a folder that can be read", error.message());
  return entries;
}

}  // namespace

bool check_checkpoints(const fs::path& directory) {
  std::error_code error;
  const auto status = fs::symlink_status(directory, error);
  if (!fs::exists(status)) return false;
  if (!fs::is_directory(status))
    throw InputError(directory.string(), "", "a folder of checkpoints, or nothing of that name");
  bool any = false;
  for (const fs::path& path : entries_of(directory)) {
    if (!is_ours(path))
      throw InputError(path.string(), "", "nothing but checkpoints of escapement in this folder");
    any = any || path.extension() == ".state";
  }
  return any;
}

void remove_checkpoints(const fs::path& directory) {
  std::error_code ignored;
  if (!fs::is_directory(fs::symlink_status(directory, ignored))) return;
  const std::vector<fs::path> entries = entries_of(directory);
  for (const bool states : {true, false})
    for (const fs::path& path : entries)
      if ((path.extension() == ".rows") != states && is_ours(path)) fs::remove(path, ignored);
  if (fs::is_empty(directory, ignored)) fs::remove(directory, ignored);
}

}  // namespace escapement::engine
