// A process that nothing launched: rank 0 of 1.
#pragma once

#include "escapement/cluster/launcher.h"
#include "escapement/cluster/transport.h"

namespace escapement::cluster {

class Alone final : public Transport {
 public:
  int rank() const override { return 0; }
  int size() const override { return 1; }
  unsigned processors() const override { return processors_among(1); }
  void send(int, Kind, const std::string&) override {}  // there is nobody
  std::optional<Message> receive() override { return std::nullopt; }
  void part() override {}
};

}  // namespace escapement::cluster
