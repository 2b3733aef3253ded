// All arithmetics see the same instance: inputs, start and samples are the same exact numbers, label noise the same up to
// the rounding of sigma times a number, and each is a pure function of where it is, not of how it was asked for.
#include <fmt/format.h>

#include "escapement/model/driving.h"
#include "escapement/model/start.h"
#include "escapement/numeric/precision.h"

#include "../support/dice.h"
#include "../support/property.h"
#include "drawn_run.h"
#include "ends.h"

namespace escapement::test {

namespace {

struct Draws {
  std::vector<Entry> exact;  // inputs of the sample, of the steps, rows of the start
  std::vector<Entry> noise;
};

template <class T>
Draws draws_of(const model::Instance& instance, long bits) {
  const numeric::WorkingPrecision precision(bits);
  const model::Problem<T> problem(instance);
  const model::Driving<T> driving(instance, problem);
  const model::Start<T> start(instance);
  Draws draws;
  const auto add = [](std::vector<Entry>& list, std::string name, const T& x) {
    list.push_back({std::move(name), numeric::to_ball(x)});
  };
  for (std::size_t k = 0; k < problem.x.size(); ++k)
    for (std::size_t j = 0; j < problem.d; ++j)
      add(draws.exact, fmt::format("X[{}][{}]", k, j), problem.x[k].get(j));

  // Two blocks that overlap must agree where they do: the first asked for in one piece, the second from its middle.
  const std::uint64_t m = start.width(), middle = m / 2;
  numeric::Rows<T> all(m, instance.d), half(m - middle, instance.d);
  start.rows(0, all);
  start.rows(middle, half);
  for (std::size_t i = 0; i < m; ++i)
    for (std::size_t j = 0; j <= instance.d; ++j) {
      add(draws.exact, fmt::format("Z[{}][{}]", i, j), all.get(i, j));
      if (i >= middle)
        RC_ASSERT(numeric::to_ball(half.get(i - middle, j)).identical(draws.exact.back().value));
    }

  const std::uint64_t steps = std::min<std::uint64_t>(instance.config.steps, 20);
  model::SampleBlock<T> block;
  for (std::uint64_t t = 0; t < steps; ++t) {
    if (config::is_full_batch(instance.config.algorithm)) {
      std::vector<T> noise;
      driving.full_noise(t, noise);
      for (std::size_t k = 0; k < noise.size(); ++k)
        add(draws.noise, fmt::format("noise {} {}", t, k), noise[k]);
      continue;
    }
    driving.fill_batch(t, block);
    for (std::size_t b = 0; b < driving.batch(); ++b) {
      for (std::size_t j = 0; j < problem.d; ++j)
        add(draws.exact, fmt::format("x({})[{}]", t, j), block.x[b]->get(j));
      add(draws.noise, fmt::format("noise {} {}", t, b), block.noise[b]);
    }
  }
  return draws;
}

}  // namespace

ESCAPEMENT_PROPERTY("the same draws in all arithmetics", 0.5, [] {
  const DrawnRun run = *drawn_runs(Rules::right_multiplications, 4'000);
  Settings plain{{"precision", "double"}};
  if (load(run, {}).init.factor != 1)
    plain.emplace_back("init", "ntk");  // a factor is applied in the arithmetic
  const model::Instance instance = make_instance(run, plain);
  const long bits = *rc::gen::inRange<long>(53, 300);
  const Draws in_double = draws_of<double>(instance, 53), in_mp = draws_of<numeric::Mp>(instance, bits),
              in_balls = draws_of<Ball>(instance, bits);
  ESCAPEMENT_EXPECT_NONE(first_difference(in_double.exact, in_mp.exact));
  ESCAPEMENT_EXPECT_NONE(first_difference(in_double.exact, in_balls.exact));
  // sigma and sigma g are rounded once each; |g| < 8.3.
  const Ball tolerance = Ball::from(instance.config.sigma * 32 * power_of_two(-53));
  ESCAPEMENT_EXPECT_NONE(first_beyond(in_double.noise, in_balls.noise, tolerance));
  ESCAPEMENT_EXPECT_NONE(first_beyond(in_mp.noise, in_balls.noise, tolerance));
});

// Steps drawn in blocks, in SIMD lanes, are the steps drawn one by one.
ESCAPEMENT_PROPERTY("single samples in blocks of any size are those of each step alone", 0.5, [] {
  const DrawnRun run = *drawn_runs(Rules::right_multiplications, 20'000);
  const config::Config config = load(run, {});
  RC_PRE(!config.batch.full && config.batch.size == 1 && config.steps > 0);
  const model::Instance instance = make_instance(run, {});
  const model::Problem<double> problem(instance);
  const model::Driving<double> driving(instance, problem);
  model::SampleBlock<double> block, single;
  const std::uint64_t first = *rc::gen::inRange<std::uint64_t>(0, config.steps);
  const auto count = static_cast<std::size_t>(*rc::gen::inRange<std::uint64_t>(1, config.steps - first + 1));
  driving.fill_steps(first, count, block);
  RC_ASSERT(block.steps == count);
  RC_ASSERT(first + block.x.size() <= config.steps);  // looking ahead ends with the run
  for (std::size_t k = 0; k < block.x.size(); ++k) {
    driving.fill_batch(first + k, single);
    for (std::size_t j = 0; j < problem.d; ++j) RC_ASSERT(block.x[k]->get(j) == single.x[0]->get(j));
    RC_ASSERT(block.noise[k] == single.noise[0]);
    RC_ASSERT(block.y[k] == single.y[0]);
  }
});

}  // namespace escapement::test
