// Where squares and products leave the range of doubles: the digits of MPFR, or no number and a reason.
#include <algorithm>

#include <catch2/catch.hpp>

#include "escapement/config/input_error.h"
#include "escapement/config/load.h"
#include "escapement/engine/run.h"
#include "escapement/numeric/precision.h"

using namespace escapement;
using engine::RunResult;
using numeric::Ball;
using observe::Column;
using observe::Outcome;

namespace {

using Sets = std::vector<std::string>;

config::Config configuration(const Sets& sets) {
  config::Request request;
  for (const std::string set : {"d=3", "n=5", "m=50", "eta=1/10", "steps=1", "record=every:1"})
    if (std::none_of(sets.begin(), sets.end(), [&](const std::string& given) {
          return given.substr(0, given.find('=')) == set.substr(0, set.find('='));
        }))
      request.sets.push_back(set);
  request.sets.insert(request.sets.end(), sets.begin(), sets.end());
  return config::load(request);
}

RunResult run(Sets sets, const std::string& precision) {
  sets.push_back("precision=" + precision);
  engine::RunOptions options;
  options.watch.neurons_at_end = true;
  return engine::run_instance(model::make_instance(configuration(sets), 0), options);
}

std::optional<Ball> value(const observe::Record& record, Column column) {
  return record.values.at(static_cast<std::size_t>(column));
}

bool near(const Ball& x, const Ball& y) {  // to 2^-40
  const numeric::WorkingPrecision precision(256);
  const Ball unit = Ball::from(numeric::Exact(1, numeric::BigInt(1) << 40));
  return less_equal(abs(x.mid() - y.mid()), abs(y.mid()) * unit) == numeric::Truth::yes;
}

// Every number that `fast` prints is the one of MPFR; how many it leaves out.
std::size_t compare(const RunResult& fast, const RunResult& slow) {
  std::size_t absent = 0;
  REQUIRE(fast.trajectory.records.size() == slow.trajectory.records.size());
  for (std::size_t r = 0; r < fast.trajectory.records.size(); ++r)
    for (std::size_t c = 0; c < observe::column_names().size(); ++c) {
      const auto &x = fast.trajectory.records[r].values[c], &y = slow.trajectory.records[r].values[c];
      INFO(observe::column_names()[c] << " of record " << r);
      CHECK((!x || y));
      if (y && !x) ++absent;
      if (x && y) CHECK(near(*x, *y));
    }
  for (std::size_t i = 0; i < fast.final.neurons.size(); ++i)
    for (std::size_t j = 0; j < fast.final.neurons[i].size(); ++j)
      CHECK(near(fast.final.neurons[i][j], slow.final.neurons[i][j]));
  return absent;
}

}  // namespace

TEST_CASE("starts whose squares no double holds have the digits of MPFR, in every rule and state") {
  for (const char* start : {"init=ntk:1e-80", "init=ntk:1e-160", "init=ntk:1e-170", "init=balanced:1e-250"})
    for (const char* rule : {"algorithm=sam", "algorithm=label-noise-sgd", "algorithm=gradient-descent"})
      for (const char* state : {"state=direct", "state=width-free"}) {
        INFO(start << " " << rule << " " << state);
        const Sets sets{start, rule, state};
        const RunResult fast = run(sets, "double"), slow = run(sets, "mpfr:128");
        CHECK(fast.trajectory.outcome == Outcome::completed);
        // theta alone is below all doubles, where it is not kept beside theta*.
        const auto& first = fast.trajectory.records.front();
        const bool theta = std::string(start) == "init=ntk:1e-80";
        CHECK(value(first, Column::theta_norm).has_value() == theta);
        const std::size_t absent = compare(fast, slow);
        CHECK(absent <= (theta ? 0 : std::string(rule) == "algorithm=sam" ? 1 : 2));
      }
}

