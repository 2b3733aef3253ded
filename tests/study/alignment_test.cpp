#include <algorithm>

#include "escapement/config/input_error.h"
#include "escapement/numeric/precision.h"
#include "escapement/study/phase_two_flow.h"
#include "escapement/theory/phase_two.h"
#include "escapement/theory/setting.h"

#include "support.h"

namespace escapement::study {

using numeric::Exact;
using numeric::Mp;

namespace {

const std::vector<theory::Row> kRows{
    {0.25, 0.5, -0.125, 0.25}, {-0.5, 0.125, 0.25, 0.375}, {0.125, 0.25, 0.5, -0.25}};

template <class T>
std::vector<T> sums_of(const std::vector<theory::Row>& rows) {
  std::vector<T> sums(16, T(0));
  for (const theory::Row& row : rows) {
    const Modes<T> z = modes_of<T>(row);
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = 0; j < 4; ++j) sums[i * 4 + j] += z[i] * z[j];
  }
  return sums;
}

}  // namespace

TEST_CASE("alignment: steps in modes are gradient descent of the network, neuron by neuron") {
  config::Config config = theory::label_noise_sgd_setting(configure(find_study("alignment"), {"d=3"}, {}));
  for (const auto& [key, value] :
       {std::pair("algorithm", "gradient-descent"), std::pair("batch", "full"), std::pair("n", "population")})
    theory::set(config, key, value);
  config.eta = Exact(1, 20);
  config.theta_norm = Exact(5, 4);
  config.steps = 60;
  model::Instance instance = model::make_instance(config, 0);
  instance.theta_star = {Exact(5, 4), 0, 0};
  theory::give_start(instance, kRows);
  const std::vector<double> product =
      modes_after_steps(sums_of<double>(kRows), config.theta_norm, config.eta, 60);
  judge::EngineLaboratory laboratory(1, 0, {});
  theory::LookWith look([&](const auto& sight) {
    using T = std::decay_t<decltype(sight.state.theta().get(0))>;
    numeric::Rows<T> z(3, 3);
    sight.state.neurons(0, z);
    for (std::size_t i = 0; i < 3; ++i) {
      double squared = 0;
      for (std::size_t j = 0; j < 3; ++j) squared += std::pow(numeric::to_double(z.get(i, j)), 2);
      const double cosine = std::fabs(numeric::to_double(z.get(i, 0))) / std::sqrt(squared);
      CHECK(deficit_after(modes_of<double>(kRows[i]), product) == Approx(1 - cosine).epsilon(1e-9));
    }
  });
  laboratory.run(instance, {60}, look);
}

TEST_CASE("alignment: the flow is the limit of steps, of the first order in eta") {
  const numeric::WorkingPrecision precision(128);
  const std::vector<Mp> flow =
      modes_after_flow<Mp>(sums_of<Mp>(kRows), 1, Mp(3), boost::multiprecision::ldexp(Mp(1), -60));
  const auto distance = [&](long n) {
    const auto steps =
        modes_after_steps<Mp>(sums_of<Mp>(kRows), 1, Exact(3, n), static_cast<std::uint64_t>(n));
    double most = 0;
    for (std::size_t i = 0; i < flow.size(); ++i)
      most = std::max(most, std::fabs(numeric::to_double(Mp(steps[i] - flow[i]))));
    return most;
  };
  const double coarse = distance(1500), fine = distance(3000);
  CHECK(fine < 0.01);
  CHECK(coarse / fine == Approx(2).epsilon(0.02));
}

TEST_CASE("alignment: the drawn neurons' deficit at 10^-60 is the derived sqrt(eta) law") {
  // With P2(0) = m eta (1/3 + 1/(d+2)), growth ends at P2 = 4 |theta*|, so that 1 - |cos| -> sqrt(eta) times
  // (|w_across|^2 / p^2)(0) (1/3 + 1/(d+2)) / (2 |theta*|): its 90% quantile over the same draws.
  const Result result = test::conducted("alignment", {"d=3"});
  std::vector<double> law;
  for (const theory::Row& z : theory::drawn_neurons({1, 1}, 3, 400, 1))
    law.push_back((z[1] * z[1] + z[2] * z[2]) / std::pow(z[3] + z[0], 2) * (1.0 / 3 + 1.0 / 5) / 2);
  std::sort(law.begin(), law.end());
  const auto row =
      test::rows_with(result, {{"reading", "flow-time+generic"}, {"method", "flow"}, {"eta", "1e-60"}});
  CHECK(test::number(result, row.at(0), "deficit") == Approx(law[359] * 1e-30).epsilon(1e-6));
  CHECK(test::fit(result, "exponent of the deficit in eta: flow-time+generic").estimate ==
        Approx(0.5).epsilon(1e-3));
  CHECK(test::fit(result, "exponent of the deficit in eta: literal").estimate == Approx(0).margin(1e-6));
  CHECK(test::fit(result, "exponent of the deficit in eta: flow-time").estimate == Approx(0).margin(1e-3));
}

TEST_CASE("alignment: sums of many neurons follow their law, whichever side of the border") {
  const numeric::WorkingPrecision precision(64);
  const auto drawn = start_sums<double>({3, 0}, 3, kSummed, Exact(1, 100));
  const auto law = start_sums<double>({3, 0}, 3, kSummed + 1, Exact(1, 100));
  for (const std::size_t i : {0u, 1u, 4u, 5u, 10u, 15u}) CHECK(drawn[i] == Approx(law[i]).epsilon(0.02));
  for (const std::size_t i : {2u, 3u, 6u, 7u}) CHECK(std::fabs(law[i]) < 6 * std::sqrt(1e5 / 15) * 0.01);
}

TEST_CASE("alignment: one dimension, and no ground truth, are bad input") {
  CHECK_THROWS_AS(test::conducted("alignment", {"d=1"}), config::InputError);
  CHECK_THROWS_AS(test::conducted("alignment", {"theta_norm=0"}), config::InputError);
}

}  // namespace escapement::study
