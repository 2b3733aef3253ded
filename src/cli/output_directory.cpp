#include "escapement/cli/output_directory.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

#include "escapement/config/input_error.h"
#include "escapement/numeric/checksum.h"

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

// No other program is likely to use such a name; the lock keeps other commands of ours away.
fs::path temporary_of(const fs::path& file) {
  return file.parent_path() / (".escapement-" + file.filename().string() + ".tmp");
}

}  // namespace

OutputDirectory::OutputDirectory(fs::path path, std::string command, bool take_over)
    : path_(std::move(path)), command_(std::move(command)) {
  std::error_code error;
  if (fs::exists(path_, error) && !fs::is_directory(path_, error))
    throw InputError("command line", "--out", "a directory", path_.string());
  try {
    make(path_);
    const fs::path probe = temporary_of(path_ / std::to_string(::getpid()));
    try {
      write_file(probe, "probe\n");
    } catch (...) {
      fs::remove(probe, error);
      throw;
    }
    fs::remove(probe, error);
    lock_.emplace(path_, take_over);
    record_.emplace(path_);
  } catch (...) {
    lock_.reset();
    remove_created();
    throw;
  }
}

OutputDirectory::~OutputDirectory() {
  std::error_code ignored;
  for (const Staged& staged : staged_) fs::remove(staged.temporary, ignored);
  lock_.reset();
  remove_created();
}

void OutputDirectory::make(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> missing;
  for (fs::path p = folder; !p.empty() && !fs::exists(p, error); p = p.parent_path()) missing.push_back(p);
  created_.insert(created_.begin(), missing.begin(), missing.end());
  fs::create_directories(folder, error);
  if (error)
    throw InputError("command line", "--out", "a directory that can be created (" + error.message() + ")",
                     folder.string());
}

void OutputDirectory::remove_created() {
  std::error_code ignored;
  for (const fs::path& p : created_)
    if (fs::is_empty(p, ignored)) fs::remove(p, ignored);
}

void OutputDirectory::write(const std::string& name, const std::string& text) {
  const fs::path file = path_ / name;
  make(file.parent_path());
  staged_.push_back({temporary_of(file), name, numeric::checksum(text)});
  write_file(staged_.back().temporary, text);
}

// In this order a kill leaves nothing of ours that is not listed, and nothing new beside what an earlier command left.
void OutputDirectory::commit() {
  std::vector<std::pair<std::string, std::string>> files;
  for (const Staged& staged : staged_) files.emplace_back(staged.name, staged.sum);
  record_->add(command_, files);
  if (!committed_) record_->remove_earlier(command_);
  for (const Staged& staged : staged_) {
    std::error_code error;
    fs::rename(staged.temporary, path_ / staged.name, error);
    if (error) throw InputError(path_.string(), "--out", "files that can be replaced", error.message());
  }
  staged_.clear();
  if (!committed_) record_->forget_earlier(command_);
  committed_ = true;
}

void OutputDirectory::expect_figures(const std::vector<std::string>& names) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const std::string& name : names) files.emplace_back(name, "");
  record_->add(command_, files);
}

void write_whole(const fs::path& file, const std::string& text) {
  const fs::path temporary = temporary_of(file);
  std::error_code error;
  try {
    write_file(temporary, text);
  } catch (...) {
    fs::remove(temporary, error);
    throw;
  }
  fs::rename(temporary, file, error);
  if (!error) return;
  const std::string reason = error.message();
  fs::remove(temporary, error);
  throw InputError(file.string(), "--out", "a file that can be replaced", reason);
}

}  // namespace escapement::cli
