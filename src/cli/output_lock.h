// The lock of an output folder: `.escapement-lock`, with process and host of the command that writes there.
#pragma once

#include <filesystem>

namespace escapement::cli {

class OutputLock {
 public:
  // Takes the folder, which must exist. The lock of a process of this host that has ended is taken over; that of another
  // host only with `take_over`. Throws config::InputError if another process holds it, or if the file is none of ours.
  OutputLock(const std::filesystem::path& directory, bool take_over);
  // Removes the lock.
  ~OutputLock();
  OutputLock(const OutputLock&) = delete;
  OutputLock& operator=(const OutputLock&) = delete;

 private:
  std::filesystem::path path_;
};

}  // namespace escapement::cli
