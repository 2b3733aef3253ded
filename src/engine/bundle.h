// Replicas that run together, one per SIMD lane, wherever their steps allow it: in doubles, width-free, nobody
// followed. Each comes out exactly as it does alone (reduction/lane_states.h,
// lane_gradients.h).
#pragma once

#include <vector>

#include "escapement/engine/simulation.h"
#include "escapement/reduction/lane_gradients.h"
#include "escapement/reduction/lane_states.h"

namespace escapement::engine {

class Bundle {
 public:
  struct Member {
    Simulation<double>* simulation = nullptr;
    observe::Trajectory* trajectory = nullptr;
    bool running = true;
  };

  // How many replicas of this configuration can run together: 1 where lanes cannot help.
  static std::uint32_t width(const config::Config& config);
  // How many to run together of `count` on so many threads: no thread is left without work. No result depends on it.
  static std::uint32_t size_for(const config::Config& config, std::uint32_t count, unsigned threads);

  // The members' configurations differ in the replica alone; what is pointed to outlives the bundle.
  explicit Bundle(std::vector<Member> members) : members_(std::move(members)) {}

  // As Simulation::run for each member. `poll` is asked with the number of steps that all running members have taken.
  void run(const Poll& poll);
  // As Simulation::advance for each running member; one that ends before `to` is no longer running.
  void advance(std::uint64_t to, const Poll& poll);
  void leave(std::size_t i) { members_[i].running = false; }
  const std::vector<Member>& members() const { return members_; }

 private:
  using State = reduction::WidthFreeState<double>;
  static State* lane_of(const Member& member);  // null where it must step alone
  std::vector<Member*> running();
  static bool pays(const Simulation<double>& s, std::size_t members);
  bool together(const std::vector<Member*>& members) const;
  // `count` steps side by side, fewer where a member's next step cannot be taken so: returns whether all were, and the
  // next two how many.
  bool take(const std::vector<Member*>& members, std::uint64_t count);
  std::uint64_t take_samples(const std::vector<Member*>& members, std::uint64_t count);
  std::uint64_t take_gradients(const std::vector<Member*>& members, std::uint64_t count);

  std::vector<Member> members_;
  reduction::LaneStates lanes_;
  reduction::LaneGradients gradients_;
  std::vector<model::SampleBlock<double>> blocks_;
  std::uint64_t chunk_ = 16;  // steps between polls, doubled until they take about kPollSeconds
  std::uint64_t alone_ =
      1;  // steps that each takes alone after a stop, doubled where the last stop was just before
};

}  // namespace escapement::engine
