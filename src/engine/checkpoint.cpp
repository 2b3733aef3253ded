#include "escapement/engine/checkpoint.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include "escapement/engine/journal.h"
#include "escapement/numeric/checksum.h"
#include "escapement/numeric/mutant.h"

namespace escapement::engine {

using config::InputError;
namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "escapement-checkpoint/2";
constexpr const char* kRowsFormat = "escapement-rows/2";

// Appends or overwrites a file and waits until it is on the disk.
void write_synchronised(const fs::path& path, int flags, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | flags, 0644);
  if (file < 0) throw InputError(path.string(), "", "a file that can be written", std::strerror(errno));
  const char* at = text.data();
  std::size_t left = text.size();
  int problem = 0;
  while (left > 0 && problem == 0) {
    const ssize_t written = ::write(file, at, left);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) problem = errno;
    if (written > 0) {
      at += written;
      left -= static_cast<std::size_t>(written);
    }
  }
  if (problem == 0 && ::fsync(file) != 0) problem = errno;
  ::close(file);
  if (problem != 0) throw InputError(path.string(), "", "room to write", std::strerror(problem));
}

constexpr const char* kSeal = "end ";

// A text with its checksum in its last line.
std::string sealed(const std::string& text) { return text + kSeal + numeric::checksum(text) + "\n"; }

std::string read_all(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The length separates texts.
void mix(numeric::Checksum& sum, const std::string& text) {
  sum.add(text).add("/").add(std::to_string(text.size()));
}

// Until the names in a folder are on the disk. A file system that cannot do that is no reason to stop.
void synchronise_names(const fs::path& directory) {
  const int folder = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

}  // namespace

std::string Checkpoint::fingerprint(const model::Instance& instance, Watch watch) {
  numeric::Checksum hash;
  // replica and replicas only say which of the streams run together
  mix(hash, config::fingerprint(instance.config, {"replica", "replicas"}));
  mix(hash, watch.neurons_at_end ? "neurons" : "network");
  if (instance.start != nullptr) {
    for (const auto& row : instance.start->rows)
      for (const auto& x : row)
        mix(hash, numeric::to_string(numeric::mutated(numeric::Mutant::fingerprint_rounded)
                                         ? numeric::Exact(static_cast<double>(x))
                                         : x));
    for (const auto& row : instance.given_inputs)
      for (const auto& x : row) mix(hash, numeric::to_string(x));
    for (const auto& x : instance.theta_star) mix(hash, numeric::to_string(x));
    for (const auto& x : instance.driving->noise) mix(hash, numeric::to_string(x));
    for (const auto x : instance.driving->samples) mix(hash, std::to_string(x));
    for (const auto x : instance.driving->signs) mix(hash, std::to_string(x));
  }
  return hash.hex();
}

Checkpoint::Checkpoint(const fs::path& directory, const model::Instance& instance, Watch watch)
    : fingerprint_(fingerprint(instance, watch)), replica_(instance.stream.replica) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) throw InputError(directory.string(), "", "a directory that can be created", error.message());
  const std::string name = "replica-" + std::to_string(replica_);
  state_path_ = directory / (name + ".state");
  rows_path_ = directory / (name + ".rows");
}

// A journal without a state is of no use.
void Checkpoint::remove_unless_complete() const {
  std::error_code ignored;
  if (fs::exists(state_path_, ignored)) return;
  fs::remove(rows_path_, ignored);
  if (fs::is_empty(rows_path_.parent_path(), ignored)) fs::remove(rows_path_.parent_path(), ignored);
}

std::string Checkpoint::header(const char* format) const {
  return std::string(format) + " " + fingerprint_ + " replica " + std::to_string(replica_);
}

