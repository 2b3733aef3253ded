#include "escapement/theory/escape_runs.h"

#include <algorithm>
#include <array>

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/theory/condition.h"
#include "escapement/theory/replica_text.h"

namespace escapement::theory {

using numeric::BigInt;
using numeric::Exact;

namespace {

constexpr long kBits = 128;
constexpr double kMostSteps = 5e8;
constexpr std::array kFirst{Truth::no, Truth::yes, Truth::unknown};  // of `first` in texts

template <class T>
LazyNeurons count(const Sight<T>& sight, const PaperConstants& constants) {
  const Exact radius = constants.lazy_radius;
  const T radius_squared = numeric::from_exact<T>(Exact(radius * radius / Exact(sight.instance.config.m)));
  const T floor_squared = numeric::from_exact<T>(Exact(kNormFloor * kNormFloor));
  LazyNeurons result;
  model::for_each_neuron_block(sight.state.width(), [&](std::uint64_t first, std::size_t size) {
    numeric::Rows<T> z(size, sight.state.d()), z0(size, sight.state.d());
    numeric::Vector<T> moved(size), start(size);
    sight.state.neurons(first, z);
    sight.start.rows(first, z0);
    first_layer_distances(z, z0, moved);
    first_layer_distances(z0, numeric::Rows<T>(size, sight.state.d()), start);
    for (std::size_t i = 0; i < size; ++i) {
      const Truth out = numeric::is_less(radius_squared, moved.get(i));
      const Truth tall = !numeric::is_less(start.get(i), floor_squared);
      if (first + i == 0) result.first = !out;
      result.inside += out == Truth::no ? 1 : 0;
      result.unknown += out == Truth::unknown ? 1 : 0;
      if (tall == Truth::no) continue;
      result.long_inside += out == Truth::no && tall == Truth::yes ? 1 : 0;
      result.long_unknown += out == Truth::unknown || (out == Truth::no && tall == Truth::unknown) ? 1 : 0;
    }
  });
  return result;
}

template <class T>
void see(EscapeReplica& result, const Sight<T>& sight, const PaperConstants& constants) {
  const config::Config& config = sight.instance.config;
  const Exact radius_squared = constants.lazy_radius * constants.lazy_radius / Exact(config.m);
  result.neurons = count(sight, constants);
  if (sight.product == nullptr || config.init.kind != config::Init::Kind::ntk) return;
  numeric::Rows<double> product(config.d + 1, config.d);
  for (std::size_t i = 0; i <= config.d; ++i)
    for (std::size_t j = 0; j <= config.d; ++j)
      product.set(i, j, numeric::to_double(sight.product->get(i, j)));
  const numeric::WorkingPrecision precision(kBits);
  result.law = escape_law(product, config.m, Ball::from(config.init.factor), sqrt(Ball::from(radius_squared)),
                          Ball::from(kNormFloor));
  result.has_law = true;
}

}  // namespace

LazyNeurons lazy_neurons(const Sight<double>& sight, const PaperConstants& c) { return count(sight, c); }
LazyNeurons lazy_neurons(const Sight<numeric::Mp>& sight, const PaperConstants& c) { return count(sight, c); }
LazyNeurons lazy_neurons(const Sight<Ball>& sight, const PaperConstants& c) { return count(sight, c); }

EscapeReplica escape_replica_of(const std::string& text) {
  EscapeReplica r;
  std::uint64_t outcome = 0, first = 0;
  ReplicaReader in(text);
  in.read(outcome).read(r.steps).read(r.neurons.inside).read(r.neurons.unknown);
  in.read(r.neurons.long_inside).read(r.neurons.long_unknown).read(first);
  in.read(r.has_law).read(r.law.stays).read(r.law.long_stays);
  r.outcome = static_cast<observe::Outcome>(outcome);
  r.neurons.first = kFirst.at(static_cast<std::size_t>(first));
  return r;
}

Ball escape_time_of(const config::Config& c, const PaperConstants& constants) {
  constexpr int kPrinted = 384;
  const std::optional<Ball> printed = escape_time(c.m, c.sigma, c.eta);
  if (!printed) return Ball(1) / Ball(0);
  return *printed * Ball::from(constants.escape_factor) / Ball(kPrinted);
}

std::uint64_t escape_steps(const config::Config& config, const PaperConstants& constants) {
  const Ball time = escape_time_of(config, constants);
  if (!time.is_finite() || less(time, Ball(1'000'000'000)) != Truth::yes) return 0;
  const auto steps = static_cast<std::uint64_t>(numeric::ceiling(time).value_or(BigInt(0)));
  return static_cast<double>(steps) > kMostSteps || config.m > 1'000'000 ? 0 : steps;
}

std::vector<std::string> escape_texts(config::Config config, const std::string& m, std::uint32_t first,
                                      std::uint32_t count, const PaperConstants& constants,
                                      Laboratory& laboratory) {
  const numeric::WorkingPrecision precision(kBits);
  config.m = BigInt(m);
  config.replica += first;
  config.steps = escape_steps(config, constants);
  std::vector<EscapeReplica> replicas(count);
  const std::vector<RunEnd> ends =
      laboratory.run_replicas(config, count, {config.steps}, [&](std::uint32_t r) {
        return look_with(
            [&replica = replicas[r], &constants](const auto& sight) { see(replica, sight, constants); });
      });
  std::vector<std::string> texts;
  for (std::uint32_t r = 0; r < count; ++r) {
    const LazyNeurons& seen = replicas[r].neurons;
    const EscapeLaw& law = replicas[r].law;
    ReplicaWriter text;
    text.add(static_cast<std::uint64_t>(ends[r].outcome)).add(ends[r].steps);
    text.add(seen.inside).add(seen.unknown).add(seen.long_inside).add(seen.long_unknown);
    text.add(
        static_cast<std::uint64_t>(std::find(kFirst.begin(), kFirst.end(), seen.first) - kFirst.begin()));
    texts.push_back(text.add(replicas[r].has_law).add(law.stays).add(law.long_stays).text());
  }
  return texts;
}

std::vector<EscapeReplica> escape_replicas(const config::Config& config, std::uint32_t count,
                                           const PaperConstants& constants, Laboratory& laboratory) {
  const std::string m = config.m.str();
  std::vector<EscapeReplica> replicas;
  for (const std::string& text : laboratory.collect(m, count, [&](std::uint32_t first, std::uint32_t some) {
         return escape_texts(config, m, first, some, constants, laboratory);
       }))
    replicas.push_back(escape_replica_of(text));
  return replicas;
}

}  // namespace escapement::theory
