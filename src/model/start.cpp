#include "escapement/model/start.h"

#include <cmath>

#include "escapement/numeric/check.h"
#include "escapement/numeric/mutant.h"

namespace escapement::model {

using numeric::Mutant;
using numeric::mutated;
using numeric::Rows;

void for_each_neuron_block(std::uint64_t m, const std::function<void(std::uint64_t, std::size_t)>& visit) {
  for (std::uint64_t first = 0; first < m; first += kNeuronBlock)
    visit(first, static_cast<std::size_t>(std::min<std::uint64_t>(kNeuronBlock, m - first)));
}

template <class T>
Start<T>::Start(const Instance& instance)
    : d_(instance.d),
      m_(instance.m),
      init_(instance.config.init),
      stream_(instance.stream),
      first_scale_(1.0 / std::sqrt(static_cast<double>(instance.d))),
      second_scale_(1.0 / std::sqrt(static_cast<double>(instance.m))),
      scaled_(instance.config.init.factor != 1),
      factor_(numeric::from_exact<T>(instance.config.init.factor)),
      amplitude_(oscillation_amplitude<T>(instance)),
      given_(instance.start) {}

// NTK: w_ij = g / sqrt(d), a_i = g / sqrt(m). Balanced: a_i likewise and w_i = |a_i| times a uniform direction, so that
// |w_i| = |a_i| up to one double rounding. Chain: w_i as NTK, a_i in {-1, 0, 1} (times the amplitude) with
// probabilities 1/4, 1/2, 1/4. All exact dyadics; a factor, or the amplitude, is applied in T.
template <class T>
void Start<T>::generate(std::uint64_t neuron, double* row) const {
  numeric::gaussian_row(stream_, numeric::Purpose::start, neuron, 0, d_ + 1, row);
  double scale = mutated(Mutant::start_scaled_in_scalar) ? 1 : first_scale_;
  row[d_] *= second_scale_;
  if (init_.kind == config::Init::Kind::balanced) {
    double norm = 0;
    for (std::size_t j = 0; j < d_; ++j) norm += row[j] * row[j];
    scale = std::fabs(row[d_]) / std::sqrt(norm);
  } else if (init_.kind == config::Init::Kind::chain) {
    row[d_] = chain_start(stream_, neuron);
  }
  for (std::size_t j = 0; j < d_; ++j) row[j] *= scale;
}

template <class T>
void Start<T>::rows(std::uint64_t first, Rows<T>& out) const {
  ESCAPEMENT_CHECK(first + out.rows() <= m_ && out.d() == d_);
  std::vector<double> row(d_ + 1);
  const bool chain = init_.kind == config::Init::Kind::chain;
  for (std::size_t i = 0; i < out.rows(); ++i) {
    if (given_ != nullptr) {
      const auto& given = given_->rows[static_cast<std::size_t>(first) + i];
      for (std::size_t j = 0; j <= d_; ++j) out.set(i, j, numeric::from_exact<T>(given[j]));
      continue;
    }
    generate(mutated(Mutant::start_by_block) ? i : first + i, row.data());
    for (std::size_t j = 0; j <= d_; ++j) {
      T value = numeric::from_dyadic<T>(row[j]);
      if (mutated(Mutant::start_scaled_in_scalar) && j < d_) value *= numeric::from_dyadic<T>(first_scale_);
      if (chain && j == d_)
        out.set(i, j, value * amplitude_);
      else
        out.set(i, j, scaled_ ? T(value * factor_) : value);
    }
  }
}

template <class T>
numeric::Symmetric<T> Start<T>::gram() const {
  numeric::Symmetric<T> sum(d_ + 1);
  for_each_neuron_block(m_, [&](std::uint64_t first, std::size_t size) {
    Rows<T> block(size, d_);
    rows(first, block);
    if (mutated(Mutant::gram_without_last) && first + size == m_)
      for (std::size_t j = 0; j <= d_; ++j) block.set(size - 1, j, numeric::from_int<T>(0));
    add_gram(block, sum);
  });
  return sum;
}

#define ESCAPEMENT_INSTANTIATE(T) template class Start<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::model
