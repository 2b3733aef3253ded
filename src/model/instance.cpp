#include "escapement/model/instance.h"

#include <cmath>

#include "escapement/numeric/scalar_ops.h"

namespace escapement::model {

using config::Config;
using config::InputError;
using numeric::Purpose;

namespace {

constexpr std::size_t kMaxInputNumbers = 200'000'000;
constexpr std::uint64_t kMaxWidth = 1'000'000'000;

// theta* = theta_norm times a uniform direction: dyadic coordinates times the exact norm.
std::vector<Exact> ground_truth(const Config& config, std::size_t d, numeric::Stream stream) {
  std::vector<double> direction(d);
  numeric::gaussian_row(stream, Purpose::ground_truth, 0, 0, d, direction.data());
  double squared = 0;
  for (const double x : direction) squared += x * x;
  const double norm = std::sqrt(squared);
  std::vector<Exact> theta(d);
  for (std::size_t j = 0; j < d; ++j) theta[j] = Exact(direction[j] / norm) * config.theta_norm;
  return theta;
}

}  // namespace

Instance make_instance(const Config& config, std::uint32_t replica) {
  Instance instance;
  instance.config = config;
  instance.d = config.d;
  instance.stream = {config.seed, replica};
  if (config.m > kMaxWidth)
    throw InputError(
        config.source_of("m"), "m",
        "a width of at most 10^9 (the start is summed neuron by neuron, about a minute for 10^8)",
        config.m.str());
  instance.m = static_cast<std::uint64_t>(config.m);
  instance.theta_star = ground_truth(config, instance.d, instance.stream);
  if (config.population == config::Population::sample) {
    instance.n = config.n;
    if (instance.n > kMaxInputNumbers / instance.d)
      throw InputError(config.source_of("n"), "n",
                       "n * d of at most 200,000,000 (use n = fresh for new inputs each step)",
                       std::to_string(instance.n));
    instance.generated_inputs.resize(instance.n * instance.d);
    for (std::size_t k = 0; k < instance.n; ++k)
      numeric::gaussian_row(instance.stream, Purpose::inputs, k, 0, instance.d,
                            instance.generated_inputs.data() + k * instance.d);
  }
  return instance;
}

double chain_start(numeric::Stream stream, std::uint64_t neuron) {
  const numeric::Words w = philox(stream, Purpose::chain_start, 0, static_cast<std::uint32_t>(neuron / 64));
  const unsigned bits = (w[(neuron % 64) / 16] >> (2 * (neuron % 16))) & 3u;
  return bits == 0 ? -1.0 : (bits == 1 ? 1.0 : 0.0);
}

template <class T>
T oscillation_amplitude(const Instance& instance) {
  if (instance.config.amplitude) return numeric::from_exact<T>(*instance.config.amplitude);
  return numeric::square_root(numeric::square_root(numeric::from_exact<T>(instance.config.eta)));
}

#define ESCAPEMENT_INSTANTIATE(T) template T oscillation_amplitude<T>(const Instance&);
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::model
