#include "escapement/reduction/start_factor.h"

#include <functional>
#include <optional>

#include "escapement/config/input_error.h"
#include "escapement/numeric/magnitude_range.h"
#include "escapement/numeric/precision.h"

namespace escapement::reduction {

using numeric::Exact;
using numeric::from_int;
using numeric::Rows;
using numeric::Symmetric;
using numeric::Truth;

namespace {

constexpr std::uint64_t kMaxUnreducedWidth = 100'000;

// A pivot that has lost all but ten bits is noise.
template <class T>
T pivot_floor(const T& diagonal) {
  if constexpr (std::is_same_v<T, numeric::Ball>) return from_int<T>(0);
  Exact relative = 1024;
  for (long bit = 0; bit < numeric::working_bits(); ++bit) relative /= 2;
  return diagonal * numeric::from_exact<T>(relative);
}

// Row by row, R_ij = (S_ij - sum_{k<i} R_ki R_kj) / R_ii [GolubVanLoan2013, 4.2].
template <class T>
std::optional<Rows<T>> cholesky(const Symmetric<T>& s) {
  const std::size_t size = s.dim();
  Rows<T> r(size, size - 1);
  for (std::size_t i = 0; i < size; ++i) {
    T pivot = s.get(i, i);
    for (std::size_t k = 0; k < i; ++k) pivot -= r.get(k, i) * r.get(k, i);
    if (numeric::is_less(pivot_floor(s.get(i, i)), pivot) != Truth::yes) return std::nullopt;
    const T diagonal = numeric::square_root(pivot);
    r.set(i, i, diagonal);
    for (std::size_t j = i + 1; j < size; ++j) {
      T sum = s.get(i, j);
      for (std::size_t k = 0; k < i; ++k) sum -= r.get(k, i) * r.get(k, j);
      r.set(i, j, sum / diagonal);
    }
  }
  return r;
}

// Powers of two taken out of the layers, so that their squares keep all digits; of one layer, all entries.
template <class T>
struct Scales {
  long first = 0, second = 0;
  Rows<T> applied(const Rows<T>& z, int sign) const {
    Rows<T> result = z;
    for (std::size_t i = 0; i < z.rows(); ++i)
      for (std::size_t j = 0; j <= z.d(); ++j)
        result.set(i, j, numeric::shifted(T(z.get(i, j)), sign * (j < z.d() ? first : second)));
    return result;
  }
};

template <class T>
void each_block(const model::Start<T>& start, const std::function<void(const Rows<T>&)>& visit) {
  model::for_each_neuron_block(start.width(), [&](std::uint64_t first, std::size_t size) {
    Rows<T> block(size, start.d());
    start.rows(first, block);
    visit(block);
  });
}

template <class T>
Scales<T> scales_of(const model::Start<T>& start) {
  T first = from_int<T>(0), second = first;
  each_block<T>(start, [&](const Rows<T>& z) {
    for (std::size_t i = 0; i < z.rows(); ++i)
      for (std::size_t j = 0; j <= z.d(); ++j) {
        T& most = j < z.d() ? first : second;
        most = numeric::maximum(most, numeric::absolute(T(z.get(i, j))));
      }
  });
  return {numeric::excess(first), numeric::excess(second)};
}

// R of the whole start, where S(0) can be factored.
template <class T>
std::optional<Rows<T>> factor_of(const model::Start<T>& start) {
  const auto digits = [](const Symmetric<T>& s) {
    bool all = true;
    for (std::size_t j = 0; j < s.dim(); ++j) all = all && numeric::has_digits(s.get(j, j));
    return all;
  };
  const Symmetric<T> s = start.gram();
  if (digits(s)) return cholesky(s);
  const Scales<T> scales = scales_of(start);
  Symmetric<T> scaled(s.dim());
  each_block<T>(start, [&](const Rows<T>& z) { add_gram(scales.applied(z, -1), scaled); });
  std::optional<Rows<T>> factor = digits(scaled) ? cholesky(scaled) : std::nullopt;
  if (factor) *factor = scales.applied(*factor, 1);
  return factor;
}

}  // namespace

template <class T>
Rows<T> start_factor(const model::Start<T>& start) {
  if (start.width() > start.d())
    if (std::optional<Rows<T>> factor = factor_of(start)) return std::move(*factor);
  if (start.width() > kMaxUnreducedWidth)
    throw config::InputError("start", "precision", "enough bits to factorise the start's Gram matrix",
                             "too few");
  Rows<T> all(static_cast<std::size_t>(start.width()), start.d());
  start.rows(0, all);
  return all;
}

#define ESCAPEMENT_INSTANTIATE(T) template Rows<T> start_factor(const model::Start<T>&);
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::reduction
