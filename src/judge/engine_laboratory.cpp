#include "escapement/judge/engine_laboratory.h"

#include <algorithm>
#include <cmath>
#include <mutex>

#include "escapement/engine/bundle.h"
#include "escapement/engine/parallel.h"
#include "escapement/engine/run.h"
#include "escapement/numeric/precision.h"
#include "escapement/reduction/slow_flow.h"
#include "escapement/reduction/width_free_state.h"
#include "escapement/reduction/wishart_start.h"
#include "escapement/stats/sequential_test.h"

namespace escapement::judge {

using observe::Outcome;
using theory::Look;
using theory::RunEnd;
using theory::Sight;
using theory::Tested;

namespace {

// What a look sees of a run at its present step.
template <class T>
void show(const engine::Simulation<T>& simulation, const model::Instance& instance, Look& look) {
  const auto* width_free = dynamic_cast<const reduction::WidthFreeState<T>*>(&simulation.state());
  look.at(Sight<T>{simulation.step(), instance, simulation.problem(), simulation.start(), simulation.state(),
                   width_free != nullptr && width_free->sees_neurons() ? &width_free->product() : nullptr});
}

template <class T>
RunEnd run_in(const model::Instance& instance, const std::vector<std::uint64_t>& steps, Look& look,
              const engine::Poll& poll) {
  const numeric::WorkingPrecision precision(instance.config.precision.bits);
  engine::Simulation<T> simulation(instance, {.neurons_at_end = true});
  observe::Trajectory trajectory;
  for (const std::uint64_t step : steps) {
    if (!simulation.advance(step, trajectory, poll)) break;
    show(simulation, instance, look);
    if (look.enough()) break;
  }
  return {trajectory.outcome, simulation.step()};
}

// The same for replicas in lanes.
std::vector<RunEnd> run_together(const std::vector<model::Instance>& instances,
                                 const std::vector<std::uint64_t>& steps,
                                 const std::vector<std::unique_ptr<Look>>& looks, const engine::Poll& poll) {
  const numeric::WorkingPrecision precision(instances.front().config.precision.bits);
  std::vector<std::unique_ptr<engine::Simulation<double>>> simulations;
  std::vector<observe::Trajectory> trajectories(instances.size());
  std::vector<engine::Bundle::Member> members;
  for (std::size_t i = 0; i < instances.size(); ++i) {
    simulations.push_back(
        std::make_unique<engine::Simulation<double>>(instances[i], engine::Watch{.neurons_at_end = true}));
    members.push_back({simulations[i].get(), &trajectories[i]});
  }
  engine::Bundle bundle(std::move(members));
  for (const std::uint64_t step : steps) {
    bundle.advance(step, poll);
    for (std::size_t i = 0; i < instances.size(); ++i) {
      if (!bundle.members()[i].running) continue;
      show(*simulations[i], instances[i], *looks[i]);
      if (looks[i]->enough()) bundle.leave(i);
    }
  }
  std::vector<RunEnd> ends;
  for (std::size_t i = 0; i < instances.size(); ++i)
    ends.push_back({trajectories[i].outcome, simulations[i]->step()});
  return ends;
}

theory::Outcome outcome_of(stats::Finding finding) {
  switch (finding) {
    case stats::Finding::violated: return theory::Outcome::violated;
    case stats::Finding::holds: return theory::Outcome::holds;
    case stats::Finding::vacuous: return theory::Outcome::vacuous;
    case stats::Finding::undecided: break;
  }
  return theory::Outcome::undecided;
}

}  // namespace

EngineLaboratory::EngineLaboratory(unsigned threads, double budget_seconds, std::function<bool()> interrupted,
                                   std::function<void(const Doing&)> doing, Sharing sharing)
    : threads_(std::max(1u, threads)),
      budget_seconds_(budget_seconds),
      interrupted_(std::move(interrupted)),
      doing_(std::move(doing)),
      sharing_(std::move(sharing)) {}

RunEnd EngineLaboratory::run(const model::Instance& instance, const std::vector<std::uint64_t>& steps,
                             Look& look) {
  const engine::Poll poll = [this](std::uint64_t) { return !stop(); };
  RunEnd end;
  switch (instance.config.precision.kind) {
    case config::PrecisionChoice::Kind::multiple:
      end = run_in<numeric::Mp>(instance, steps, look, poll);
      break;
    case config::PrecisionChoice::Kind::certified: end = run_in<Ball>(instance, steps, look, poll); break;
    case config::PrecisionChoice::Kind::binary64: end = run_in<double>(instance, steps, look, poll); break;
  }
  if (end.outcome == Outcome::interrupted) throw Interrupted();
  return end;
}

std::vector<RunEnd> EngineLaboratory::run_replicas(const config::Config& config, std::uint32_t count,
                                                   const std::vector<std::uint64_t>& steps,
                                                   const MakeLook& make_look) {
  const std::uint32_t size = engine::Bundle::size_for(config, count, threads_);
  std::vector<RunEnd> ends(count);
  for_each((count + size - 1) / size, [&](std::uint32_t piece) {
    const std::uint32_t first = piece * size;
    std::vector<model::Instance> instances;
    std::vector<std::unique_ptr<Look>> looks;
    for (std::uint32_t r = first; r < std::min(count, first + size); ++r) {
      instances.push_back(model::make_instance(config, config.replica + r));
      looks.push_back(make_look(r));
    }
    if (instances.size() == 1) {
      ends[first] = run(instances.front(), steps, *looks.front());
      return;
    }
    const std::vector<RunEnd> some =
        run_together(instances, steps, looks, [this](std::uint64_t) { return !stop(); });
    for (const RunEnd& end : some)
      if (end.outcome == Outcome::interrupted) throw Interrupted();
    std::copy(some.begin(), some.end(), ends.begin() + first);
  });
  return ends;
}

observe::Trajectory EngineLaboratory::trajectory(const model::Instance& instance) {
  engine::RunOptions options;
  options.poll = [this](std::uint64_t) { return !stop(); };
  observe::Trajectory result = engine::run_instance(instance, options).trajectory;
  if (result.outcome == Outcome::interrupted) throw Interrupted();
  return result;
}

void EngineLaboratory::for_each(std::uint32_t count, const std::function<void(std::uint32_t)>& body) {
  over_threads(count, body, [&](std::uint32_t done) {
    if (doing_) doing_({done, count, {}});
  });
}

void EngineLaboratory::over_threads(std::uint32_t count, const std::function<void(std::uint32_t)>& body,
                                    const std::function<void(std::uint32_t)>& told) {
  std::uint32_t done = 0;
  std::mutex done_mutex;
  engine::for_each_piece(threads_, count, [&](std::uint32_t i) {
    if (stop()) throw Interrupted();
    body(i);
    const std::lock_guard lock(done_mutex);
    told(++done);
  });
}

Tested EngineLaboratory::test(const Ball& q, std::uint32_t most, double alpha, const theory::Trial& trial) {
  return test_groups(q, most, alpha, kGroup, [&](std::uint32_t begun, std::vector<theory::Truth>& failed) {
    over_threads(
        static_cast<std::uint32_t>(failed.size()), [&](std::uint32_t i) { failed[i] = trial(begun + i); },
        [](std::uint32_t) {});
  });
}

void EngineLaboratory::trajectories(
    const config::Config& config, std::uint32_t count,
    const std::function<void(std::uint32_t, const observe::Trajectory&)>& body) {
  config::Config some = config;
  some.replicas = count;
  bool interrupted = false;
  engine::run_ensemble(
      some, {}, threads_, [this](std::uint64_t) { return !stop(); },
      [&](std::uint32_t i, engine::RunResult&& result) {
        interrupted = interrupted || result.trajectory.outcome == Outcome::interrupted;
        if (!interrupted) body(i, result.trajectory);
      });
  if (interrupted) throw Interrupted();
}

std::vector<std::string> EngineLaboratory::collect(const std::string& what, std::uint32_t count,
                                                   const theory::ReplicaTexts& here) {
  return sharing_.collect ? sharing_.collect(what, 0, count) : here(0, count);
}

// Several processes begin several groups at a time. What lies beyond the replica that decides is not looked at.
Tested EngineLaboratory::test_collected(const Ball& q, std::uint32_t most, double alpha,
                                        const std::string& what, const theory::ReplicaTexts& here,
                                        const theory::TextTrial& trial) {
  const std::uint32_t size = kGroup * (sharing_.collect ? sharing_.processes : 1);
  return test_groups(q, most, alpha, size, [&](std::uint32_t begun, std::vector<theory::Truth>& failed) {
    const auto count = static_cast<std::uint32_t>(failed.size());
    const std::vector<std::string> texts =
        sharing_.collect ? sharing_.collect(what, begun, count) : here(begun, count);
    for (std::uint32_t i = 0; i < count; ++i) failed[i] = trial(begun + i, texts[i]);
  });
}

Tested EngineLaboratory::test_groups(const Ball& q, std::uint32_t most, double alpha, std::uint32_t size,
                                     const Group& group) {
  stats::SequentialTest test(stats::LogBound::of(q), alpha, alpha);
  for (std::uint32_t begun = 0; begun < most && test.finding() == stats::Finding::undecided;) {
    std::vector<theory::Truth> failed(std::min(size, most - begun));
    group(begun, failed);
    for (const theory::Truth f : failed)
      if (test.add(f) != stats::Finding::undecided) break;
    begun += static_cast<std::uint32_t>(failed.size());
    if (doing_) {
      const stats::TestSummary now = test.summary();
      doing_({begun, most,
              Doing::Test{now.failures, now.log10_e_violated, now.log10_e_holds, -std::log10(alpha)}});
    }
  }
  const stats::TestSummary s = test.summary();
  return {outcome_of(s.finding),
          {s.trials, s.failures, s.ambiguous, alpha, s.log10_e_violated, s.log10_e_holds, s.interval.low,
           s.interval.high, s.smallest_detectable}};
}

// theta = W^T a is seen against |W|_F |a|, of order sqrt(m), while |theta*| may be m^(-1/4): that ratio is lost before the
// first wanted digit.
theory::WideFlowEnd EngineLaboratory::wide_flow(const theory::WideFlow& question) {
  constexpr long kWanted = 96, kTolerance = 24;
  const auto size = static_cast<long>(msb(question.m)) + 1;
  long smallness = 0;
  for (numeric::Exact x = question.theta_norm; x != 0 && x < 1; x *= 2) ++smallness;
  theory::WideFlowEnd result;
  result.bits = kWanted + size / 2 + smallness;
  const numeric::WorkingPrecision precision(result.bits);
  numeric::Symmetric<numeric::Mp> covariance(question.d);
  for (std::size_t j = 0; j < question.d; ++j)
    covariance.set(j, j, numeric::from_exact<numeric::Mp>(question.covariance));
  numeric::Vector<numeric::Mp> theta_star(question.d);
  theta_star.set(0, numeric::from_exact<numeric::Mp>(question.theta_norm));
  reduction::FlowOptions options;
  options.tolerance = numeric::Exact(1) / (numeric::BigInt(1) << kTolerance);
  reduction::SlowFlow<numeric::Mp> flow(
      covariance, theta_star, reduction::wishart_start<numeric::Mp>(question.stream, question.d, question.m),
      options);
  const reduction::FlowEnd end = flow.advance(numeric::from_mid<numeric::Mp>(question.tau));
  if (end != reduction::FlowEnd::reached)
    result.failure = reduction::describe(end);
  else
    result.displacement = flow.displacement();
  return result;
}

std::uint32_t EngineLaboratory::repetitions(double nominal_seconds, std::uint32_t least,
                                            std::uint32_t most) const {
  const double count = budget_seconds_ * kNominalThreads / std::max(nominal_seconds, 1e-9);
  if (!(count > least)) return least;
  return count > most ? most : static_cast<std::uint32_t>(count);
}

}  // namespace escapement::judge
