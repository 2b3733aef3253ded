// The laboratory on the engine and the statistics, with threads. Nothing that it returns depends on their number.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "escapement/theory/laboratory.h"

namespace escapement::judge {

using numeric::Ball;

// Thrown through a judge when the user asked to stop.
struct Interrupted {};

// How far a question is: `done` of at most `most` repetitions, and the state of the sequential test that they feed.
struct Doing {
  std::uint64_t done = 0, most = 0;
  struct Test {
    std::uint64_t failures = 0;
    double log10_e_violated = 0, log10_e_holds = 0, log10_e_needed = 0;
  };
  std::optional<Test> test;
};

// The processes that share the work of a question. No result depends on their number.
struct Sharing {
  unsigned processes = 1;
  // Replicas first .. first + count - 1 of `what`, from them all; empty: this process computes them itself.
  std::function<std::vector<std::string>(const std::string& what, std::uint32_t first, std::uint32_t count)>
      collect = {};
};

class EngineLaboratory final : public theory::Laboratory {
 public:
  // budget_seconds: of a whole question, on the nominal machine (kNominalThreads cores). `interrupted` is asked often, by
  // any thread; may be empty. `doing` is told now and then, by any thread, one at a time; may be empty.
  EngineLaboratory(unsigned threads, double budget_seconds, std::function<bool()> interrupted,
                   std::function<void(const Doing&)> doing = {}, Sharing sharing = {});

  theory::RunEnd run(const model::Instance& instance, const std::vector<std::uint64_t>& steps,
                     theory::Look& look) override;
  std::vector<theory::RunEnd> run_replicas(const config::Config& config, std::uint32_t count,
                                           const std::vector<std::uint64_t>& steps,
                                           const MakeLook& make_look) override;
  observe::Trajectory trajectory(const model::Instance& instance) override;
  void trajectories(
      const config::Config& config, std::uint32_t count,
      const std::function<void(std::uint32_t replica, const observe::Trajectory& run)>& body) override;
  void for_each(std::uint32_t count, const std::function<void(std::uint32_t)>& body) override;
  theory::Tested test(const Ball& q, std::uint32_t most, double alpha, const theory::Trial& trial) override;
  std::vector<std::string> collect(const std::string& what, std::uint32_t count,
                                   const theory::ReplicaTexts& here) override;
  theory::Tested test_collected(const Ball& q, std::uint32_t most, double alpha, const std::string& what,
                                const theory::ReplicaTexts& here, const theory::TextTrial& trial) override;
  theory::WideFlowEnd wide_flow(const theory::WideFlow& question) override;
  std::uint32_t repetitions(double nominal_seconds, std::uint32_t least, std::uint32_t most) const override;

  // Budgets count seconds of a machine with so many cores, whatever this one has.
  static constexpr unsigned kNominalThreads = 2;
  // Trials are begun in groups of this many, and shared out so, whatever the number of threads.
  static constexpr std::uint32_t kGroup = 16;

 private:
  void over_threads(std::uint32_t count, const std::function<void(std::uint32_t)>& body,
                    const std::function<void(std::uint32_t done)>& told);
  // failed[i] of replica begun + i, for a group of replicas.
  using Group = std::function<void(std::uint32_t begun, std::vector<theory::Truth>& failed)>;
  theory::Tested test_groups(const Ball& q, std::uint32_t most, double alpha, std::uint32_t size,
                             const Group& group);
  bool stop() const { return interrupted_ && interrupted_(); }

  unsigned threads_;
  double budget_seconds_;
  std::function<bool()> interrupted_;
  std::function<void(const Doing&)> doing_;
  Sharing sharing_;
};

}  // namespace escapement::judge