template <class T>
void Checkpoint::save(const Simulation<T>& simulation, const observe::Trajectory& trajectory) {
  std::string rows = journal_bytes_ == 0 ? header(kRowsFormat) + "\n" : std::string();
  for (std::size_t i = records_; i < trajectory.records.size(); ++i)
    rows += journal_line(trajectory.records[i]);
  for (std::size_t i = snapshots_; i < trajectory.snapshots.size(); ++i)
    rows += journal_line('s', trajectory.snapshots[i]);
  for (std::size_t i = paths_; i < trajectory.paths.size(); ++i)
    rows += journal_line('p', trajectory.paths[i]);
  try {
    write_synchronised(rows_path_, journal_bytes_ == 0 ? O_TRUNC : O_APPEND, rows);
    if (journal_bytes_ == 0) synchronise_names(rows_path_.parent_path());
  } catch (...) {
    remove_unless_complete();
    throw;
  }
  journal_bytes_ += rows.size();
  journal_sum_.add(rows);
  records_ = trajectory.records.size();
  snapshots_ = trajectory.snapshots.size();
  paths_ = trajectory.paths.size();

  std::ostringstream state;
  state << header(kFormat) << '\n' << journal_bytes_ << ' ' << journal_sum_.hex() << '\n';
  simulation.save(state);
  const fs::path temporary = state_path_.string() + ".tmp";
  try {
    write_synchronised(temporary, O_TRUNC, sealed(state.str()));
  } catch (...) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    remove_unless_complete();
    throw;
  }
  std::error_code error;
  fs::rename(temporary, state_path_, error);
  if (error) throw InputError(state_path_.string(), "", "a file that can be replaced", error.message());
}

template <class T>
void Checkpoint::resume(Simulation<T>& simulation, observe::Trajectory& trajectory) {
  std::error_code error;
  if (!fs::exists(state_path_, error)) return;  // this replica was not begun
  const auto damaged = [&](const fs::path& path, const char* what) {
    throw InputError(path.string(), "",
                     std::string("a checkpoint of this run (") + what + "); without --resume it starts anew");
  };
  const std::string whole = read_all(state_path_);
  std::istringstream state(whole);
  std::string line, sum;
  if (!std::getline(state, line) || line.rfind(std::string(kFormat) + " ", 0) != 0)
    damaged(state_path_, "not this format");
  const std::size_t seal = whole.rfind(kSeal);
  if (seal == std::string::npos || sealed(whole.substr(0, seal)) != whole)
    damaged(state_path_, "its checksum is not that of its content");
  if (line != header(kFormat)) damaged(state_path_, "it is of another configuration or instance");
  if (!(state >> line >> sum) || line.find_first_not_of("0123456789") != std::string::npos ||
      line.size() > 18 || state.get() != '\n')
    damaged(state_path_, "no journal length");
  journal_bytes_ = std::stoull(line);
  if (!simulation.load(state) || static_cast<std::size_t>(state.tellg()) != seal)
    damaged(state_path_, "cut or damaged");

  std::string rows = read_all(rows_path_);
  if (rows.size() < journal_bytes_) damaged(rows_path_, "it is shorter than its state says");
  rows.resize(static_cast<std::size_t>(journal_bytes_));
  journal_sum_ = numeric::Checksum().add(rows);
  if (journal_sum_.hex() != sum) damaged(rows_path_, "its checksum is not the one that its state has");
  std::istringstream lines(rows);
  std::getline(lines, line);
  if (line != header(kRowsFormat)) damaged(rows_path_, "not this format");
  while (std::getline(lines, line))
    if (!read_journal_line(line, observe::column_names().size(), trajectory))
      damaged(rows_path_, "a damaged line");
  fs::resize_file(rows_path_, journal_bytes_, error);
  if (error) throw InputError(rows_path_.string(), "", "a file that can be written", error.message());
  records_ = trajectory.records.size();
  snapshots_ = trajectory.snapshots.size();
  paths_ = trajectory.paths.size();
}

#define ESCAPEMENT_INSTANTIATE(T)                                                   \
  template void Checkpoint::save(const Simulation<T>&, const observe::Trajectory&); \
  template void Checkpoint::resume(Simulation<T>&, observe::Trajectory&);
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::engine
