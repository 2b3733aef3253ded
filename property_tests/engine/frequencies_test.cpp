// Generated draws have the law that the paper gives them: the pair (xi, eps) uniform over its 2 n cases, the noise of a
// batch drawn for each of its samples, Gaussian noise with its quartiles, and the events of Lemma 4.3 as often as counting
// says. A share of N independent draws is further than sqrt(ln(2 / delta) / 2 N) from its mean with probability below
// delta (Hoeffding); delta = 10^-12 here, for at most some hundred comparisons: a false alarm in 10^10 runs.
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "escapement/model/driving.h"
#include "escapement/numeric/precision.h"
#include "escapement/observe/columns.h"

#include "../support/dice.h"
#include "../support/property.h"
#include "counting.h"

namespace escapement::test {

namespace {

constexpr std::uint64_t kDraws = 1 << 16;

double deviation(std::uint64_t draws) { return std::sqrt(std::log(2e12) / (2 * static_cast<double>(draws))); }

void expect_share(const std::string& event, std::uint64_t count, std::uint64_t draws, double probability) {
  const double share = static_cast<double>(count) / static_cast<double>(draws);
  RC_LOG() << event << ": " << count << " of " << draws << ", expected " << probability << "\n";
  RC_ASSERT(std::fabs(share - probability) <= deviation(draws));
}

struct Data {
  int n = 1, d = 1;
  std::uint64_t seed = 0;
  std::uint32_t replica = 0;
};
void showValue(const Data& data, std::ostream& out) {
  out << "--set n=" << data.n << " --set d=" << data.d << " --set seed=" << data.seed
      << " --set replica=" << data.replica;
}
rc::Gen<Data> data_sets() {
  return [](const rc::Random& random, int) {
    Dice dice(random);
    return rc::shrinkable::just(Data{dice.between(1, 8), dice.between(1, 4), dice.bits(),
                                     static_cast<std::uint32_t>(dice.below(1000))});
  };
}

model::Instance make_instance(const Data& data, Settings settings) {
  settings.insert(settings.end(), {{"n", std::to_string(data.n)},
                                   {"d", std::to_string(data.d)},
                                   {"seed", std::to_string(data.seed)},
                                   {"replica", std::to_string(data.replica)}});
  return make_instance(DrawnRun{settings}, {});
}

}  // namespace

ESCAPEMENT_PROPERTY("single samples: (xi, eps) is uniform over its 2 n cases", 0.05, [] {
  const Data data = *data_sets();
  const model::Instance instance = make_instance(
      data,
      {{"algorithm", "label-noise-sgd"}, {"m", "1"}, {"sigma", "1"}, {"steps", std::to_string(kDraws)}});
  const model::Problem<double> problem(instance);
  const model::Driving<double> driving(instance, problem);
  std::map<std::pair<std::uint32_t, bool>, std::uint64_t> cells;
  model::SampleBlock<double> block;
  for (std::uint64_t t = 0; t < kDraws; t += 1024) {
    driving.fill_steps(t, 1024, block);
    for (std::size_t k = 0; k < 1024; ++k) {
      RC_ASSERT(std::fabs(block.noise[k]) == 1);
      ++cells[{block.index[k], block.noise[k] > 0}];
    }
  }
  for (std::uint32_t k = 0; k < static_cast<std::uint32_t>(data.n); ++k)
    for (const bool up : {false, true})
      expect_share(fmt::format("sample {}, noise {}", k, up ? "+" : "-"), cells[{k, up}], kDraws,
                   0.5 / data.n);
});

ESCAPEMENT_PROPERTY("batches: each position draws its own sample and its own label noise", 0.05, [] {
  const Data data = *data_sets();
  const model::Instance instance = make_instance(data, {{"algorithm", "label-noise-sgd"},
                                                        {"m", "1"},
                                                        {"sigma", "1"},
                                                        {"batch", "2"},
                                                        {"steps", std::to_string(kDraws)}});
  const model::Problem<double> problem(instance);
  const model::Driving<double> driving(instance, problem);
  model::SampleBlock<double> block;
  std::uint64_t up[2] = {0, 0}, same_noise = 0, same_input = 0;
  for (std::uint64_t t = 0; t < kDraws; ++t) {
    driving.fill_batch(t, block);
    for (std::size_t b = 0; b < 2; ++b) up[b] += block.noise[b] > 0 ? 1 : 0;
    same_noise += block.noise[0] == block.noise[1] ? 1 : 0;
    same_input += block.x[0] == block.x[1] ? 1 : 0;
  }
  expect_share("noise + at position 0", up[0], kDraws, 0.5);
  expect_share("noise + at position 1", up[1], kDraws, 0.5);
  expect_share("the same noise at both", same_noise, kDraws, 0.5);
  expect_share("the same sample at both", same_input, kDraws, 1.0 / data.n);
});

ESCAPEMENT_PROPERTY("fresh inputs: each position of a batch draws its own", 0.05, [] {
  const Data data = *data_sets();
  const model::Instance instance = make_instance(DrawnRun{{{"algorithm", "label-noise-sgd"},
                                                           {"m", "1"},
                                                           {"n", "fresh"},
                                                           {"batch", "2"},
                                                           {"steps", "8192"},
                                                           {"d", std::to_string(data.d)},
                                                           {"seed", std::to_string(data.seed)}}},
                                                 {});
  const model::Problem<double> problem(instance);
  const model::Driving<double> driving(instance, problem);
  model::SampleBlock<double> block;
  std::uint64_t positive = 0, alike = 0;
  for (std::uint64_t t = 0; t < 8192; ++t) {
    driving.fill_batch(t, block);
    positive += block.x[1]->get(0) > 0 ? 1 : 0;
    alike += (block.x[0]->get(0) > 0) == (block.x[1]->get(0) > 0) ? 1 : 0;
  }
  expect_share("a positive entry", positive, 8192, 0.5);
  expect_share("the same sign at both positions", alike, 8192, 0.5);
});

ESCAPEMENT_PROPERTY("full batches: label noise is drawn for each sample, of either law", 0.05, [] {
  const Data data = *data_sets();
  const bool gaussian = *rc::gen::arbitrary<bool>();
  constexpr std::uint64_t kSteps = 8192;
  const model::Instance instance = make_instance(data, {{"algorithm", "label-noise-gd"},
                                                        {"m", "1"},
                                                        {"sigma", "1"},
                                                        {"noise", gaussian ? "gaussian" : "two-point"},
                                                        {"steps", std::to_string(kSteps)}});
  const model::Problem<double> problem(instance);
  const model::Driving<double> driving(instance, problem);
  constexpr double kQuartile = 0.67448975019608171;  // of the standard normal
  std::uint64_t up = 0, inside = 0, alike = 0;
  std::vector<double> noise;
  for (std::uint64_t t = 0; t < kSteps; ++t) {
    driving.full_noise(t, noise);
    RC_ASSERT(noise.size() == static_cast<std::size_t>(data.n));
    up += noise.back() > 0 ? 1 : 0;
    inside += std::fabs(noise.back()) < kQuartile ? 1 : 0;
    alike += (noise.front() > 0) == (noise.back() > 0) ? 1 : 0;
  }
  expect_share("positive", up, kSteps, 0.5);
  expect_share("within the quartiles", inside, kSteps, gaussian ? 0.5 : 0.0);
  expect_share("the first and the last of one sign", alike, kSteps, data.n == 1 ? 1.0 : 0.5);
});

// With a step size of 2^-200 a double's state stands still, and every step is a draw from the same law.
ESCAPEMENT_PROPERTY("DeltaW <= 0 is drawn as often as counting says", 0.05, [] {
  const Data data = *data_sets();
  constexpr std::uint64_t kSteps = 4096;
  const int m = *rc::gen::inRange(1, 5);
  const std::string sigma = numeric::to_string(power_of_two(*rc::gen::inRange(-2, 3)));
  Settings settings{{"algorithm", "label-noise-sgd"},
                    {"m", std::to_string(m)},
                    {"eta", "2^-200"},
                    {"sigma", sigma},
                    {"steps", std::to_string(kSteps)},
                    {"record", "every:1"},
                    {"theta_norm", "0"},
                    {"state", *rc::gen::element<std::string>("direct", "width-free")}};
  const model::Instance instance = make_instance(data, settings);

  // The same network and data as exact numbers.
  InstanceSpec spec;
  spec.d = instance.d, spec.m = instance.m, spec.n = instance.n;
  spec.sigma = instance.config.sigma;
  spec.theta_star.assign(spec.d, 0);
  for (std::size_t k = 0; k < spec.n; ++k) {
    const double* x = instance.generated_inputs.data() + k * spec.d;
    spec.inputs.emplace_back(x, x + spec.d);
  }
  numeric::Rows<double> rows(spec.m, spec.d);
  model::Start<double>(instance).rows(0, rows);
  for (std::size_t i = 0; i < spec.m; ++i) {
    spec.first_layer.emplace_back();
    for (std::size_t j = 0; j < spec.d; ++j) spec.first_layer.back().emplace_back(rows.get(i, j));
    spec.second_layer.emplace_back(rows.get(i, spec.d));
  }
  int positive = 0, below = 0;
  for (std::size_t k = 0; k < spec.n; ++k)
    for (const int sign : {1, -1}) {
      const StepCount count = count_step(spec, k, sign);
      positive += count.positive;
      below += count.below;
    }

  double share_positive = 0, share_below = 0;
  const engine::RunResult result = run(instance);
  RC_ASSERT(result.trajectory.records.size() == kSteps + 1);
  for (std::uint64_t t = 0; t < kSteps; ++t) {
    const auto value = [&](observe::Column column) {
      return result.trajectory.records[t].values.at(static_cast<std::size_t>(column))->mid_double();
    };
    share_positive += value(observe::Column::delta_share_positive) / kSteps;
    share_below += value(observe::Column::delta_share_below) / kSteps;
  }
  const double cases = 2.0 * static_cast<double>(spec.n) * m;
  RC_LOG() << "DeltaW > 0: " << share_positive << ", expected " << positive / cases
           << "; DeltaW <= -(sigma/4)^2: " << share_below << ", expected " << below / cases << "\n";
  RC_ASSERT(std::fabs(share_positive - positive / cases) <= deviation(kSteps));
  RC_ASSERT(std::fabs(share_below - below / cases) <= deviation(kSteps));
});

}  // namespace escapement::test
