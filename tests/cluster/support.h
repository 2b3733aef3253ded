// Ranks as threads of one process: the same Team over mailboxes in memory.
#pragma once

#include <deque>
#include <mutex>
#include <vector>

#include "escapement/cluster/transport.h"

namespace escapement::cluster {

struct Post {
  explicit Post(int size) : boxes(static_cast<std::size_t>(size)) {}
  std::mutex mutex;
  std::vector<std::deque<Message>> boxes;
};

class InMemory final : public Transport {
 public:
  InMemory(Post& post, int rank) : post_(post), rank_(rank) {}
  int rank() const override { return rank_; }
  int size() const override { return static_cast<int>(post_.boxes.size()); }
  unsigned processors() const override { return 1; }
  void send(int to, Kind kind, const std::string& text) override {
    const std::lock_guard lock(post_.mutex);
    post_.boxes[static_cast<std::size_t>(to)].push_back({rank_, kind, text});
  }
  std::optional<Message> receive() override {
    const std::lock_guard lock(post_.mutex);
    auto& box = post_.boxes[static_cast<std::size_t>(rank_)];
    if (box.empty()) return std::nullopt;
    Message message = std::move(box.front());
    box.pop_front();
    return message;
  }
  void part() override { parted = true; }

  bool parted = false;

 private:
  Post& post_;
  int rank_;
};

}  // namespace escapement::cluster
