#include "escapement/judge/engine_laboratory.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

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

// Trials are begun in groups of this many, whatever the number of threads: what is run never depends on it.
constexpr std::uint32_t kGroup = 16;

template <class T>
RunEnd run_in(const model::Instance& instance, const std::vector<std::uint64_t>& steps, Look& look,
              const engine::Poll& poll) {
  const numeric::WorkingPrecision precision(instance.config.precision.bits);
  engine::Simulation<T> simulation(instance, {.neurons_at_end = true});
  const auto* width_free = dynamic_cast<const reduction::WidthFreeState<T>*>(&simulation.state());
  observe::Trajectory trajectory;
  for (const std::uint64_t step : steps) {
    if (!simulation.advance(step, trajectory, poll)) break;
    look.at(Sight<T>{step, instance, simulation.problem(), simulation.start(), simulation.state(),
                     width_free != nullptr && width_free->sees_neurons() ? &width_free->product() : nullptr});
    if (look.enough()) break;
  }
  return {trajectory.outcome, simulation.step()};
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

EngineLaboratory::EngineLaboratory(unsigned threads, double budget_seconds, std::function<bool()> interrupted)
    : threads_(std::max(1u, threads)),
      budget_seconds_(budget_seconds),
      interrupted_(std::move(interrupted)) {}

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

observe::Trajectory EngineLaboratory::trajectory(const model::Instance& instance) {
  engine::RunOptions options;
  options.poll = [this](std::uint64_t) { return !stop(); };
  observe::Trajectory result = engine::run_instance(instance, options).trajectory;
  if (result.outcome == Outcome::interrupted) throw Interrupted();
  return result;
}

void EngineLaboratory::for_each(std::uint32_t count, const std::function<void(std::uint32_t)>& body) {
  std::atomic<std::uint32_t> next{0};
  std::atomic<bool> failed{false};
  std::exception_ptr failure;
  std::mutex failure_mutex;
  const long bits = numeric::working_bits();
  const auto work = [&] {
    const numeric::WorkingPrecision precision(bits);
    for (std::uint32_t i = next++; i < count && !failed; i = next++) {
      try {
        if (stop()) throw Interrupted();
        body(i);
      } catch (...) {
        const std::lock_guard lock(failure_mutex);
        if (!failure) failure = std::current_exception();
        failed = true;
      }
    }
  };
  std::vector<std::thread> crew;
  for (unsigned t = 1; t < std::min<std::uint32_t>(threads_, count); ++t) crew.emplace_back(work);
  work();
  for (std::thread& t : crew) t.join();
  if (failure) std::rethrow_exception(failure);
}

Tested EngineLaboratory::test(const Ball& q, std::uint32_t most, double alpha, const theory::Trial& trial) {
  stats::SequentialTest test(stats::LogBound::of(q), alpha, alpha);
  for (std::uint32_t begun = 0; begun < most && test.finding() == stats::Finding::undecided;) {
    std::vector<theory::Truth> failed(std::min(kGroup, most - begun));
    for_each(static_cast<std::uint32_t>(failed.size()),
             [&](std::uint32_t i) { failed[i] = trial(begun + i); });
    for (const theory::Truth f : failed)
      if (test.add(f) != stats::Finding::undecided) break;
    begun += static_cast<std::uint32_t>(failed.size());
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
