// Bundles of replicas against each replica alone: the text of every state, digit by digit.
#include "escapement/reduction/lane_states.h"

#include <sstream>

#include <catch2/catch.hpp>

#include "escapement/model/driving.h"

#include "support/effort.h"
#include "support/exact_of.h"

using namespace escapement;
using model::SampleBlock;
using reduction::LaneStates;
using State = reduction::WidthFreeState<double>;
using test::Dice;

namespace {

struct Replica {
  model::Instance instance;
  model::Problem<double> problem;
  std::shared_ptr<const model::Start<double>> start;
  model::Driving<double> driving;
  State alone, bundled;

  Replica(const config::Config& config, std::uint32_t number, bool neurons)
      : instance(model::make_instance(config, number)),
        problem(instance),
        start(std::make_shared<const model::Start<double>>(instance)),
        driving(instance, problem),
        alone(start, neurons),
        bundled(start, neurons) {}
  Replica(const Replica&) = delete;

  std::size_t advance(std::uint64_t first, std::size_t count) {
    SampleBlock<double> block;
    driving.fill_steps(first, count, block);
    return alone.apply_samples(block, problem.step_size);
  }
};

std::string text_of(const State& state) {
  std::ostringstream out;
  state.save(out);
  for (std::size_t j = 0; j < state.d(); ++j) out << ' ' << state.theta().get(j);
  return out.str();
}

config::Config drawn_config(Dice& dice) {
  config::Config c;
  c.d = static_cast<std::size_t>(dice.between(1, 11));
  c.m = dice.between(1, 30);
  c.population = dice.below(3) == 0 ? config::Population::fresh : config::Population::sample;
  c.n = c.population == config::Population::sample ? static_cast<std::size_t>(dice.between(1, 300)) : 0;
  c.sigma = 1;
  c.steps = 100'000;
  c.seed = dice.below(1000);
  return c;
}

}  // namespace

TEST_CASE("a bundle has the bits of its replicas, however it is filled and cut") {
  Dice dice(71);
  for (int i = 0; i < test::scaled(20); ++i) {
    const config::Config config = drawn_config(dice);
    const bool neurons = dice.below(2) == 0;
    const std::size_t count = 1 + dice.below(LaneStates::width());
    std::vector<std::unique_ptr<Replica>> replicas;
    for (std::uint32_t r = 0; r < count; ++r)
      replicas.push_back(std::make_unique<Replica>(config, r, neurons));
    std::vector<State*> states;
    for (const auto& r : replicas) states.push_back(&r->bundled);
    LaneStates lanes;
    std::vector<SampleBlock<double>> blocks(count);
    std::uint64_t step = 0;
    for (int bundle = 0; bundle < 3; ++bundle) {
      lanes.begin(states);
      std::size_t taken = 0;
      for (int call = 0; call < 3; ++call) {
        const std::size_t size = 1 + dice.below(40);
        for (std::size_t r = 0; r < count; ++r) {
          replicas[r]->driving.fill_steps(step, size, blocks[r]);
          REQUIRE(replicas[r]->advance(step, size) == size);
        }
        taken = lanes.apply_samples(blocks, replicas.front()->problem.step_size);
        REQUIRE(taken == size);
        step += size;
      }
      lanes.end(blocks, taken);
      for (const auto& r : replicas) {
        INFO("case " << i << " d " << config.d << " m " << config.m << " n " << config.n << " step " << step);
        CHECK(text_of(r->alone) == text_of(r->bundled));
      }
      // A step taken alone in between, as after a replica that left.
      for (const auto& r : replicas) {
        REQUIRE(r->advance(step, 1) == 1);
        SampleBlock<double> block;
        r->driving.fill_steps(step, 1, block);
        REQUIRE(r->bundled.apply_samples(block, r->problem.step_size) == 1);
      }
      ++step;
    }
  }
}

TEST_CASE("a bundle stops, settled, before the step that one of its replicas may not take") {
  config::Config c;
  c.d = 3;
  c.m = 10;
  c.n = 20;
  c.eta = 2;  // diverges at once
  c.sigma = 1;
  c.steps = 1000;
  std::vector<std::unique_ptr<Replica>> replicas;
  std::vector<State*> states;
  std::vector<SampleBlock<double>> blocks(LaneStates::width());
  std::size_t least = 1000;
  for (std::uint32_t r = 0; r < LaneStates::width(); ++r) {
    replicas.push_back(std::make_unique<Replica>(c, r, true));
    Replica probe(c, r, true);
    least = std::min(least, probe.advance(0, 200));
    replicas[r]->driving.fill_steps(0, 200, blocks[r]);
    states.push_back(&replicas[r]->bundled);
  }
  REQUIRE(least > 0);
  REQUIRE(least < 200);
  LaneStates lanes;
  lanes.begin(states);
  const std::size_t taken = lanes.apply_samples(blocks, replicas.front()->problem.step_size);
  lanes.end(blocks, taken);
  CHECK(taken == least);
  for (const auto& r : replicas) {
    SampleBlock<double> block;
    r->driving.fill_steps(0, 200, block);
    block.steps = taken;  // the bundle's block went further, so neither keeps products
    REQUIRE(r->alone.apply_samples(block, r->problem.step_size) == taken);
    for (std::size_t i = 0; i < r->alone.factor().rows(); ++i)
      for (std::size_t j = 0; j <= c.d; ++j) {
        CHECK(r->alone.factor().get(i, j) == r->bundled.factor().get(i, j));
        CHECK(r->alone.product().get(i, j) == r->bundled.product().get(i, j));
      }
  }
}
