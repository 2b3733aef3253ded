#include "escapement/engine/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "escapement/numeric/precision.h"
#include "escapement/numeric/thread_caches.h"

namespace escapement::engine {

void for_each_piece(unsigned threads, std::uint32_t count, const std::function<void(std::uint32_t)>& body) {
  std::atomic<std::uint32_t> next{0};
  std::atomic<bool> failed{false};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const long bits = numeric::working_bits();
  const auto work = [&] {
    const numeric::WorkingPrecision precision(bits);
    while (!failed) {
      const std::uint32_t i = next++;
      if (i >= count) break;
      try {
        body(i);
      } catch (...) {
        const std::lock_guard lock(failure_mutex);
        if (!failure) failure = std::current_exception();
        failed = true;
      }
    }
  };
  std::vector<std::thread> crew;
  for (std::uint32_t t = 1; t < std::min(std::uint32_t{threads}, count); ++t)
    crew.emplace_back([&] {
      const numeric::ThreadCaches caches;
      work();
    });
  work();
  for (std::thread& t : crew) t.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace escapement::engine
