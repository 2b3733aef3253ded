#include "escapement/model/driving.h"

#include <algorithm>
#include <type_traits>

#include "escapement/config/label_noise.h"
#include "escapement/numeric/check.h"
#include "escapement/numeric/mutant.h"

namespace escapement::model {

using numeric::from_int;
using numeric::Mutant;
using numeric::mutated;
using numeric::Purpose;
using numeric::Vector;

namespace {

constexpr std::size_t kMaxOverlapSample = 256;  // a table of 512 KiB stays in the processor's second cache

template <class T>
std::shared_ptr<const std::vector<double>> make_overlaps(const Problem<T>&) {
  return nullptr;
}

template <>
std::shared_ptr<const std::vector<double>> make_overlaps(const Problem<double>& problem) {
  if (problem.n == 0 || problem.n > kMaxOverlapSample) return nullptr;
  auto table = std::make_shared<std::vector<double>>();
  table->reserve(problem.n * problem.n);
  for (const Vector<double>& a : problem.x)
    for (const Vector<double>& b : problem.x) table->push_back(dot(a, b));
  return table;
}

}  // namespace

template <class T>
Driving<T>::Driving(const Instance& instance, const Problem<T>& problem)
    : instance_(instance),
      problem_(problem),
      batch_(instance.config.batch.full ? problem.n : static_cast<std::size_t>(instance.config.batch.size)),
      label_noise_(config::uses_label_noise(instance.config)),
      minus_sigma_(-problem.sigma),
      overlaps_(batch_ == 1 ? make_overlaps(problem) : nullptr) {}

template <class T>
bool Driving<T>::noisy(std::uint64_t step) const {
  if (mutated(Mutant::schedule_late) && step > 0) --step;
  if (mutated(Mutant::noise_never_off)) return label_noise_;
  return label_noise_ && instance_.config.schedule.active(step);
}

template <class T>
T Driving<T>::noise(std::uint64_t step, std::size_t position, std::size_t per_step) const {
  if (!noisy(step)) return from_int<T>(0);
  if (mutated(Mutant::noise_shared)) position = 0;
  if (instance_.driving != nullptr) {
    const ExplicitDriving& given = *instance_.driving;
    const std::size_t at = static_cast<std::size_t>(step) * per_step + position;
    if (!given.noise.empty()) return numeric::from_exact<T>(given.noise[at]);
    return given.signs[at] > 0 ? problem_.sigma : minus_sigma_;
  }
  const numeric::Words w =
      philox(instance_.stream, Purpose::step, step, static_cast<std::uint32_t>(position));
  if (instance_.config.noise == config::NoiseLaw::gaussian)
    return problem_.sigma * numeric::from_dyadic<T>(numeric::gaussian(numeric::high_word(w)));
  return (w[2] & (mutated(Mutant::noise_lopsided) ? 3 : 1)) != 0 ? minus_sigma_ : problem_.sigma;
}

template <class T>
void Driving<T>::input(std::uint64_t step, std::size_t position, std::uint32_t index, SampleBlock<T>& block,
                       std::size_t k) const {
  if (problem_.n > 0) {
    block.x[k] = &problem_.x[index];
    block.y[k] = problem_.y[index];
    return;
  }
  Vector<T>& fresh = block.fresh[k];
  if (mutated(Mutant::fresh_inputs_shared)) position = 0;
  std::vector<double> row(problem_.d);
  numeric::gaussian_row(instance_.stream, Purpose::fresh_input, step,
                        static_cast<std::uint32_t>(position) * 4096u, problem_.d, row.data());
  for (std::size_t j = 0; j < problem_.d; ++j) fresh.set(j, numeric::from_dyadic<T>(row[j]));
  block.x[k] = &fresh;
  block.y[k] = dot(problem_.theta_star, fresh);
}

template <class T>
void Driving<T>::fill_noise(std::uint64_t first, SampleBlock<T>& block) const {
  const std::size_t count = block.x.size();
  const bool coins = instance_.driving == nullptr && instance_.config.noise == config::NoiseLaw::two_point;
  if constexpr (std::is_same_v<T, double>) {
    if (coins && noisy(first) && !instance_.config.schedule.periodic()) {
      for (std::size_t k = 0; k < count; ++k) block.noise[k] = block.sign[k] * problem_.sigma;  // exact
      return;
    }
  }
  for (std::size_t k = 0; k < count; ++k) {
    if (coins && noisy(first + k))
      block.noise[k] = block.sign[k] < 0 ? minus_sigma_ : problem_.sigma;
    else
      block.noise[k] = noise(first + k, 0, 1);
  }
}

template <class T>
void Driving<T>::fill_steps(std::uint64_t first, std::size_t steps, SampleBlock<T>& block) const {
  ESCAPEMENT_CHECK(batch_ == 1 && first + steps <= instance_.config.steps);
  const std::uint64_t after = instance_.config.steps - (first + steps);
  const std::size_t count = steps + static_cast<std::size_t>(std::min<std::uint64_t>(after, kStepsAhead));
  block.resize(count);
  block.first = first;
  block.steps = steps;
  block.n = problem_.n;
  block.overlaps = overlaps_ != nullptr ? overlaps_->data() : nullptr;
  if (instance_.driving != nullptr)
    std::copy_n(instance_.driving->samples.begin() + static_cast<std::ptrdiff_t>(first), count,
                block.index.begin());
  else
    draw_steps(instance_.stream, first, count, std::max<std::size_t>(problem_.n, 1), block.index.data(),
               block.sign.data());
  if (mutated(Mutant::noise_from_index))
    for (std::size_t k = 0; k < count; ++k) block.sign[k] = block.index[k] % 2 == 0 ? 1 : -1;
  if (problem_.n > 0) {
    const Vector<T>* const inputs = problem_.x.data();
    for (std::size_t k = 0; k < count; ++k) block.x[k] = inputs + block.index[k];
    for (std::size_t k = 0; k < count; ++k) block.y[k] = problem_.y[block.index[k]];
    if (mutated(Mutant::labels_shifted))
      for (std::size_t k = 0; k < count; ++k) block.y[k] = problem_.y[(block.index[k] + 1) % problem_.n];
  } else {
    if (block.fresh.size() < count) block.fresh.resize(count, Vector<T>(problem_.d));
    for (std::size_t k = 0; k < count; ++k) input(first + k, 0, 0, block, k);
  }
  fill_noise(first, block);
}

template <class T>
void Driving<T>::fill_batch(std::uint64_t step, SampleBlock<T>& block) const {
  block.resize(batch_);
  if (problem_.n == 0 && block.fresh.size() < batch_) block.fresh.resize(batch_, Vector<T>(problem_.d));
  for (std::size_t b = 0; b < batch_; ++b) {
    std::uint32_t index = 0;
    if (instance_.config.batch.full)
      index = static_cast<std::uint32_t>(b);
    else if (instance_.driving != nullptr)
      index = instance_.driving->samples[static_cast<std::size_t>(step) * batch_ + b];
    else if (problem_.n > 0)
      index = static_cast<std::uint32_t>(numeric::index_below(
          problem_.n,
          numeric::low_word(philox(instance_.stream, Purpose::step, step, static_cast<std::uint32_t>(b)))));
    input(step, b, index, block, b);
    block.noise[b] = noise(step, b, batch_);
  }
}

template <class T>
void Driving<T>::full_noise(std::uint64_t step, std::vector<T>& out) const {
  out.clear();
  for (std::size_t k = 0; k < problem_.n; ++k) out.push_back(noise(step, k, problem_.n));
}

template <class T>
int Driving<T>::chain_sign(std::uint64_t step, std::uint64_t neuron, std::uint64_t consumed) const {
  if (instance_.driving != nullptr) return instance_.driving->signs[static_cast<std::size_t>(consumed)];
  const numeric::Words w =
      philox(instance_.stream, Purpose::chain, step, static_cast<std::uint32_t>(neuron / 128));
  return ((w[(neuron % 128) / 32] >> (neuron % 32)) & 1u) != 0 ? -1 : 1;
}

#define ESCAPEMENT_INSTANTIATE(T) template class Driving<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::model
