#include "escapement/reduction/word_source.h"

#include <algorithm>

#include "escapement/reduction/word_kernels.h"
#include "escapement/reduction/word_rows.h"

namespace escapement::reduction {

using config::Algorithm;
using config::NoiseLaw;
using numeric::Mp;
using numeric::Purpose;
using numeric::Vector;

bool takes_single_samples(const config::Config& config) {
  const bool plain = config.algorithm == Algorithm::sgd || config.algorithm == Algorithm::label_noise_sgd;
  return plain && !config.batch.full && config.batch.size == 1;
}

WordSource::WordSource(const model::Instance& instance, const model::Problem<Mp>& problem, std::size_t words)
    : instance_(instance), problem_(problem), driving_(instance, problem), words_(words) {
  if (problem_.n > 0) inputs_ = instance_.generated_inputs;
  for (const Mp& y : problem_.y) add_label(y);
}

void WordSource::add_label(const Mp& y) {
  labels_.resize(labels_.size() + words_);
  split(y, words_, labels_.data() + labels_.size() - words_);
}

void WordSource::fill(std::uint64_t first, std::size_t count, const double** x, const double** labels,
                      double* noise) {
  const bool single = takes_single_samples(instance_.config);
  const std::size_t batch = driving_.batch();
  if (single) {
    index_.resize(count);
    sign_.resize(count);
    draw_steps(instance_.stream, first, count, std::max<std::size_t>(problem_.n, 1), index_.data(),
               sign_.data());
  }
  if (problem_.n == 0) draw_inputs(first, count);
  const bool coins = single && instance_.config.noise == NoiseLaw::two_point;
  for (std::size_t t = 0; t < count; ++t) {
    const bool is_noisy = driving_.noisy(first + t);
    for (std::size_t b = 0; b < batch; ++b) {
      const std::size_t to = (t * batch + b) * kWordLanes;
      const auto position = static_cast<std::uint32_t>(b);
      const std::size_t at = problem_.n == 0 ? t * batch + b
                             : single        ? index_[t]
                                             : index_of(first + t, position);
      x[to] = inputs_.data() + at * problem_.d;
      labels[to] = labels_.data() + at * words_;
      noise[to] = !is_noisy ? 0 : coins ? sign_[t] : noise_of(first + t, position);
    }
  }
}

std::size_t WordSource::index_of(std::uint64_t step, std::uint32_t position) const {
  if (instance_.config.batch.full) return position;
  const numeric::Words w = philox(instance_.stream, Purpose::step, step, position);
  return static_cast<std::size_t>(numeric::index_below(problem_.n, numeric::low_word(w)));
}

double WordSource::noise_of(std::uint64_t step, std::uint32_t position) const {
  const numeric::Words w = philox(instance_.stream, Purpose::step, step, position);
  if (instance_.config.noise == NoiseLaw::gaussian) return numeric::gaussian(numeric::high_word(w));
  return (w[2] & 1U) != 0 ? -1 : 1;
}

void WordSource::draw_inputs(std::uint64_t first, std::size_t count) {
  const std::size_t batch = driving_.batch();
  inputs_.resize(count * batch * problem_.d);
  labels_.clear();
  Vector<Mp> input(problem_.d);
  for (std::size_t at = 0; at < count * batch; ++at) {
    double* row = inputs_.data() + at * problem_.d;
    numeric::gaussian_row(instance_.stream, Purpose::fresh_input, first + at / batch,
                          static_cast<std::uint32_t>(at % batch) * 4096U, problem_.d, row);
    for (std::size_t j = 0; j < problem_.d; ++j) input.set(j, numeric::from_dyadic<Mp>(row[j]));
    add_label(dot(problem_.theta_star, input));
  }
}

}  // namespace escapement::reduction
