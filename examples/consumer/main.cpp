// One small run of label-noise SGD in double, and the same run - same data, start and noise - in enclosures. Prints
// the distance to theta* after each, and fails unless the enclosure explains what double computed.
#include <cmath>
#include <cstdint>
#include <iostream>
#include <string>

#include "escapement/config/load.h"
#include "escapement/engine/simulation.h"
#include "escapement/model/instance.h"
#include "escapement/numeric/precision.h"
#include "escapement/observe/columns.h"
#include "escapement/observe/trajectory.h"

using namespace escapement;

namespace {

// |theta - theta*| after the last step, as an enclosure (of one point where T is double).
template <class T>
numeric::Ball final_distance(const std::string& precision, long bits) {
  const numeric::WorkingPrecision guard(bits);
  config::Request request;
  request.sets = {"algorithm=label-noise-sgd",
                  "d=5",
                  "m=40",
                  "n=20",
                  "eta=1/100",
                  "sigma=1/2",
                  "steps=200",
                  "record=every:200",
                  "seed=7",
                  "precision=" + precision};
  const config::Config config = config::load(request);
  const model::Instance instance = model::make_instance(config, config.replica);

  engine::Simulation<T> simulation(instance, {});
  observe::Trajectory trajectory;
  simulation.run(trajectory, [](std::uint64_t) { return true; });
  std::cout << precision << ": " << to_string(trajectory.outcome) << " after " << trajectory.steps
            << " steps";
  return *trajectory.records.back().values.at(static_cast<std::size_t>(observe::Column::theta_distance));
}

}  // namespace

int main() {
  const numeric::Ball rounded = final_distance<double>("double", numeric::kDoubleBits);
  std::cout << ", |theta - theta*| = " << rounded.mid_string(17) << '\n';
  const numeric::Ball enclosed = final_distance<numeric::Ball>("certified:256", 256);
  std::cout << ", |theta - theta*| = " << enclosed.mid_string(40) << " +/- " << enclosed.radius_string()
            << '\n';

  const double difference = std::abs(rounded.mid_double() - enclosed.mid_double());
  const bool agree = enclosed.is_finite() && difference < 1e-10 && enclosed.radius().mid_double() < 1e-10;
  std::cout << (agree ? "they agree\n" : "they DISAGREE\n");
  return agree ? 0 : 1;
}
