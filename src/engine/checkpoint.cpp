#include "escapement/engine/checkpoint.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include "escapement/engine/journal.h"
#include "escapement/numeric/mutant.h"

namespace escapement::engine {

using config::InputError;
namespace fs = std::filesystem;

namespace {

constexpr const char* kFormat = "escapement-checkpoint/1";

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

std::string read_all(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void mix(std::uint64_t& hash, const std::string& text) {  // FNV-1a, with the length as separator
  for (const char c : text + "/" + std::to_string(text.size())) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
}

}  // namespace

std::string Checkpoint::fingerprint(const model::Instance& instance, Watch watch) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
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
  std::ostringstream text;
  text << std::hex << hash;
  return text.str();
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

// A journal without a state is of no use to anybody.
void Checkpoint::remove_unless_complete() const {
  std::error_code ignored;
  if (fs::exists(state_path_, ignored)) return;
  fs::remove(rows_path_, ignored);
  if (fs::is_empty(rows_path_.parent_path(), ignored)) fs::remove(rows_path_.parent_path(), ignored);
}

std::string Checkpoint::header() const {
  return std::string(kFormat) + " " + fingerprint_ + " replica " + std::to_string(replica_);
}

template <class T>
void Checkpoint::save(const Simulation<T>& simulation, const observe::Trajectory& trajectory) {
  std::string rows;
  for (std::size_t i = records_; i < trajectory.records.size(); ++i)
    rows += journal_line(trajectory.records[i]);
  for (std::size_t i = snapshots_; i < trajectory.snapshots.size(); ++i)
    rows += journal_line('s', trajectory.snapshots[i]);
  for (std::size_t i = paths_; i < trajectory.paths.size(); ++i)
    rows += journal_line('p', trajectory.paths[i]);
  try {
    write_synchronised(rows_path_, journal_bytes_ == 0 ? O_TRUNC : O_APPEND, rows);
  } catch (...) {
    remove_unless_complete();
    throw;
  }
  journal_bytes_ += rows.size();
  records_ = trajectory.records.size();
  snapshots_ = trajectory.snapshots.size();
  paths_ = trajectory.paths.size();

  std::ostringstream state;
  state << header() << '\n' << journal_bytes_ << '\n';
  simulation.save(state);
  state << "end\n";
  const fs::path temporary = state_path_.string() + ".tmp";
  try {
    write_synchronised(temporary, O_TRUNC, state.str());
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
  std::istringstream state(read_all(state_path_));
  std::string line;
  if (!std::getline(state, line) || line.rfind(kFormat, 0) != 0) damaged(state_path_, "not this format");
  if (line != header()) damaged(state_path_, "it is of another configuration or instance");
  if (!std::getline(state, line) || line.empty() ||
      line.find_first_not_of("0123456789") != std::string::npos || line.size() > 18)
    damaged(state_path_, "no journal length");
  journal_bytes_ = std::stoull(line);
  if (!simulation.load(state) || !std::getline(state, line) || line != "end")
    damaged(state_path_, "cut or damaged");

  std::string rows = read_all(rows_path_);
  if (rows.size() < journal_bytes_) damaged(rows_path_, "its journal is shorter than it says");
  rows.resize(static_cast<std::size_t>(journal_bytes_));
  std::istringstream lines(rows);
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
