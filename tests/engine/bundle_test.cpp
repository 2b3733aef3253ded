// Replicas side by side in lanes against each alone: records, ends, final states, digit by digit.
#include "escapement/engine/bundle.h"

#include <filesystem>
#include <set>

#include <catch2/catch.hpp>

#include "escapement/engine/journal.h"
#include "escapement/engine/parallel.h"
#include "escapement/engine/run.h"

using namespace escapement;
using engine::RunOptions;
using engine::RunResult;
using observe::Outcome;

namespace {

std::string text_of(const RunResult& r) {
  std::string text = to_string(r.trajectory.outcome) + " " + std::to_string(r.trajectory.steps) + "\n";
  if (r.trajectory.stop_value) text += r.trajectory.stop_value->dump() + "\n";
  for (const observe::Record& record : r.trajectory.records) text += engine::journal_line(record);
  for (const observe::NeuronPoint& p : r.trajectory.snapshots) text += engine::journal_line('s', p);
  text += engine::journal_line(r.final.record);
  for (const numeric::Ball& x : r.final.theta) text += x.dump() + "\n";
  for (const auto& row : r.final.neurons)
    for (const numeric::Ball& x : row) text += x.dump() + "\n";
  return text;
}

config::Config small(numeric::Exact eta) {
  config::Config c;
  c.d = 3;
  c.m = 20;
  c.n = 15;
  c.eta = std::move(eta);
  c.sigma = 1;
  c.steps = 1500;
  c.replicas = 21;
  c.replica = 3;
  c.seed = 5;
  c.record = *config::StepSchedule::parse("every:400");
  c.snapshots = *config::StepSchedule::parse("at:[0,37]");
  return c;
}

std::vector<std::string> alone(const config::Config& config, const RunOptions& options) {
  std::vector<std::string> texts;
  for (std::uint32_t r = 0; r < config.replicas; ++r)
    texts.push_back(text_of(engine::run_instance(model::make_instance(config, config.replica + r), options)));
  return texts;
}

std::vector<std::string> together(const config::Config& config, const RunOptions& options, unsigned threads) {
  std::vector<std::string> texts;
  for (const RunResult& r : engine::run_ensemble(config, options, threads, {})) texts.push_back(text_of(r));
  return texts;
}

}  // namespace

TEST_CASE("a replica in a bundle comes out as it does alone, also where others diverge") {
  RunOptions options;
  options.watch.neurons_at_end = true;
  std::set<Outcome> ends;
  std::set<std::uint64_t> stops;
  for (const numeric::Exact& eta : {numeric::Exact(1, 50), numeric::Exact(1, 8), numeric::Exact(1, 5)}) {
    const config::Config config = small(eta);
    REQUIRE(engine::Bundle::width(config) > 1);
    const std::vector<std::string> expected = alone(config, options);
    for (const unsigned threads : {1u, 2u, 7u}) CHECK(together(config, options, threads) == expected);
    for (const RunResult& r : engine::run_ensemble(config, options, 1, {})) {
      ends.insert(r.trajectory.outcome);
      stops.insert(r.trajectory.steps);
    }
  }
  CHECK(ends.size() >= 2);
  CHECK(stops.size() >= 10);  // else nobody left a bundle early
}

namespace {

// What small() becomes along gradients.
struct Gradients {
  config::Algorithm algorithm;
  config::Batch batch;
  const char* schedule = "on";

  config::Config with(numeric::Exact eta) const {
    config::Config c = small(std::move(eta));
    c.algorithm = algorithm;
    c.batch = batch;
    c.schedule = *config::NoiseSchedule::parse(schedule);
    c.steps = 300;
    c.replicas = 9;
    c.record = *config::StepSchedule::parse("every:80");
    return c;
  }
};

const std::vector<Gradients>& gradients() {
  using config::Algorithm;
  static const std::vector<Gradients> list{{Algorithm::sam, {false, 1}},
                                           {Algorithm::sam, {false, 3}},
                                           {Algorithm::sam, {true, 1}},
                                           {Algorithm::label_noise_sgd, {false, 4}, "periodic:7:5"},
                                           {Algorithm::sgd, {false, 2}},
                                           {Algorithm::label_noise_gd, {true, 1}, "periodic:7:5"},
                                           {Algorithm::gradient_descent, {true, 1}}};
  return list;
}

}  // namespace

