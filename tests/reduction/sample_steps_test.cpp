#include <sstream>

#include <catch2/catch.hpp>

#include "escapement/model/direct_state.h"
#include "escapement/model/driving.h"
#include "escapement/reduction/width_free_state.h"

#include "support/effort.h"
#include "support/exact_of.h"

using namespace escapement;
using model::SampleBlock;
using numeric::Ball;
using numeric::Mp;
using numeric::WorkingPrecision;
using reduction::WidthFreeState;
using test::Dice;
using test::exact_of;
using test::magnitude;
using test::power_of_two;

namespace {

config::Config small_config(Dice& dice) {
  config::Config c;
  c.d = static_cast<std::size_t>(dice.between(1, 6));
  c.m = dice.between(1, 30);
  c.population = dice.below(2) == 0 ? config::Population::sample : config::Population::fresh;
  c.n = c.population == config::Population::sample ? 9 : 0;
  c.sigma = 1;
  c.steps = 100'000;
  c.seed = dice.below(1000);
  return c;
}

// An instance with what single-sample steps need, in T at the thread's precision.
template <class T>
struct Setting {
  explicit Setting(const config::Config& config)
      : instance(model::make_instance(config, 0)),
        problem(instance),
        start(std::make_shared<const model::Start<T>>(instance)),
        driving(instance, problem) {}
  Setting(const Setting&) = delete;

  WidthFreeState<T> width_free(bool neurons) const { return WidthFreeState<T>(start, neurons); }
  model::DirectState<T> direct() const {
    numeric::Rows<T> z(static_cast<std::size_t>(instance.m), instance.d);
    start->rows(0, z);
    return model::DirectState<T>(std::move(z));
  }
  std::size_t advance(model::State<T>& state, std::uint64_t first, std::uint64_t count) const {
    SampleBlock<T> block;
    driving.fill_steps(first, static_cast<std::size_t>(count), block);
    return state.apply_samples(block, problem.step_size);
  }

  model::Instance instance;
  model::Problem<T> problem;
  std::shared_ptr<const model::Start<T>> start;
  model::Driving<T> driving;
};

template <class T>
std::string text_of(const model::State<T>& state) {
  std::ostringstream out;
  state.save(out);
  return out.str();
}

template <class T>
void look(const model::State<T>& state, std::uint64_t m) {
  state.first_layer_squared();
  state.second_layer_squared();
  state.gradient_squared(state.theta());
  if (!state.sees_neurons()) return;
  numeric::Rows<T> z(static_cast<std::size_t>(m), state.d());
  state.neurons(0, z);
}

constexpr std::uint64_t kSteps = 120;
constexpr std::uint64_t kGeneralStep = 70;  // at which a step of another kind is taken

template <class T>
void general_step(model::State<T>& state, const Setting<T>& s) {
  model::RightStep<T> step;
  numeric::Vector<T> q = state.theta();
  step.q = &q;
  step.c = s.problem.step_size;
  state.apply(step);
}

}  // namespace

TEMPLATE_TEST_CASE("the bits do not depend on where a trajectory is cut, watched or saved", "", double, Mp,
                   Ball) {
  using T = TestType;
  Dice dice(51);
  for (int i = 0; i < test::scaled(12); ++i) {
    const WorkingPrecision precision(std::is_same_v<T, double> ? 53 : dice.between(40, 300));
    const Setting<T> s(small_config(dice));
    const bool neurons = dice.below(2) == 0;
    INFO("case " << i << " bits " << numeric::working_bits() << " d " << s.instance.d << " m "
                 << s.instance.m);
    auto whole = s.width_free(neurons), cut = s.width_free(neurons);
    REQUIRE(s.advance(whole, 0, kGeneralStep) == kGeneralStep);
    general_step(whole, s);
    REQUIRE(s.advance(whole, kGeneralStep, kSteps - kGeneralStep) == kSteps - kGeneralStep);
    for (std::uint64_t t = 0; t < kSteps;) {
      if (t == kGeneralStep) general_step(cut, s);
      const std::uint64_t stop = t < kGeneralStep ? kGeneralStep : kSteps;
      const std::uint64_t count = std::min(stop - t, dice.below(3) == 0 ? 1 : 1 + dice.below(20));
      REQUIRE(s.advance(cut, t, count) == count);
      t += count;
      look(cut, s.instance.m);
      if (dice.below(3) != 0) continue;
      auto resumed = s.width_free(neurons);
      std::istringstream in(text_of(cut));
      REQUIRE(resumed.load(in));
      REQUIRE(text_of(resumed) == text_of(cut));
      REQUIRE(identical(resumed.theta(), cut.theta()));
      cut = std::move(resumed);
    }
    REQUIRE(text_of(cut) == text_of(whole));
    REQUIRE(identical(cut.theta(), whole.theta()));
  }
}

