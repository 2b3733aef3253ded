// One run, assembled: problem, start, state, update rule, followed neurons, observer, and the loop that joins them.
#pragma once

#include <cfenv>
#include <functional>
#include <memory>

#include "escapement/dynamics/update_rule.h"
#include "escapement/observe/observer.h"

namespace escapement::engine {

// What is looked at beyond the configured schedules.
struct Watch {
  bool neurons_at_end = false;  // the neurons after the last step (the width-free state then carries P)
  bool rows_at_end = true;      // and FinalState holds W and a themselves
};

// Everything after the last step taken.
struct FinalState {
  std::uint64_t steps = 0;
  observe::Record record;
  std::vector<numeric::Ball> theta;  // [d]
  std::vector<std::vector<numeric::Ball>>
      neurons;  // [m x (d+1)], empty where not asked for or m > kMaxFinalWidth
};
inline constexpr std::uint64_t kMaxFinalWidth = 100'000;

inline constexpr double kPollSeconds = 0.02;

// Asked every now and then between steps, with the number of steps taken; false ends the run as `interrupted`.
using Poll = std::function<bool(std::uint64_t step)>;

// Other parts than the usual ones: a state that keeps the network in its own way, and a rule that knows it. A part that is
// not given is the usual one.
template <class T>
struct Parts {
  std::unique_ptr<model::State<T>> state;
  std::unique_ptr<dynamics::UpdateRule<T>> rule;
};
template <class T>
using PartsMaker = std::function<Parts<T>(const model::Instance&, const model::Problem<T>&,
                                          const std::shared_ptr<const model::Start<T>>&, bool track_neurons)>;

class Bundle;

// The network's sizes are checked against the range of doubles after so many steps, and where something is recorded.
inline constexpr std::uint64_t kStepsBetweenRangeChecks = 4096;
constexpr std::uint64_t steps_to_range_check(std::uint64_t step) {
  return kStepsBetweenRangeChecks - step % kStepsBetweenRangeChecks;
}

// Notes in `seen` whether a double of this thread has vanished, in part or all, while it lives.
class UnderflowWatch {
 public:
  explicit UnderflowWatch(bool& seen) : seen_(seen) { std::feclearexcept(FE_UNDERFLOW); }
  ~UnderflowWatch() { seen_ = seen_ || std::fetestexcept(FE_UNDERFLOW) != 0; }
  UnderflowWatch(const UnderflowWatch&) = delete;
  UnderflowWatch& operator=(const UnderflowWatch&) = delete;

 private:
  bool& seen_;
};

template <class T>
class Simulation {
 public:
  // Keeps a reference to the instance; `make_parts` may be empty. Throws config::InputError where the instance does not fit the arithmetic.
  Simulation(const model::Instance& instance, Watch watch, const PartsMaker<T>& make_parts = {});
  Simulation(model::Instance&&, Watch, const PartsMaker<T>& make_parts = {}) = delete;
  ~Simulation();
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  // To the last step, appending to `trajectory`. Neither recording nor polling changes a bit of the state.
  void run(observe::Trajectory& trajectory, const Poll& poll);
  // To step `to` at the most, without looking; returns whether it got there. What ended it before is in `trajectory`.
  bool advance(std::uint64_t to, observe::Trajectory& trajectory, const Poll& poll);
  FinalState final_state() const;
  std::uint64_t step() const { return step_; }

  // What run() does, for a runner that takes the steps itself: begin, then as long as there are steps, take those up to
  // next_stop() in state(), or fewer, say so, and end. What reached() finds scheduled it records.
  void begin(observe::Trajectory& trajectory);
  std::uint64_t next_stop(std::uint64_t after) const;
  void reached(std::uint64_t step, observe::Trajectory& trajectory);
  void end(observe::Trajectory& trajectory) const;
  model::State<T>& state() { return *state_; }
  const model::State<T>& state() const { return *state_; }
  const model::Start<T>& start() const { return *start_; }
  const model::Problem<T>& problem() const { return problem_; }
  const model::Instance& instance() const { return instance_; }

  // Exact text of all that the rest of the run depends on; load returns false on text that does not fit.
  void save(std::ostream& out) const;
  bool load(std::istream& in);

 private:
  friend class Bundle;
  void look_once(observe::Trajectory& trajectory);  // unless this step was looked at
  void look(observe::Trajectory& trajectory);
  bool left_range(observe::Trajectory& trajectory);  // whether the network's sizes end the run here
  observe::Preview<T> preview() const;

  const model::Instance& instance_;
  Watch watch_;
  model::Problem<T> problem_;
  std::shared_ptr<const model::Start<T>> start_;
  std::unique_ptr<model::State<T>> state_;
  std::unique_ptr<dynamics::UpdateRule<T>> rule_;
  std::unique_ptr<observe::Followed<T>> followed_;
  std::unique_ptr<observe::Observer<T>> observer_;
  std::uint64_t step_ = 0;
  std::uint64_t chunk_ = 16;  // steps between polls, doubled until they take about kPollSeconds
  bool looked_ = false;       // whether this step's record and snapshot are written
  bool was_zero_ = false;     // a layer, at the last check
  bool vanished_ = false;     // some number, below all doubles, since then
  bool lost_ = false;         // the network's sizes have left the range
};

// Whether the instance runs in the width-free state: as configured, else wherever the rule allows it.
bool runs_width_free(const model::Instance& instance);

}  // namespace escapement::engine
