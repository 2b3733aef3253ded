// What the judge of a statement may ask for: runs, independent trials, fits. The room `judge` provides it on the engine
// and the statistics, so that a statement is a file of formulas and a few calls.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "escapement/model/problem.h"
#include "escapement/model/start.h"
#include "escapement/model/state.h"
#include "escapement/observe/trajectory.h"
#include "escapement/theory/verdict.h"

namespace escapement::theory {

// The network of one replica at one step, in the run's arithmetic.
template <class T>
struct Sight {
  std::uint64_t step = 0;
  const model::Instance& instance;
  const model::Problem<T>& problem;
  const model::Start<T>& start;
  const model::State<T>& state;
  const numeric::Rows<T>* product = nullptr;  // P [(d+1) x (d+1)], Z(t) = Z(0) P; null in the direct state
};

// Something that looks at chosen steps of a run, whatever the arithmetic.
class Look {
 public:
  virtual ~Look() = default;
  virtual void at(const Sight<double>& sight) = 0;
  virtual void at(const Sight<numeric::Mp>& sight) = 0;
  virtual void at(const Sight<numeric::Ball>& sight) = 0;
  virtual bool enough() const { return false; }  // asked after each look: the run may end
};

// A generic lambda [&](const auto& sight) {...} as a Look.
template <class F>
class LookWith final : public Look {
 public:
  // `enough`: set by f when it has seen what it came for; may be null.
  explicit LookWith(F f, const bool* enough = nullptr) : f_(std::move(f)), enough_(enough) {}
  bool enough() const override { return enough_ != nullptr && *enough_; }
  void at(const Sight<double>& sight) override { f_(sight); }
  void at(const Sight<numeric::Mp>& sight) override { f_(sight); }
  void at(const Sight<numeric::Ball>& sight) override { f_(sight); }

 private:
  F f_;
  const bool* enough_;
};

template <class F>
std::unique_ptr<Look> look_with(F f, const bool* enough = nullptr) {
  return std::make_unique<LookWith<F>>(std::move(f), enough);
}

struct RunEnd {
  observe::Outcome outcome = observe::Outcome::completed;
  std::uint64_t steps = 0;
};

// One independent replica of a yes-no experiment: did the claim fail? Pure in the replica's number; any thread.
using Trial = std::function<Truth(std::uint32_t replica)>;

// Replicas first .. first + count - 1 of something that a claim looks at, each as an exact text without line breaks, ';' and
// '|' (replica_text.h), so that another process can look in its place.
using ReplicaTexts = std::function<std::vector<std::string>(std::uint32_t first, std::uint32_t count)>;
using TextTrial = std::function<Truth(std::uint32_t replica, const std::string& text)>;

// `holds`: p < q at level alpha; `violated`: p > q; vacuous where q >= 1.
struct Tested {
  Outcome outcome = Outcome::undecided;
  Sample sample;
};

// For a basis: why a test ended without a decision and what would decide it; empty if it decided. `seconds`: nominal, of
// one trial.
std::string budget_note(Outcome outcome, double seconds);

// A network of any width in the limit eta -> 0 [docs/derivations/slow-flow.md], inputs with covariance c I: S(0) drawn from
// its Wishart law, fast phase to the interpolating manifold, slow flow up to tau.
struct WideFlow {
  numeric::Stream stream;
  std::size_t d = 1;
  numeric::BigInt m;              // > d
  numeric::Exact covariance = 1;  // c > 0
  numeric::Exact theta_norm = 0;  // |theta*|; its direction does not matter
  Ball tau;                       // its midpoint is used
};
struct WideFlowEnd {
  std::string failure;                      // why there is none of what follows; empty where there is
  numeric::Rows<numeric::Mp> displacement;  // P - I [(d+1) x (d+1)], at `bits`
  long bits = 0;                            // of precision: log2(sqrt(m)/|theta*|) more than are wanted
};

class Laboratory {
 public:
  virtual ~Laboratory() = default;

  // Integrated in MPFR by an adaptive method; nothing about it is enclosed. Any thread.
  virtual WideFlowEnd wide_flow(const WideFlow& question) = 0;

  // Runs the instance and shows it at each of `steps` (ascending), stopping after the last. Any thread.
  virtual RunEnd run(const model::Instance& instance, const std::vector<std::uint64_t>& steps,
                     Look& look) = 0;

  // Replicas config.replica, ..., config.replica + count - 1, each shown to its own look as run() would, on all threads
  // and several side by side where that makes them faster. `make_look` is called once for each, by any thread.
  using MakeLook = std::function<std::unique_ptr<Look>(std::uint32_t replica)>;
  virtual std::vector<RunEnd> run_replicas(const config::Config& config, std::uint32_t count,
                                           const std::vector<std::uint64_t>& steps,
                                           const MakeLook& make_look) = 0;

  // The run with everything that the instance's configuration records. Any thread.
  virtual observe::Trajectory trajectory(const model::Instance& instance) = 0;
  // The same of replicas config.replica, ..., config.replica + count - 1 on all threads, several side by side where that makes
  // them faster; `body` gets one at a time, in any order.
  virtual void trajectories(
      const config::Config& config, std::uint32_t count,
      const std::function<void(std::uint32_t replica, const observe::Trajectory& run)>& body) = 0;

  // body(0), ..., body(count - 1), on all threads; results must not depend on the order.
  virtual void for_each(std::uint32_t count, const std::function<void(std::uint32_t)>& body) = 0;

  // Tests P(fail) <= q, q > 0, on replicas 0, 1, ... in order, at most `most`, stopping once decided.
  virtual Tested test(const Ball& q, std::uint32_t most, double alpha, const Trial& trial) = 0;

  // Replicas 0 .. count - 1 of `what`, computed `here` or by the processes that share the work, which know it by its name
  // (Claim::replicas).
  virtual std::vector<std::string> collect(const std::string& what, std::uint32_t count,
                                           const ReplicaTexts& here) = 0;
  // test() on such replicas; one trial at a time.
  virtual Tested test_collected(const Ball& q, std::uint32_t most, double alpha, const std::string& what,
                                const ReplicaTexts& here, const TextTrial& trial) = 0;

  // How many repetitions of something of this many seconds on a nominal machine the budget allows, within bounds. It
  // depends on the budget asked for, never on a clock: the same question gets the same work everywhere.
  virtual std::uint32_t repetitions(double nominal_seconds, std::uint32_t least,
                                    std::uint32_t most) const = 0;
};

}  // namespace escapement::theory
