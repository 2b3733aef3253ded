#include "escapement/judge/engine_laboratory.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <thread>

#include "escapement/engine/run.h"
#include "escapement/numeric/precision.h"
#include "escapement/reduction/width_free_state.h"
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

EngineLaboratory::EngineLaboratory(unsigned threads, double budget_seconds, std::function<bool()> interrupted,
                                   std::function<void(const Doing&)> doing)
    : threads_(std::max(1u, threads)),
      budget_seconds_(budget_seconds),
      interrupted_(std::move(interrupted)),
      doing_(std::move(doing)) {}

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
  over_threads(count, body, [&](std::uint32_t done) {
    if (doing_) doing_({done, count, {}});
  });
}

void EngineLaboratory::over_threads(std::uint32_t count, const std::function<void(std::uint32_t)>& body,
                                    const std::function<void(std::uint32_t)>& told) {
  std::uint32_t done = 0;
  std::mutex done_mutex;
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
        const std::lock_guard lock(done_mutex);
        told(++done);
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
    over_threads(
        static_cast<std::uint32_t>(failed.size()), [&](std::uint32_t i) { failed[i] = trial(begun + i); },
        [](std::uint32_t) {});
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

std::uint32_t EngineLaboratory::repetitions(double nominal_seconds, std::uint32_t least,
                                            std::uint32_t most) const {
  const double count = budget_seconds_ * kNominalThreads / std::max(nominal_seconds, 1e-9);
  if (!(count > least)) return least;
  return count > most ? most : static_cast<std::uint32_t>(count);
}

}  // namespace escapement::judge
