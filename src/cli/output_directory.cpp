#include "escapement/cli/output_directory.h"

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
  created_ = fs::create_directories(path_, error);
  if (error)
    throw InputError("command line", "--out", "a directory that can be created (" + error.message() + ")",
                     path_.string());
  const fs::path probe = path_ / (".escapement-" + std::to_string(::getpid()) + ".probe");
  try {
    write_file(probe, "probe\n");
  } catch (...) {
    fs::remove(probe, error);
    if (created_) fs::remove(path_, error);
    throw;
  }
  fs::remove(probe, error);
}

OutputDirectory::~OutputDirectory() {
  std::error_code ignored;
  for (const auto& [temporary, name] : staged_) fs::remove(temporary, ignored);
  if (created_ && fs::is_empty(path_, ignored)) fs::remove(path_, ignored);
}

void OutputDirectory::write(const std::string& name, const std::string& text) {
  const fs::path temporary = path_ / ("." + name + ".tmp");
  staged_.emplace_back(temporary, path_ / name);
  write_file(temporary, text);
}

void OutputDirectory::commit() {
  for (const auto& [temporary, name] : staged_) {
    std::error_code error;
    fs::rename(temporary, name, error);
    if (error) throw InputError(path_.string(), "--out", "files that can be replaced", error.message());
  }
  staged_.clear();
}

}  // namespace escapement::cli
