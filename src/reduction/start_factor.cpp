#include "escapement/reduction/start_factor.h"

#include <optional>

#include "escapement/config/input_error.h"
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

}  // namespace

template <class T>
Rows<T> start_factor(const model::Start<T>& start) {
  if (start.width() > start.d())
    if (std::optional<Rows<T>> factor = cholesky(start.gram())) return std::move(*factor);
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
