// The laboratory on the engine and the statistics, with threads. Nothing that it returns depends on their number.
#pragma once

#include <functional>

#include "escapement/theory/laboratory.h"

namespace escapement::judge {

using numeric::Ball;

// Thrown through a judge when the user asked to stop.
struct Interrupted {};

class EngineLaboratory final : public theory::Laboratory {
 public:
  // budget_seconds: of a whole question, on the nominal machine (kNominalThreads cores). `interrupted` is asked often, by
  // any thread; may be empty.
  EngineLaboratory(unsigned threads, double budget_seconds, std::function<bool()> interrupted);

  theory::RunEnd run(const model::Instance& instance, const std::vector<std::uint64_t>& steps,
                     theory::Look& look) override;
  observe::Trajectory trajectory(const model::Instance& instance) override;
  void for_each(std::uint32_t count, const std::function<void(std::uint32_t)>& body) override;
  theory::Tested test(const Ball& q, std::uint32_t most, double alpha, const theory::Trial& trial) override;
  theory::WideFlowEnd wide_flow(const theory::WideFlow& question) override;
  std::uint32_t repetitions(double nominal_seconds, std::uint32_t least, std::uint32_t most) const override;

  // Budgets count seconds of a machine with so many cores, whatever this one has.
  static constexpr unsigned kNominalThreads = 2;

 private:
  bool stop() const { return interrupted_ && interrupted_(); }

  unsigned threads_;
  double budget_seconds_;
  std::function<bool()> interrupted_;
};

}  // namespace escapement::judge