TEST_CASE("so does one that follows gradients, of a batch, of all samples, of SAM") {
  RunOptions options;
  options.watch.neurons_at_end = true;
  for (const Gradients& g : gradients()) {
    std::set<Outcome> ends;
    std::set<std::uint64_t> stops;
    for (const numeric::Exact& eta :
         {numeric::Exact(1, 50), numeric::Exact(1, 4), numeric::Exact(1, 2), numeric::Exact(1)}) {
      const config::Config config = g.with(eta);
      INFO("algorithm " << static_cast<int>(config.algorithm) << " full " << g.batch.full << " batch "
                        << g.batch.size << " eta " << numeric::to_string(eta));
      REQUIRE(engine::Bundle::width(config) > 1);
      const std::vector<std::string> expected = alone(config, options);
      for (const unsigned threads : {1u, 2u}) CHECK(together(config, options, threads) == expected);
      for (const RunResult& r : engine::run_ensemble(config, options, 1, {})) {
        ends.insert(r.trajectory.outcome);
        stops.insert(r.trajectory.steps);
      }
    }
    CHECK(ends.size() >= 2);
    CHECK(stops.size() >= 4);  // else nobody left a bundle early
  }
}

TEST_CASE("replicas of SAM whose gradient has no square in doubles take the steps that they take alone") {
  config::Config config = Gradients{config::Algorithm::sam, {false, 1}}.with(numeric::Exact(1, 50));
  config.init.factor = numeric::Exact(1, numeric::BigInt(1) << 600);
  const std::vector<std::string> expected = alone(config, {});
  CHECK(together(config, {}, 1) == expected);
  config.d = 1;
  config.m = 1;
  config.init.factor = numeric::Exact(1, numeric::BigInt(1) << 537);  // only some replicas' is
  std::set<bool> zero;
  for (std::uint32_t r = 0; r < config.replicas; ++r) {
    const model::Instance instance = model::make_instance(config, config.replica + r);
    const engine::Simulation<double> simulation(instance, {});
    zero.insert(simulation.state().second_layer_squared() == 0);
  }
  CHECK(zero.size() == 2);
  CHECK(together(config, {}, 1) == alone(config, {}));
}

TEST_CASE("an ensemble that was interrupted goes on to the same bits") {
  const config::Config config =
      GENERATE(small(numeric::Exact(1, 50)), gradients()[0].with(numeric::Exact(1, 50)),
               gradients()[5].with(numeric::Exact(1, 50)));
  RunOptions options;
  options.watch.neurons_at_end = true;
  const std::vector<std::string> expected = alone(config, options);
  options.checkpoint_directory = "bundle-checkpoints";
  options.checkpoint_seconds = 0;
  std::filesystem::remove_all(options.checkpoint_directory);
  int polls = 0;
  for (const RunResult& r :
       engine::run_ensemble(config, options, 1, [&](std::uint64_t) { return ++polls < 6; }))
    CHECK(r.trajectory.outcome == Outcome::interrupted);
  options.resume = true;
  CHECK(together(config, options, 2) == expected);
  std::filesystem::remove_all(options.checkpoint_directory);
}

TEST_CASE("the sink receives every replica once, whatever the threads") {
  config::Config config = small(numeric::Exact(1, 50));
  config.steps = 20;
  for (const unsigned threads : {1u, 3u}) {
    std::vector<int> seen(config.replicas);
    engine::run_ensemble(config, {}, threads, {}, [&](std::uint32_t r, RunResult&& result) {
      ++seen.at(r);
      CHECK(result.trajectory.steps == 20);
    });
    CHECK(seen == std::vector<int>(config.replicas, 1));
  }
}
