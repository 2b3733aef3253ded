#include "escapement/engine/simulation.h"

#include <chrono>
#include <istream>
#include <ostream>

#include "escapement/model/direct_state.h"
#include "escapement/reduction/width_free_state.h"

namespace escapement::engine {

using model::Magnitude;
using numeric::LayerRange;
using observe::Outcome;
using observe::Preview;
using observe::Trajectory;

namespace {

constexpr std::uint64_t kMaxDirectNumbers = 400'000'000;  // entries of W and a held at once

bool wants(const config::StepSchedule& schedule) { return !schedule.none(); }

bool tracks_neurons(const model::Instance& instance, Watch watch) {
  return wants(instance.config.record) || wants(instance.config.snapshots) || watch.neurons_at_end;
}

template <class T>
std::unique_ptr<model::State<T>> make_state(const model::Instance& instance,
                                            const std::shared_ptr<const model::Start<T>>& start,
                                            Watch watch) {
  if (runs_width_free(instance))
    return std::make_unique<reduction::WidthFreeState<T>>(start, tracks_neurons(instance, watch));
  if (instance.m > kMaxDirectNumbers / (instance.d + 1))
    throw config::InputError(instance.config.source_of("m"), "m",
                             "m (d+1) of at most 400,000,000 in the direct state (use state = width-free)",
                             std::to_string(instance.m));
  numeric::Rows<T> rows(static_cast<std::size_t>(instance.m), instance.d);
  start->rows(0, rows);
  return std::make_unique<model::DirectState<T>>(std::move(rows));
}

Outcome outcome_of(Magnitude magnitude) {
  switch (magnitude) {
    case Magnitude::too_large: return Outcome::diverged;
    case Magnitude::too_wide: return Outcome::undecided;
    case Magnitude::not_finite: return Outcome::not_finite;
    case Magnitude::lost: return Outcome::out_of_range;
    case Magnitude::ordinary: break;
  }
  return Outcome::completed;
}

}  // namespace

bool runs_width_free(const model::Instance& instance) {
  return !is_oscillation(instance.config.algorithm) && instance.config.state != config::StateKind::direct;
}

template <class T>
Simulation<T>::Simulation(const model::Instance& instance, Watch watch, const PartsMaker<T>& make_parts)
    : instance_(instance),
      watch_(watch),
      problem_(instance),
      start_(std::make_shared<const model::Start<T>>(instance)) {
  Parts<T> parts;
  if (make_parts) parts = make_parts(instance, problem_, start_, tracks_neurons(instance, watch));
  state_ = parts.state ? std::move(parts.state) : make_state<T>(instance, start_, watch);
  rule_ = parts.rule ? std::move(parts.rule) : dynamics::make_rule<T>(instance, problem_, *start_);
  const auto followed = static_cast<std::size_t>(std::min<std::uint64_t>(instance.config.watch, instance.m));
  if (followed > 0) {
    followed_ = std::make_unique<observe::Followed<T>>(*start_, followed);
    state_->board(*followed_);
  }
  observer_ = std::make_unique<observe::Observer<T>>(instance, problem_, *start_, followed_.get());
}

template <class T>
Simulation<T>::~Simulation() = default;

template <class T>
Preview<T> Simulation<T>::preview() const {
  Preview<T> next;
  if (step_ < instance_.config.steps) rule_->preview(*state_, step_, next);
  return next;
}

template <class T>
void Simulation<T>::look(Trajectory& trajectory) {
  if (left_range(trajectory)) return;
  const config::Config& c = instance_.config;
  const bool ends = step_ == c.steps;
  if (c.record.contains(step_) || (ends && wants(c.record))) {
    const Preview<T> next = preview();
    trajectory.records.push_back(observer_->record(step_, *state_, next));
    for (auto& p : observer_->paths(step_)) trajectory.paths.push_back(std::move(p));
  }
  if (c.snapshots.contains(step_))
    for (auto& p : observer_->snapshot(step_, *state_, kMaxFinalWidth))
      trajectory.snapshots.push_back(std::move(p));
  looked_ = true;
}

template <class T>
std::uint64_t Simulation<T>::next_stop(std::uint64_t after) const {
  std::uint64_t stop = instance_.config.steps;
  for (const config::StepSchedule* schedule : {&instance_.config.record, &instance_.config.snapshots})
    if (const auto next = schedule->next_after(after)) stop = std::min(stop, *next);
  return stop;
}

template <class T>
bool Simulation<T>::advance(std::uint64_t to, Trajectory& trajectory, const Poll& poll) {
  using Clock = std::chrono::steady_clock;
  while (step_ < to) {
    const auto begin = Clock::now();
    if (left_range(trajectory)) return false;
    const std::uint64_t count = std::min({to - step_, chunk_, steps_to_range_check(step_)});
    const dynamics::Progress<T> progress = [&] {
      const UnderflowWatch watch(vanished_);
      return rule_->advance(*state_, step_, count);
    }();
    step_ += progress.taken;
    if (progress.taken > 0) looked_ = false;
    if (progress.magnitude != Magnitude::ordinary) {
      trajectory.outcome = outcome_of(progress.magnitude);
      if (progress.magnitude != Magnitude::lost) trajectory.stop_value = numeric::to_ball(progress.value);
      return false;
    }
    const bool quick = std::chrono::duration<double>(Clock::now() - begin).count() < kPollSeconds;
    if (quick && count == chunk_) chunk_ *= 2;
    if (!quick && chunk_ > 1) chunk_ /= 2;
    if (poll && !poll(step_) && step_ < instance_.config.steps) {
      trajectory.outcome = Outcome::interrupted;
      return false;
    }
  }
  return !left_range(trajectory);
}

// At steps that neither polling nor a resumption has chosen, so that the answer depends on neither.
template <class T>
bool Simulation<T>::left_range(Trajectory& trajectory) {
  const config::Config& c = instance_.config;
  const bool regular = steps_to_range_check(step_) == kStepsBetweenRangeChecks;
  if (!regular && step_ != c.steps && !c.record.contains(step_) && !c.snapshots.contains(step_)) return false;
  const LayerRange range = state_->layer_range();
  const bool zero = range == LayerRange::zero;
  // A layer that is zero may be so exactly; or it has shrunk below all doubles, which has left its trace.
  if (range == LayerRange::outside || (zero && !was_zero_ && vanished_)) {
    trajectory.outcome = Outcome::out_of_range;
    return lost_ = true;
  }
  was_zero_ = zero;
  vanished_ = false;
  return false;
}

template <class T>
void Simulation<T>::look_once(Trajectory& trajectory) {
  if (!looked_) look(trajectory);
}

template <class T>
void Simulation<T>::begin(Trajectory& trajectory) {
  trajectory.columns = observe::column_names();
  trajectory.outcome = Outcome::completed;
  trajectory.stop_value.reset();
  look_once(trajectory);
}

template <class T>
void Simulation<T>::reached(std::uint64_t step, Trajectory& trajectory) {
  if (step == step_) return;
  const bool stop = step == next_stop(step_);
  step_ = step;
  looked_ = false;
  if (stop) look(trajectory);
}

template <class T>
void Simulation<T>::end(Trajectory& trajectory) const {
  trajectory.steps = step_;
  if (followed_) trajectory.exits = followed_->exits();
}

template <class T>
void Simulation<T>::run(Trajectory& trajectory, const Poll& poll) {
  begin(trajectory);
  while (step_ < instance_.config.steps && advance(next_stop(step_), trajectory, poll)) look(trajectory);
  end(trajectory);
}

template <class T>
FinalState Simulation<T>::final_state() const {
  FinalState result;
  result.steps = step_;
  if (lost_) {  // what is left of the network is not what it was
    result.record.step = step_;
    result.record.values.resize(observe::column_names().size());
    return result;
  }
  result.record = observer_->record(step_, *state_, preview());
  for (std::size_t j = 0; j < problem_.d; ++j)
    result.theta.push_back(numeric::to_ball(state_->theta().get(j)));
  if (!watch_.neurons_at_end || !watch_.rows_at_end || !state_->sees_neurons() ||
      instance_.m > kMaxFinalWidth)
    return result;
  model::for_each_neuron_block(instance_.m, [&](std::uint64_t first, std::size_t size) {
    numeric::Rows<T> block(size, problem_.d);
    state_->neurons(first, block);
    for (std::size_t i = 0; i < size; ++i) {
      std::vector<numeric::Ball> row;
      for (std::size_t j = 0; j <= problem_.d; ++j) row.push_back(numeric::to_ball(block.get(i, j)));
      result.neurons.push_back(std::move(row));
    }
  });
  return result;
}

template <class T>
void Simulation<T>::save(std::ostream& out) const {
  out << step_ << ' ' << looked_ << ' ' << was_zero_ << ' ' << vanished_ << '\n';
  state_->save(out);
  rule_->save(out);
  if (followed_) followed_->save(out);
}

template <class T>
bool Simulation<T>::load(std::istream& in) {
  std::string line;
  if (!std::getline(in, line)) return false;
  char* rest = nullptr;
  step_ = std::strtoull(line.c_str(), &rest, 10);
  for (bool* flag : {&looked_, &was_zero_, &vanished_}) *flag = std::strtol(rest, &rest, 10) != 0;
  return step_ <= instance_.config.steps && state_->load(in) && rule_->load(in) &&
         (!followed_ || followed_->load(in));
}

#define ESCAPEMENT_INSTANTIATE(T) template class Simulation<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::engine
