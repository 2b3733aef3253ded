#include "escapement/engine/word_run.h"

#include <chrono>
#include <map>
#include <utility>

#include "escapement/engine/checkpoint.h"
#include "escapement/numeric/check.h"
#include "escapement/numeric/precision.h"
#include "escapement/reduction/word_group.h"

namespace escapement::engine {

using model::Instance;
using numeric::Mp;
using observe::Outcome;
using reduction::WordEnd;
using reduction::WordGroup;

namespace {

using Clock = std::chrono::steady_clock;
using State = reduction::WidthFreeState<Mp>;

constexpr std::uint64_t kStepsBetweenPolls = 256;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

struct Replica {
  Replica(const Instance& instance, const RunOptions& options)
      : config(instance.config), simulation(instance, options.watch) {
    if (!options.checkpoint_directory.empty()) {
      checkpoint.emplace(options.checkpoint_directory, instance, options.watch);
      if (options.resume) checkpoint->resume(simulation, result.trajectory);
    }
    first_step = simulation.step();
    // What an earlier process left is in words, or has left them.
    in_words = (first_step == 0 || state().word_factor()) && WordGroup::can_hold(simulation.problem());
    result.width_free = true;
    simulation.begin(result.trajectory);
  }

  State& state() {
    auto* state = dynamic_cast<State*>(&simulation.state());
    ESCAPEMENT_CHECK(state != nullptr);
    return *state;
  }
  bool complete() const { return simulation.step() == config.steps; }
  void save() {
    if (checkpoint) checkpoint->save(simulation, result.trajectory);
  }

  const config::Config& config;
  Simulation<Mp> simulation;
  std::optional<Checkpoint> checkpoint;
  RunResult result;
  std::uint64_t first_step = 0;
  bool in_words = false;
  bool goes_on = true;  // neither at its end nor interrupted
};

class Runner {
 public:
  Runner(const std::vector<Instance>& instances, const RunOptions& options, const Poll& poll)
      : options_(options), poll_(poll), words_(words_for(instances.front().config)) {
    for (const Instance& instance : instances)
      replicas_.push_back(std::make_unique<Replica>(instance, options));
  }

  std::vector<RunResult> run() {
    // Stepped together are those at the same step (they need not be, after a resumption) and of the same shape.
    std::map<std::pair<std::uint64_t, std::size_t>, std::vector<Replica*>> groups;
    for (const auto& r : replicas_) {
      r->result.arithmetic = r->in_words ? word_name() : numeric::scalar_name<Mp>();
      if (r->complete())
        r->goes_on = false;
      else if (r->in_words)
        groups[{r->simulation.step(), r->state().factor().rows()}].push_back(r.get());
    }
    for (auto& [key, group] : groups) step_together(group);
    std::vector<RunResult> results;
    for (const auto& r : replicas_) {
      if (r->goes_on) run_in_mpfr(*r);
      r->simulation.end(r->result.trajectory);
      r->save();
      r->result.final = r->simulation.final_state();
      r->result.steps_here = r->simulation.step() - r->first_step;
      results.push_back(std::move(r->result));
    }
    return results;
  }

 private:
  const char* word_name() const { return words_ == 2 ? "double-word" : "quad-word"; }

  // Whether to go on.
  bool ask() {
    std::uint64_t steps = 0;
    for (const auto& r : replicas_) steps += r->simulation.step();
    if (poll_ && !poll_(steps)) stopped_ = true;
    return !stopped_;
  }

  void step_together(std::vector<Replica*>& group) {
    const auto begin = Clock::now();
    std::vector<WordGroup::Member> members;
    for (Replica* r : group)
      members.push_back({r->simulation.instance(), r->simulation.problem(), r->state()});
    WordGroup words(members, words_);
    std::uint64_t step = group.front()->simulation.step();
    const std::uint64_t start = step, last = group.front()->config.steps;
    auto saved = begin;
    bool any = true;
    while (any && step < last) {
      const std::uint64_t stop = group.front()->simulation.next_stop(step);
      const std::uint64_t count = std::min(stop - step, kStepsBetweenPolls);
      words.advance(step, count);
      step += count;
      const bool save = options_.checkpoint_seconds <= seconds_since(saved);
      if (save || step == stop) any = catch_up(group, words, start, save);
      if (save) saved = Clock::now();
      if (!ask() && step < last) break;
    }
    catch_up(group, words, start, false);
    const double seconds = seconds_since(begin) / static_cast<double>(group.size());
    for (Replica* r : group) r->result.seconds += seconds;
    if (stopped_ && step < last)
      for (Replica* r : group)
        if (std::exchange(r->goes_on, false)) r->result.trajectory.outcome = Outcome::interrupted;
  }

  // Takes over what the group computed; whether any replica is still in it.
  bool catch_up(std::vector<Replica*>& group, const WordGroup& words, std::uint64_t start, bool save) {
    bool any = false;
    for (std::size_t i = 0; i < group.size(); ++i) {
      Replica& r = *group[i];
      if (!r.goes_on || r.result.left_words) continue;
      const WordGroup::Progress& progress = words.progress(i);
      words.give(i);
      r.simulation.reached(start + progress.taken, r.result.trajectory);
      if (progress.end == WordEnd::too_large) {
        r.result.trajectory.outcome = Outcome::diverged;
        r.result.trajectory.stop_value = numeric::to_ball(progress.value);
      }
      if (progress.end == WordEnd::out_of_range) r.result.left_words = r.simulation.step();
      r.goes_on = progress.end == WordEnd::out_of_range || (progress.end == WordEnd::none && !r.complete());
      any = any || (r.goes_on && !r.result.left_words);
      if (save) r.save();
    }
    return any;
  }

  void run_in_mpfr(Replica& r) {
    const auto begin = Clock::now();
    auto saved = begin;
    r.simulation.run(r.result.trajectory, [&](std::uint64_t) {
      if (options_.checkpoint_seconds <= seconds_since(saved)) {
        r.save();
        saved = Clock::now();
      }
      return ask();
    });
    r.result.seconds += seconds_since(begin);
  }

  const RunOptions& options_;
  const Poll& poll_;
  std::size_t words_;
  std::vector<std::unique_ptr<Replica>> replicas_;
  bool stopped_ = false;
};

}  // namespace

std::size_t words_for(const config::Config& c) {
  using Kind = config::PrecisionChoice::Kind;
  if (c.precision.kind != Kind::multiple || c.precision.only_mpfr) return 0;
  if (is_oscillation(c.algorithm) || c.watch != 0 || c.state == config::StateKind::direct) return 0;
  return c.precision.bits == 106 ? 2 : c.precision.bits == 212 ? 4 : 0;
}

std::vector<RunResult> run_in_words(const std::vector<Instance>& instances, const RunOptions& options,
                                    const Poll& poll) {
  const numeric::WorkingPrecision precision(instances.front().config.precision.bits);
  return Runner(instances, options, poll).run();
}

}  // namespace escapement::engine
