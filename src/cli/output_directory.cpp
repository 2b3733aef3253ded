#include "escapement/cli/output_directory.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <unistd.h>

#include "escapement/config/input_error.h"

namespace escapement::cli {

namespace fs = std::filesystem;
using config::InputError;

namespace {

void write_file(const fs::path& path, const std::string& text) {
  errno = 0;
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out)
    throw InputError(path.parent_path().string(), "--out", "a directory with room to write",
                     std::strerror(errno));
}

}  // namespace

OutputDirectory::OutputDirectory(fs::path path) : path_(std::move(path)) {
  std::error_code error;
  if (fs::exists(path_, error) && !fs::is_directory(path_, error))
    throw InputError("command line", "--out", "a directory", path_.string());
  for (fs::path p = path_; !p.empty() && !fs::exists(p, error); p = p.parent_path()) created_.push_back(p);
  fs::create_directories(path_, error);
  if (error) {
    const std::string reason = error.message();
    remove_created();
    throw InputError("command line", "--out", "a directory that can be created (" + reason + ")",
                     path_.string());
  }
  const fs::path probe = path_ / (".escapement-" + std::to_string(::getpid()) + ".probe");
  try {
    write_file(probe, "probe\n");
  } catch (...) {
    fs::remove(probe, error);
    remove_created();
    throw;
  }
  fs::remove(probe, error);
}

OutputDirectory::~OutputDirectory() {
  std::error_code ignored;
  for (const auto& [temporary, name] : staged_) fs::remove(temporary, ignored);
  remove_created();
}

void OutputDirectory::remove_created() {
  std::error_code ignored;
  for (const fs::path& p : created_)
    if (!fs::is_empty(p, ignored) || !fs::remove(p, ignored)) return;
}

void OutputDirectory::write(const std::string& name, const std::string& text) {
  const fs::path temporary = path_ / ("." + name + ".tmp");
  staged_.emplace_back(temporary, path_ / name);
  write_file(temporary, text);
}

void OutputDirectory::commit(const std::vector<std::string>& ours) {
  for (const std::string& name : ours) {
    const bool written =
        std::any_of(staged_.begin(), staged_.end(), [&](const auto& s) { return s.second == path_ / name; });
    std::error_code ignored;
    if (!written) fs::remove(path_ / name, ignored);
  }
  for (const auto& [temporary, name] : staged_) {
    std::error_code error;
    fs::rename(temporary, name, error);
    if (error) throw InputError(path_.string(), "--out", "files that can be replaced", error.message());
  }
  staged_.clear();
}

}  // namespace escapement::cli
