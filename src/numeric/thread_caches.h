// What FLINT and MPFR keep for a thread: constants, tables, freed numbers.
#pragma once

namespace escapement::numeric {

// Frees it when a thread ends. To be the first object of a thread's function, hence the last to go: no number of the thread may
// outlive it.
class ThreadCaches {
 public:
  ThreadCaches() = default;
  ~ThreadCaches();
  ThreadCaches(const ThreadCaches&) = delete;
  ThreadCaches& operator=(const ThreadCaches&) = delete;
};

}  // namespace escapement::numeric
