// Checkpoints of one replica: `replica-R.rows`, an append-only journal of what was recorded, and `replica-R.state`, the
// exact state with length and checksum of the journal that it belongs to, and its own checksum. The state is written to a
// temporary name, synchronised and renamed, after the journal, and removed before it: a run killed at any moment resumes
// to the same bytes.
#pragma once

#include <filesystem>

#include "escapement/engine/simulation.h"
#include "escapement/numeric/checksum.h"

namespace escapement::engine {

class Checkpoint {
 public:
  // Creates the directory. Throws config::InputError if that cannot be done.
  Checkpoint(const std::filesystem::path& directory, const model::Instance& instance, Watch watch);

  // Takes state and records from the files, where there are any; throws config::InputError where they are damaged or
  // belong to another configuration, instance or format.
  template <class T>
  void resume(Simulation<T>& simulation, observe::Trajectory& trajectory);
  // Throws config::InputError where writing fails (a full disk); the last good checkpoint stays.
  template <class T>
  void save(const Simulation<T>& simulation, const observe::Trajectory& trajectory);

  // Identifies everything that the rest of the run depends on.
  static std::string fingerprint(const model::Instance& instance, Watch watch);

 private:
  std::string header(const char* format) const;
  void remove_unless_complete() const;
  std::filesystem::path state_path_, rows_path_;
  std::string fingerprint_;
  std::uint32_t replica_;
  std::size_t records_ = 0, snapshots_ = 0, paths_ = 0;  // already in the journal
  std::uintmax_t journal_bytes_ = 0;
  numeric::Checksum journal_sum_;  // of these bytes
};

}  // namespace escapement::engine
