// The units that this process computes, on threads of its own, while its main thread talks to the other ranks.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace escapement::cluster {

struct Done {
  std::string unit, result;
  std::exception_ptr failure;  // in place of a result
};

class Bench {
 public:
  // Threads begin and end with the bench; `compute` may be called by all of them at once.
  Bench(unsigned slots, std::function<std::string(const std::string& unit)> compute);
  ~Bench();  // waits for the units that were begun; those that were not are dropped
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  void begin(std::string unit);
  std::size_t busy() const { return busy_; }  // units begun whose end was not taken; main thread
  unsigned slots() const { return static_cast<unsigned>(crew_.size()); }
  // What has ended; where there is nothing, waits at most so long for something.
  std::vector<Done> take(double seconds);

 private:
  void work();

  std::function<std::string(const std::string&)> compute_;
  std::mutex mutex_;
  std::condition_variable to_do_changed_, done_changed_;
  std::deque<std::string> to_do_;
  std::vector<Done> done_;
  std::size_t busy_ = 0;
  bool closing_ = false;
  std::vector<std::thread> crew_;
};

}  // namespace escapement::cluster
