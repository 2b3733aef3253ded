// The rounding-error bound of docs/derivations/precision.md against runs: the defect of the norm identity, measured by
// the run itself, stays below it at every precision, and the advised precision resolves one step's change.
#include <cmath>

#include <catch2/catch.hpp>

#include "escapement/config/load.h"
#include "escapement/config/precision_advice.h"
#include "escapement/engine/simulation.h"
#include "escapement/numeric/precision.h"

using namespace escapement;  // NOLINT(google-build-using-namespace)
using numeric::Exact;

namespace {

config::Config configured(const std::string& eta, const std::string& precision) {
  config::Request request;
  request.sets = {"d=5",        "m=40",   "n=20",        "eta=" + eta,
                  "steps=3000", "seed=7", "record=none", "precision=" + precision,
                  "watch=40"};
  return config::load(request);
}

struct Observed {
  double defect = 0, largest = 0, h = 0;  // |z|^2 at the most, |c q| at the most
};

template <class T>
Observed observe_run(const config::Config& config) {
  const numeric::WorkingPrecision precision(config.precision.bits);
  const model::Instance instance = model::make_instance(config, 0);
  engine::Simulation<T> simulation(instance, {.neurons_at_end = true});
  observe::Trajectory trajectory;
  Observed seen;
  const model::Driving<T> driving(instance, simulation.problem());
  model::SampleBlock<T> block;
  for (std::uint64_t step = 0; step < config.steps; ++step) {
    if (step % 50 == 0) {  // neurons move by less than a part in a thousand between looks
      numeric::Rows<T> z(40, config.d);
      simulation.state().neurons(0, z);
      for (std::size_t i = 0; i < z.rows(); ++i) {
        double sum = 0;
        for (std::size_t j = 0; j <= config.d; ++j) sum += std::pow(numeric::to_double(z.get(i, j)), 2);
        seen.largest = std::max(seen.largest, sum);
      }
    }
    driving.fill_steps(step, 1, block);
    const T residual = dot(simulation.state().theta(), *block.x[0]) - block.y[0] - block.noise[0];
    const double length = std::sqrt(numeric::to_double(dot(*block.x[0], *block.x[0])));
    seen.h = std::max(seen.h, std::fabs(numeric::to_double(T(residual * simulation.problem().eta))) * length);
    REQUIRE(simulation.advance(step + 1, trajectory, {}));
  }
  const engine::FinalState end = simulation.final_state();
  for (std::size_t i = 0; i < end.record.values.size(); ++i)
    if (observe::column_names()[i] == "identity_defect") seen.defect = end.record.values[i]->mid_double();
  return seen;
}

}  // namespace

TEST_CASE("rounding never exceeds the bound, and comes within a factor that grows like the horizon") {
  for (const char* eta : {"1/500", "2^-20"})
    for (const char* precision : {"double", "64", "80", "128", "300"}) {
      CAPTURE(eta, precision);
      const config::Config config = configured(eta, precision);
      const Observed seen = config.precision.kind == config::PrecisionChoice::Kind::binary64
                                ? observe_run<double>(config)
                                : observe_run<numeric::Mp>(config);
      const double factor = static_cast<double>(config::rounding_factor(5, config.steps, Exact(seen.h)));
      const double bound = std::ldexp(1.01 * seen.largest * factor, static_cast<int>(-config.precision.bits));
      CHECK(seen.defect > 0);
      CHECK(seen.defect <= bound);
      CHECK(seen.defect >= bound / (10.0 * static_cast<double>(config.steps)));
    }
}

TEST_CASE("the advised precision resolves one step's change, and far fewer bits do not") {
  for (const char* eta : {"1e-6", "1e-9", "1e-15"}) {
    CAPTURE(eta);
    const config::Config advised = configured(eta, "auto");
    const Observed seen = advised.precision.bits == numeric::kDoubleBits ? observe_run<double>(advised)
                                                                         : observe_run<numeric::Mp>(advised);
    const double e = static_cast<double>(advised.eta), change = e * e * 16;  // eta^2 sigma^2 E|w|^2
    CHECK(seen.defect < change / 8);
    const long fewer = advised.precision.bits - 24;
    CHECK(observe_run<numeric::Mp>(configured(eta, std::to_string(fewer))).defect > change / 8);
  }
}
