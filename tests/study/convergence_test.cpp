#include "escapement/numeric/precision.h"
#include "escapement/study/aligned.h"
#include "escapement/theory/phase_two.h"
#include "escapement/theory/setting.h"

#include "support.h"

namespace escapement::study {

using numeric::Ball;
using numeric::Exact;

TEST_CASE(
    "aligned: the scalar recursion is gradient descent of the network, also where theta is far from theta*") {
  config::Config config = configure(find_study("convergence"), {}, {});
  config = theory::label_noise_sgd_setting(std::move(config));
  theory::set(config, "algorithm", "gradient-descent");
  theory::set(config, "batch", "full");
  theory::set(config, "n", "population");
  config.d = 3;
  config.eta = Exact(1, 50);
  config.theta_norm = Exact(3, 2);
  config.steps = 300;
  model::Instance instance = model::make_instance(config, 0);
  // (a, u) = (1/4, 1/8), (1/8, -1/2): P = 9/64 + 9/64, Q = 1/64 + 25/64.
  theory::give_start(instance, {theory::aligned_neuron(instance.theta_star, 0.125, 0.25),
                                theory::aligned_neuron(instance.theta_star, -0.5, 0.125)});
  judge::EngineLaboratory laboratory(1, 0, {});
  for (const std::uint64_t steps : {1u, 7u, 300u}) {
    double distance = 0;
    theory::LookWith look([&](const auto& sight) {
      for (std::size_t j = 0; j < 3; ++j)
        distance += std::pow(numeric::to_double(sight.state.theta().get(j)) -
                                 numeric::to_double(sight.problem.theta_star.get(j)),
                             2);
    });
    laboratory.run(instance, {steps}, look);
    const double scalar = aligned_steps({Exact(18, 64), Exact(26, 64)}, config.theta_norm, config.eta, steps);
    CHECK(std::abs(scalar) == Approx(std::sqrt(distance)).epsilon(1e-9));
  }
}

TEST_CASE("aligned: the closed form of the flow is the limit of steps, of the first order in eta") {
  const numeric::WorkingPrecision precision(256);
  const AlignedStart start{Exact(1, 10), Exact(1, 3)};
  for (const Exact& norm : {Exact(1, 2), Exact(2)}) {
    const double flow = aligned_flow(start, norm, Ball(3)).mid_double();
    const double coarse = aligned_steps(start, norm, Exact(1, 1000), 3000) - flow,
                 fine = aligned_steps(start, norm, Exact(1, 2000), 6000) - flow;
    CHECK(std::abs(fine) < 1e-3);
    CHECK(coarse / fine == Approx(2).epsilon(0.02));
    CHECK(aligned_flow(start, norm, Ball(0)).mid_double() ==
          Approx(static_cast<double>(Exact(norm - (start.P - start.Q) / 4))).epsilon(1e-14));
  }
  // Q = 0: the logistic law, r = |theta*| / (1 + (S/r)(0) e^(2 |theta*| s)).
  const double logistic = 1 / (1 + 0.1 / 0.9 * std::exp(2.0 * 5));
  CHECK(aligned_flow({Exact(4, 10), 0}, 1, Ball(5)).mid_double() == Approx(logistic).epsilon(1e-14));
}

TEST_CASE("convergence: exponents are 2/|theta*| - 1 up to |theta*| = 2, and 0 beyond") {
  const Result result = test::conducted("convergence");
  const auto exponent = [&](const std::string& norm) {
    return test::fit(result, "exponent of |theta(t3) - theta*| in eta: |theta*| = " + norm).estimate;
  };
  CHECK(exponent("0.5") == Approx(3));
  CHECK(exponent("1") == Approx(1));
  CHECK(exponent("1.5") == Approx(1.0 / 3));
  CHECK(exponent("3") == Approx(0).margin(1e-6));
  CHECK(test::fit(result, "steps against flow, largest relative difference").estimate < 5e-3);
  // What the judge of lemma-4.6 measures at the paper's parameters: 0.5582.
  const auto rows = test::rows_with(result, {{"theta_norm", "1"}, {"method", "steps"}, {"eta", "1e-3"}});
  CHECK(test::number(result, rows.at(0), "constant") == Approx(0.5582).epsilon(1e-4));
}

}  // namespace escapement::study
