// The laboratory: replicas in order whatever the threads, exceptions that come through, budgets that never read a clock.
#include "escapement/judge/engine_laboratory.h"

#include <atomic>
#include <chrono>
#include <cmath>
#include <set>
#include <stdexcept>
#include <thread>

#include <catch2/catch.hpp>

#include "escapement/numeric/precision.h"
#include "escapement/numeric/random.h"
#include "escapement/observe/columns.h"
#include "escapement/stats/sequential_test.h"
#include "escapement/theory/replica_text.h"

#include "judge/support.h"

using namespace escapement;
using namespace escapement::test;
using judge::EngineLaboratory;
using numeric::Ball;
using numeric::Exact;
using numeric::Truth;
using theory::Outcome;
using theory::Tested;

namespace {

// A coin of probability p, unknown now and then, slower for early replicas so that late ones finish first.
Truth coin(std::uint32_t replica, double p, double open) {
  if (replica % 5 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
  const auto words = numeric::philox({77, replica}, numeric::Purpose::calibration, 0, 0);
  const double u = static_cast<double>(numeric::low_word(words) >> 11) * 0x1p-53,
               v = static_cast<double>(numeric::high_word(words) >> 11) * 0x1p-53;
  if (v < open) return Truth::unknown;
  return numeric::truth(u < p);
}

void check_same(const Tested& a, const Tested& b) {
  CHECK(a.outcome == b.outcome);
  CHECK(a.sample.trials == b.sample.trials);
  CHECK(a.sample.failures == b.sample.failures);
  CHECK(a.sample.ambiguous == b.sample.ambiguous);
  CHECK(a.sample.log10_e_violated == b.sample.log10_e_violated);
  CHECK(a.sample.log10_e_holds == b.sample.log10_e_holds);
  CHECK(a.sample.low == b.sample.low);
  CHECK(a.sample.high == b.sample.high);
}

}  // namespace

TEST_CASE("a test stops at the trial that decides, on any number of threads") {
  struct Case {
    double p, open;
    Outcome outcome;
  };
  for (const Case& c : {Case{0.6, 0, Outcome::violated}, Case{0.0, 0, Outcome::holds},
                        Case{0.01, 0, Outcome::holds}, Case{0.6, 0.2, Outcome::violated}}) {
    const Ball q = Ball::from(Exact(1, 8));
    const auto trial = [&](std::uint32_t r) { return coin(r, c.p, c.open); };
    EngineLaboratory one(1, 1, {});
    const Tested first = one.test(q, 2000, 0.05, trial);
    INFO("p = " << c.p << ": " << first.sample.trials << " trials, " << first.sample.failures << " failures");
    CHECK(first.outcome == c.outcome);
    for (const unsigned threads : {2u, 5u}) {
      EngineLaboratory many(threads, 1, {});
      check_same(first, many.test(q, 2000, 0.05, trial));
    }
    // The sequential test itself, trial by trial: it stops there and not one trial earlier or later.
    stats::SequentialTest plain(stats::LogBound::of(q), 0.05, 0.05);
    std::uint64_t n = 0;
    while (plain.finding() == stats::Finding::undecided && n < 2000)
      plain.add(trial(static_cast<std::uint32_t>(n++)));
    CHECK(first.sample.trials == n);
    CHECK(first.sample.failures == plain.summary().failures);
    CHECK(first.sample.ambiguous == plain.summary().ambiguous);
  }
}

TEST_CASE("a test gives up at `most`, and begins nothing where nothing is claimed") {
  EngineLaboratory laboratory(3, 1, {});
  std::set<std::uint32_t> seen;
  std::mutex mutex;
  const auto trial = [&](std::uint32_t r) {
    const std::lock_guard lock(mutex);
    CHECK(seen.insert(r).second);  // once each
    return numeric::truth(r % 2 == 0);
  };
  const Tested tested = laboratory.test(Ball::from(Exact(1, 2)), 21, 0.01, trial);
  CHECK(tested.outcome == Outcome::undecided);
  CHECK(tested.sample.trials == 21);
  CHECK(tested.sample.failures == 11);
  CHECK(tested.sample.alpha == 0.01);
  CHECK(seen.size() == 21);
  CHECK(*seen.rbegin() == 20);

  seen.clear();
  const Tested vacuous = laboratory.test(Ball(1), 100, 0.05, trial);
  CHECK(vacuous.outcome == Outcome::vacuous);
  CHECK(seen.empty());
}

TEST_CASE("trials that do not decide never help either side") {
  EngineLaboratory laboratory(2, 1, {});
  const Ball q = Ball::from(Exact(1, 4));
  const Tested all = laboratory.test(q, 500, 0.05, [](std::uint32_t) { return Truth::unknown; });
  CHECK(all.outcome == Outcome::undecided);
  CHECK(all.sample.trials == 500);
  CHECK(all.sample.ambiguous == 500);
  CHECK(all.sample.failures == 0);
  CHECK(all.sample.low == 0);
  CHECK(all.sample.high == 1);
  // Half unknown: neither 0 nor 1/2 is excluded, so no verdict for q between them.
  const Tested half =
      laboratory.test(q, 500, 0.05, [](std::uint32_t r) { return r % 2 == 0 ? Truth::unknown : Truth::no; });
  CHECK(half.outcome == Outcome::undecided);
}

TEST_CASE("a test of collected runs sees each replica's own run, on any number of threads and of processes") {
  const config::Config config =
      configured({"algorithm=sam", "d=3", "m=6", "n=8", "steps=90", "record=every:30"});
  const Ball q = Ball::from(Exact(1, 2));
  const auto fails = [](const observe::Trajectory& run) {  // a bit that is as good as a coin
    const auto& loss = run.records.back().values[static_cast<std::size_t>(observe::Column::train_loss)];
    return numeric::truth(std::fmod(loss->mid_double() * 0x1p20, 1) < 0.5);
  };
  EngineLaboratory one(1, 1, {});
  const Tested expected = one.test(
      q, 40, 1e-6, [&](std::uint32_t r) { return fails(one.trajectory(model::make_instance(config, r))); });
  CHECK(expected.sample.trials == 40);
  CHECK(expected.sample.failures > 5);
  CHECK(expected.sample.failures < 35);
  const auto texts = [&](EngineLaboratory& laboratory, std::uint32_t first, std::uint32_t count) {
    config::Config some = config;
    some.replica = first;
    std::vector<std::string> list(count);
    laboratory.trajectories(some, count, [&](std::uint32_t r, const observe::Trajectory& run) {
      CHECK(run.records.size() == 4);
      list[r] = theory::ReplicaWriter().add(fails(run) == Truth::yes).text();
    });
    return list;
  };
  for (const unsigned threads : {1u, 2u, 5u})
    for (const unsigned processes : {1u, 3u}) {
      std::set<std::uint32_t> seen;
      EngineLaboratory there(1, 1, {});
      std::uint32_t most = 0;
      judge::Sharing sharing;
      sharing.processes = processes;
      if (processes > 1)
        sharing.collect = [&](const std::string& what, std::uint32_t first, std::uint32_t count) {
          CHECK(what == "runs");
          most = std::max(most, count);
          return texts(there, first, count);
        };
      EngineLaboratory laboratory(threads, 1, {}, {}, sharing);
      const auto here = [&](std::uint32_t first, std::uint32_t count) {
        CHECK(processes == 1);
        return texts(laboratory, first, count);
      };
      check_same(laboratory.test_collected(q, 40, 1e-6, "runs", here,
                                           [&](std::uint32_t r, const std::string& text) {
                                             bool failed = false;
                                             theory::ReplicaReader(text).read(failed);
                                             seen.insert(r);
                                             return numeric::truth(failed);
                                           }),
                 expected);
      CHECK(seen.size() == 40);
      CHECK(most == (processes == 1 ? 0 : 40));
      CHECK(laboratory.collect("runs", 21, here) == texts(there, 0, 21));
    }
}

TEST_CASE("for_each calls each once, at the caller's precision, and lets exceptions through") {
  for (const unsigned threads : {1u, 2u, 5u}) {
    EngineLaboratory laboratory(threads, 1, {});
    const numeric::WorkingPrecision precision(777);
    std::vector<int> calls(100);
    std::atomic<bool> right{true};
    laboratory.for_each(100, [&](std::uint32_t i) {
      ++calls[i];
      if (numeric::working_bits() != 777) right = false;
    });
    CHECK(calls == std::vector<int>(100, 1));
    CHECK(right);
    laboratory.for_each(0, [&](std::uint32_t) { right = false; });
    CHECK(right);
    CHECK_THROWS_AS(laboratory.for_each(50,
                                        [](std::uint32_t i) {
                                          if (i == 17) throw std::runtime_error("seventeen");
                                        }),
                    std::runtime_error);
    CHECK_THROWS_AS(
        laboratory.test(Ball::from(Exact(1, 2)), 50, 0.05,
                        [](std::uint32_t) -> Truth { throw config::InputError("a", "b", "c", "d"); }),
        config::InputError);
  }
}

TEST_CASE("repetitions grow with the budget, fall with the price, and stay within bounds") {
  const auto at = [](double budget, double seconds) {
    return EngineLaboratory(1, budget, {}).repetitions(seconds, 4, 400);
  };
  std::uint32_t before = 0;
  for (double budget = 1e-6; budget < 1e6; budget *= 3) {
    const std::uint32_t now = at(budget, 0.01);
    CHECK(now >= std::max(before, 4u));
    CHECK(now <= 400);
    CHECK(now == EngineLaboratory(64, budget, {}).repetitions(0.01, 4, 400));  // threads buy nothing
    before = now;
  }
  CHECK(at(1, 0.01) == 200);  // two nominal cores
  CHECK(at(1e-9, 1) == 4);
  CHECK(at(1e9, 1e-9) == 400);
  CHECK(at(1, 0) == 400);
  CHECK(at(1, 1e300) == 4);
}

TEST_CASE("an interruption comes through runs, trajectories, loops and tests") {
  for (const unsigned threads : {1u, 3u}) {
    std::atomic<int> asked{0};
    EngineLaboratory laboratory(threads, 1, [&] { return ++asked > 20; });
    CHECK_THROWS_AS(laboratory.for_each(1000, [](std::uint32_t) {}), judge::Interrupted);
    asked = 0;
    CHECK_THROWS_AS(laboratory.test(Ball::from(Exact(1, 2)), 100'000, 1e-6,
                                    [](std::uint32_t r) { return numeric::truth(r % 2 == 0); }),
                    judge::Interrupted);
  }
  EngineLaboratory stopped(1, 1, [] { return true; });
  const model::Instance instance =
      model::make_instance(configured({"d=2", "m=4", "n=4", "steps=1000000000", "record=none"}), 0);
  theory::LookWith look([](const auto&) {});
  CHECK_THROWS_AS(stopped.run(instance, {1'000'000'000}, look), judge::Interrupted);
  CHECK_THROWS_AS(stopped.trajectory(instance), judge::Interrupted);
  CHECK_THROWS_AS(stopped.trajectories(instance.config, 3, [](std::uint32_t, const observe::Trajectory&) {}),
                  judge::Interrupted);
}

TEST_CASE("a run shows the steps asked for, in order, and stops where the look has seen enough") {
  EngineLaboratory laboratory(1, 1, {});
  const model::Instance instance =
      model::make_instance(configured({"d=2", "m=4", "n=4", "steps=1000", "record=none"}), 0);
  std::vector<std::uint64_t> seen;
  bool enough = false;
  theory::LookWith look(
      [&](const auto& sight) {
        seen.push_back(sight.step);
        enough = sight.step >= 10;
      },
      &enough);
  const theory::RunEnd end = laboratory.run(instance, {0, 3, 10, 500}, look);
  CHECK(seen == std::vector<std::uint64_t>{0, 3, 10});
  CHECK(end.steps == 10);
  CHECK(end.outcome == observe::Outcome::completed);
  // A run that diverges shows nothing after that and says so.
  const model::Instance wild =
      model::make_instance(configured({"d=2", "m=4", "n=4", "eta=1000", "steps=1000", "record=none"}), 0);
  seen.clear();
  enough = false;
  const theory::RunEnd diverged = laboratory.run(wild, {0, 900}, look);
  CHECK(seen == std::vector<std::uint64_t>{0});
  CHECK(diverged.outcome == observe::Outcome::diverged);
  CHECK(diverged.steps < 900);
}

TEST_CASE("a sequential test tells how it stands: trials, failures, e-values") {
  std::vector<judge::Doing> told;
  judge::EngineLaboratory laboratory(2, 1, {}, [&](const judge::Doing& doing) { told.push_back(doing); });
  const theory::Tested tested = laboratory.test(numeric::Ball(1) / numeric::Ball(2), 400, 0.01,
                                                [](std::uint32_t r) { return numeric::truth(r % 4 != 0); });
  REQUIRE_FALSE(told.empty());
  std::uint64_t before = 0;
  for (const judge::Doing& doing : told) {
    CHECK(doing.done > before);
    CHECK(doing.done <= doing.most);
    CHECK(doing.most == 400);
    REQUIRE(doing.test);
    CHECK(doing.test->failures <= doing.done);
    CHECK(doing.test->log10_e_needed == Approx(2));
    before = doing.done;
  }
  CHECK(tested.outcome == theory::Outcome::violated);
  CHECK(told.back().test->failures == tested.sample.failures);
  CHECK(told.back().test->log10_e_violated >= 2);
}
