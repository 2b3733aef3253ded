#include "escapement/engine/word_run.h"

#include <cmath>
#include <map>

#include <catch2/catch.hpp>

#include "escapement/config/load.h"
#include "escapement/numeric/precision.h"

#include "support/exact_of.h"
#include "support/scratch_folder.h"

using namespace escapement;
using engine::RunOptions;
using engine::RunResult;
using numeric::Exact;
using test::exact_mid;
using test::magnitude;

namespace {

using Sets = std::vector<std::string>;

config::Config configured(const std::string& precision, const Sets& sets) {
  config::Request request;
  std::map<std::string, std::string> values = {{"d", "4"},
                                               {"m", "30"},
                                               {"n", "9"},
                                               {"steps", "200"},
                                               {"eta", "1/50"},
                                               {"sigma", "1/3"},
                                               {"record", "every:70"},
                                               {"snapshots", "none"}};
  for (const std::string& set : sets) values[set.substr(0, set.find('='))] = set.substr(set.find('=') + 1);
  for (const auto& [key, value] : values) request.sets.push_back(key + "=" + value);
  request.sets.push_back("precision=" + precision);
  return config::load(request);
}

std::vector<RunResult> ensemble(const config::Config& config, RunOptions options = {}, unsigned threads = 1,
                                const engine::EnsemblePoll& poll = {}) {
  options.watch.neurons_at_end = true;
  return engine::run_ensemble(config, options, threads, poll);
}

std::vector<Exact> numbers(const RunResult& run) {
  std::vector<Exact> all;
  for (const auto& x : run.final.theta) all.push_back(exact_mid(x));
  for (const auto& row : run.final.neurons)
    for (const auto& x : row) all.push_back(exact_mid(x));
  for (const observe::Record& record : run.trajectory.records)
    for (const auto& x : record.values)
      if (x) all.push_back(exact_mid(*x));
  return all;
}

// The largest difference, relative to 1 or the number's size.
double distance(const RunResult& a, const RunResult& b) {
  const std::vector<Exact> x = numbers(a), y = numbers(b);
  REQUIRE(x.size() == y.size());
  double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const Exact size = std::max<Exact>(1, magnitude(y[i]));
    worst = std::max(worst, static_cast<double>(Exact(magnitude(x[i] - y[i]) / size)));
  }
  return worst;
}

bool same(const RunResult& a, const RunResult& b) {
  return a.trajectory.outcome == b.trajectory.outcome && a.trajectory.steps == b.trajectory.steps &&
         a.left_words == b.left_words && a.arithmetic == b.arithmetic && numbers(a) == numbers(b);
}

// A run in these units loses at most 2^12 u^2, 2^26 u^4 of the state's norm a step, and an error of one step grows by
// less than 2^12 over 200 steps like these (multi-word.md; the second is measured, in "an error grows ...").
constexpr double kGrowth = 0x1p12;
double bound(const std::string& bits, double steps) {
  return steps * kGrowth * (bits == "106" ? std::ldexp(1.0, 12 - 106) : std::ldexp(1.0, 26 - 212));
}

const std::vector<Sets> kVariants = {
    {},
    {"algorithm=sgd", "loss=square"},
    {"n=fresh"},
    {"noise=gaussian", "schedule=periodic:7:5"},
    {"m=3", "eta=1/1000"},  // fewer neurons than rows of the reduction
    {"batch=3"},
    {"batch=2", "n=fresh", "noise=gaussian"},
    {"algorithm=gradient-descent"},
    {"algorithm=gradient-descent", "n=population"},
    {"algorithm=label-noise-gd", "schedule=periodic:7:5"},
    {"algorithm=sam", "rho=1/20"},
    {"algorithm=sam", "rho=1/20", "batch=full", "loss=square"},
};

}  // namespace

TEST_CASE("an error grows by less than the factor that the bounds of these runs take") {
  for (const Sets& sets : kVariants) {
    Sets moved = sets;
    moved.push_back("init=ntk:1000000000001/1000000000000");
    const double off =
        distance(ensemble(configured("400", moved)).front(), ensemble(configured("400", sets)).front());
    CHECK(off > 0);
    CHECK(off < kGrowth * 1e-12);
  }
}

