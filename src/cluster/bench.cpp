#include "escapement/cluster/bench.h"

#include <algorithm>
#include <chrono>

namespace escapement::cluster {

Bench::Bench(unsigned slots, std::function<std::string(const std::string&)> compute)
    : compute_(std::move(compute)) {
  for (unsigned s = 0; s < std::max(1u, slots); ++s) crew_.emplace_back([this] { work(); });
}

Bench::~Bench() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    to_do_.clear();
  }
  to_do_changed_.notify_all();
  for (std::thread& t : crew_) t.join();
}

void Bench::begin(std::string unit) {
  ++busy_;
  {
    const std::lock_guard lock(mutex_);
    to_do_.push_back(std::move(unit));
  }
  to_do_changed_.notify_one();
}

std::vector<Done> Bench::take(double seconds) {
  std::unique_lock lock(mutex_);
  done_changed_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return !done_.empty(); });
  std::vector<Done> taken;
  taken.swap(done_);
  busy_ -= taken.size();
  return taken;
}

void Bench::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    to_do_changed_.wait(lock, [this] { return closing_ || !to_do_.empty(); });
    if (to_do_.empty()) return;
    Done done{std::move(to_do_.front()), {}, {}};
    to_do_.pop_front();
    lock.unlock();
    try {
      done.result = compute_(done.unit);
    } catch (...) {
      done.failure = std::current_exception();
    }
    lock.lock();
    done_.push_back(std::move(done));
    done_changed_.notify_one();
  }
}

}  // namespace escapement::cluster