TEST_CASE("SAM does not lose its ascent at a small start") {
  const RunResult moved = run({"init=ntk:1e-170", "algorithm=sam"}, "double");
  const auto norm = value(moved.final.record, Column::mean_norm);
  REQUIRE(norm);
  CHECK(norm->mid_double() > 1e-4);
}

TEST_CASE("where SAM's direction is below all doubles the run says so") {
  const Sets sets{"init=ntk:1e-170", "algorithm=sam", "theta_norm=0", "sigma=0"};
  const RunResult fast = run(sets, "double"), slow = run(sets, "mpfr:128");
  CHECK(fast.trajectory.outcome == Outcome::out_of_range);
  CHECK(fast.trajectory.steps == 0);
  CHECK(slow.trajectory.outcome == Outcome::completed);
  // From where theta is held, not.
  CHECK(run({"init=ntk:1e-120", "algorithm=sam", "theta_norm=0", "sigma=0"}, "double").trajectory.outcome ==
        Outcome::completed);
}

TEST_CASE("large starts diverge or leave the range with what is known, and print nothing that is not") {
  for (const char* start : {"init=ntk:1e60", "init=ntk:1e100", "init=ntk:1e160", "init=ntk:1e170"}) {
    INFO(start);
    const RunResult fast = run({start}, "double"), slow = run({start}, "mpfr:128");
    CHECK(slow.trajectory.outcome == Outcome::diverged);
    CHECK((fast.trajectory.outcome == Outcome::diverged || fast.trajectory.outcome == Outcome::not_finite));
    const auto norm = value(fast.final.record, Column::norm_a);
    REQUIRE(norm);
    CHECK(near(*norm, *value(slow.final.record, Column::norm_a)));
    for (std::size_t c = 0; c < observe::column_names().size(); ++c) {
      const auto &x = fast.final.record.values[c], &y = slow.final.record.values[c];
      INFO(observe::column_names()[c]);
      if (x && x->is_finite()) CHECK(near(*x, *y));
    }
  }
}

TEST_CASE("a network that shrinks below all doubles ends its run, alone and side by side") {
  config::Config config = configuration({"theta_norm=0", "eta=1/8", "sigma=1", "d=1", "m=2", "n=3",
                                         "steps=2000000", "record=none", "replicas=8"});
  std::vector<std::uint64_t> ends;
  for (std::uint32_t r = 0; r < config.replicas; ++r) {
    const RunResult alone = engine::run_instance(model::make_instance(config, r), {});
    CHECK(alone.trajectory.outcome == Outcome::out_of_range);
    CHECK(alone.trajectory.steps < config.steps);
    CHECK(!value(alone.final.record, Column::norm_a).has_value());
    CHECK(alone.final.theta.empty());
    ends.push_back(alone.trajectory.steps);
  }
  for (const unsigned threads : {1u, 3u}) {
    const auto together = engine::run_ensemble(config, {}, threads, {});
    for (std::uint32_t r = 0; r < config.replicas; ++r) {
      CHECK(together[r].trajectory.outcome == Outcome::out_of_range);
      CHECK(together[r].trajectory.steps == ends[r]);
    }
  }
}

TEST_CASE("what leaves products no room in double precision is refused by name, before anything runs") {
  const std::vector<std::pair<const char*, const char*>> list{
      {"init", "init=ntk:1e-300"},         {"init", "init=ntk:1e-400"}, {"init", "init=balanced:1e290"},
      {"theta_norm", "theta_norm=1e-220"}, {"eta", "eta=1e-250"},       {"eta", "eta=1e250"}};
  for (const auto& [key, set] : list) {
    INFO(set);
    const model::Instance instance = model::make_instance(configuration({set}), 0);
    try {
      engine::check_instance(instance);
      FAIL("accepted");
    } catch (const config::InputError& e) {
      CHECK_THAT(e.what(), Catch::Contains(key));
      CHECK_THAT(e.what(), Catch::Contains("--precision"));
    }
    CHECK_NOTHROW(engine::check_instance(model::make_instance(configuration({set, "precision=128"}), 0)));
  }
}