TEST_CASE("runs in words take the engine's draws and stay within their bound of MPFR") {
  for (const std::string bits : {"106", "212"})
    for (const Sets& sets : kVariants) {
      Sets three = sets;
      three.push_back("replicas=3");
      const auto words = ensemble(configured(bits, three)), exact = ensemble(configured("400", three));
      for (std::size_t r = 0; r < 3; ++r) {
        INFO(bits << " bits, variant " << (sets.empty() ? "" : sets.front()) << ", replica " << r);
        CHECK(words[r].arithmetic == (bits == "106" ? "double-word" : "quad-word"));
        CHECK(exact[r].arithmetic == "mpfr");
        CHECK(words[r].trajectory.outcome == observe::Outcome::completed);
        CHECK(words[r].trajectory.records.size() == 4);
        CHECK(distance(words[r], exact[r]) <= bound(bits, 200));
      }
    }
}

TEST_CASE("a replica in words is the same alone, in any group and on any number of threads") {
  const config::Config eleven = configured("212", {"replicas=11"});
  const auto one = ensemble(eleven), two = ensemble(eleven, {}, 2);
  for (std::size_t r = 0; r < 11; ++r) CHECK(same(one[r], two[r]));
  for (const std::size_t r : {0U, 6U, 10U}) {
    const auto alone = ensemble(configured("212", {"replica=" + std::to_string(r)}));
    CHECK(same(alone.front(), one[r]));
  }
}

TEST_CASE("a run in words that was interrupted goes on to the same numbers") {
  const Sets sets = {"replicas=3", "steps=1500", "record=every:400"};
  for (const std::string bits : {"106", "212"}) {
    RunOptions options;
    const test::ScratchFolder scratch;
    options.checkpoint_directory = scratch.path() / "words";
    options.checkpoint_seconds = 0;
    const auto cut =
        ensemble(configured(bits, sets), options, 1, [](std::uint64_t steps) { return steps < 2000; });
    CHECK(cut[0].trajectory.outcome == observe::Outcome::interrupted);
    CHECK(cut[0].trajectory.steps % 8 != 7);
    options.resume = true;
    const auto resumed = ensemble(configured(bits, sets), options), whole = ensemble(configured(bits, sets));
    for (std::size_t r = 0; r < 3; ++r) {
      CHECK(resumed[r].steps_here == 1500 - cut[r].trajectory.steps);
      CHECK(same(resumed[r], whole[r]));
    }
  }
}

TEST_CASE("a replica that leaves the words' range goes on in MPFR, and says so") {
  const Sets sets = {"eta=1e20", "replicas=2"};
  const auto words = ensemble(configured("212", sets)), mpfr = ensemble(configured("mpfr:212", sets));
  for (std::size_t r = 0; r < 2; ++r) {
    REQUIRE(words[r].left_words);
    CHECK(*words[r].left_words >= 1);
    CHECK(words[r].trajectory.outcome == observe::Outcome::diverged);
    CHECK(words[r].trajectory.steps == mpfr[r].trajectory.steps);
    CHECK(distance(words[r], mpfr[r]) < 1e-50);
  }
  // Divergence within the range needs no MPFR.
  const auto diverged = ensemble(configured("212", {"eta=40"}));
  CHECK(!diverged.front().left_words);
  CHECK(diverged.front().trajectory.outcome == observe::Outcome::diverged);
  CHECK(diverged.front().trajectory.stop_value);
}

TEST_CASE("what words cannot do runs in MPFR") {
  for (const Sets& sets :
       std::vector<Sets>{{"watch=1"}, {"state=direct"}, {"algorithm=oscillation"}, {"eta=1e-250"}})
    CHECK(ensemble(configured("212", sets)).front().arithmetic == "mpfr");
  CHECK(ensemble(configured("211", {})).front().arithmetic == "mpfr");
  CHECK(ensemble(configured("mpfr:106", {})).front().arithmetic == "mpfr");
  CHECK(ensemble(configured("double", {})).front().arithmetic == "double");
}