TEST_CASE("Mp agrees with the plain recursion over all neurons to a few bits") {
  Dice dice(52);
  for (int i = 0; i < test::scaled(8); ++i) {
    const WorkingPrecision precision(dice.between(60, 400));
    const Setting<Mp> s(small_config(dice));
    INFO("case " << i << " bits " << numeric::working_bits() << " d " << s.instance.d << " m "
                 << s.instance.m);
    auto reduced = s.width_free(true);
    auto direct = s.direct();
    REQUIRE(s.advance(reduced, 0, kSteps) == kSteps);
    REQUIRE(s.advance(direct, 0, kSteps) == kSteps);
    const auto close = [](const Mp& x, const Mp& y) {
      const numeric::Exact scale = 1 + magnitude(exact_of(y));
      return magnitude(exact_of(x) - exact_of(y)) <= power_of_two(20 - numeric::working_bits()) * scale;
    };
    const auto m = static_cast<std::size_t>(s.instance.m);
    numeric::Rows<Mp> z(m, s.instance.d), expected(m, s.instance.d);
    reduced.neurons(0, z);
    direct.neurons(0, expected);
    for (std::size_t j = 0; j < s.instance.d; ++j)
      REQUIRE(close(reduced.theta().get(j), direct.theta().get(j)));
    for (std::size_t r = 0; r < m; ++r)
      for (std::size_t j = 0; j <= s.instance.d; ++j) REQUIRE(close(z.get(r, j), expected.get(r, j)));
    REQUIRE(close(reduced.first_layer_squared(), direct.first_layer_squared()));
    REQUIRE(close(reduced.second_layer_squared(), direct.second_layer_squared()));
  }
}

TEST_CASE("Ball contains what far more digits find") {
  Dice dice(53);
  for (int i = 0; i < test::scaled(8); ++i) {
    const config::Config config = small_config(dice);
    INFO("case " << i << " d " << config.d << " m " << config.m);
    constexpr std::uint64_t steps = 40;
    std::vector<numeric::Exact> expected;
    {
      const WorkingPrecision precision(1500);
      const Setting<Mp> s(config);
      auto direct = s.direct();
      REQUIRE(s.advance(direct, 0, steps) == steps);
      for (std::size_t j = 0; j < config.d; ++j) expected.push_back(exact_of(direct.theta().get(j)));
      expected.push_back(exact_of(direct.first_layer_squared()));
      expected.push_back(exact_of(direct.second_layer_squared()));
    }
    const WorkingPrecision precision(dice.between(120, 300));
    const Setting<Ball> s(config);
    auto reduced = s.width_free(dice.below(2) == 0);
    REQUIRE(s.advance(reduced, 0, steps) == steps);
    for (std::size_t j = 0; j < config.d; ++j) {
      REQUIRE(reduced.theta().get(j).contains(expected[j]));
      REQUIRE(exact_of(numeric::to_double(reduced.theta().get(j).radius())) < numeric::Exact(1, 1000));
    }
    REQUIRE(reduced.first_layer_squared().contains(expected[config.d]));
    REQUIRE(reduced.second_layer_squared().contains(expected[config.d + 1]));
  }
}

TEMPLATE_TEST_CASE("a run away stops before the offending step, with the state there", "", double, Mp, Ball) {
  using T = TestType;
  const WorkingPrecision precision(std::is_same_v<T, double> ? 53 : 4000);
  Dice dice(54);
  config::Config config = small_config(dice);
  config.d = 3;
  config.m = 12;
  config.eta = 30;  // far beyond stability: the cubic map squares its residual, roughly
  const Setting<T> s(config);
  auto state = s.width_free(true), same = s.width_free(true);
  const std::size_t taken = s.advance(state, 0, kSteps);
  REQUIRE(taken > 0);
  REQUIRE(taken < kSteps);
  REQUIRE(s.advance(same, 0, taken) == taken);
  CHECK(identical(state.theta(), same.theta()));
  numeric::Rows<T> z(12, 3), expected(12, 3);
  state.neurons(0, z);
  same.neurons(0, expected);
  for (std::size_t i = 0; i < 12; ++i)
    for (std::size_t j = 0; j <= 3; ++j)
      CHECK(numeric::dump(z.get(i, j)) == numeric::dump(expected.get(i, j)));
  CHECK(s.advance(state, taken, 1) == 0);  // and stays there
}
