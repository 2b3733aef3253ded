#include "escapement/certify/tangent.h"

#include <algorithm>

namespace escapement::certify {

namespace {

constexpr long kUnit = -52;  // 2^-52: twice the unit roundoff of a double, which absorbs second-order terms

double norm_of(const std::vector<double>& v) {
  double sum = 0;
  for (const double x : v) sum += x * x;
  return std::sqrt(sum);
}

// Above any rounding in a double sum of up to 2^20 terms that are not negative.
constexpr double kSlack = 1 + 0x1p-30;

}  // namespace

Tangent::Tangent(std::size_t rows, std::size_t d) : rows_(rows), d_(d), n_(rows * (d + 1)), j_(n_ * n_) {
  reset();
}

void Tangent::reset() {
  std::fill(j_.begin(), j_.end(), 0.0);
  for (std::size_t i = 0; i < n_; ++i) j_[i * n_ + i] = 1;
}

Bound Tangent::apply(const TangentStep& s) {
  const std::size_t width = d_ + 1;
  const Bound before = frobenius();
  for (std::size_t column = 0; column < n_; ++column) {
    double* const e = j_.data() + column * n_;
    // <E, G> = sum_i a_i <E_w,i, x> + p_i E_a,i; then row i moves by -c (E_a x, <E_w, x>) - rate <E, G> (a x, p).
    double inner = 0;
    for (std::size_t i = 0; i < rows_; ++i) {
      double along = 0;
      for (std::size_t j = 0; j < d_; ++j) along += e[i * width + j] * s.x[j];
      inner += s.a[i] * along + s.p[i] * e[i * width + d_];
    }
    const double pull = s.rate * inner;
    for (std::size_t i = 0; i < rows_; ++i) {
      double* const row = e + i * width;
      double along = 0;
      for (std::size_t j = 0; j < d_; ++j) along += row[j] * s.x[j];
      const double first = s.c * row[d_] + pull * s.a[i];
      for (std::size_t j = 0; j < d_; ++j) row[j] -= first * s.x[j];
      row[d_] -= s.c * along + pull * s.p[i];
    }
  }
  // Each entry is a sum of at most N + 8 products of at most four factors, relatively to the norms of what is summed.
  const Bound x = Bound::of(norm_of(s.x) * kSlack), a = Bound::of(norm_of(s.a) * kSlack),
              p = Bound::of(norm_of(s.p) * kSlack);
  const Bound g2 = a * a * x * x + p * p;
  const Bound size = Bound::integer(1) + Bound::of(std::fabs(s.c)) * x + Bound::of(s.rate) * g2;
  return Bound::power_of_two(kUnit) * Bound::integer(n_ + 64) * size * size * before;
}

Bound Tangent::frobenius() const {
  double sum = 0;
  for (const double x : j_) sum += x * x;
  return Bound::of(std::sqrt(sum) * kSlack);
}

// |J|_2^2 = |A|_2 with A = J^T J, and |A|_2 = |A^(2^s)|_2^(2^-s) <= |A^(2^s)|_F^(2^-s), a factor of at most N^(2^-s-1) off.
// Rounding: |fl(A A) - A A|_F <= gamma_N |A|_F^2 for any A [Higham2002, section 3.5].
Bound Tangent::spectral() const {
  constexpr int kSquarings = 4;
  const std::size_t n = n_;
  std::vector<double> a(n * n), square(n * n);
  const auto product_with_transposed = [n](const std::vector<double>& m, std::vector<double>& out) {
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k <= i; ++k) {
        double sum = 0;
        for (std::size_t j = 0; j < n; ++j) sum += m[i * n + j] * m[k * n + j];
        out[i * n + k] = out[k * n + i] = sum;
      }
  };
  const auto norm = [](const std::vector<double>& m) {
    double sum = 0;
    for (const double x : m) sum += x * x;
    return Bound::of(std::sqrt(sum) * kSlack);
  };
  const Bound gamma = Bound::power_of_two(kUnit) * Bound::integer(n);
  // off[s]: rounding of the s-th product, in units where that matrix is scaled by 2^-scale[s].
  std::vector<Bound> off;
  std::vector<int> scale;
  Bound size = frobenius();
  product_with_transposed(j_, a);
  off.push_back(gamma * size * size);
  for (int s = 0; s < kSquarings; ++s) {
    int exponent = 0;  // the largest entry is on the diagonal
    std::frexp(*std::max_element(a.begin(), a.end()), &exponent);
    for (double& entry : a) entry = std::ldexp(entry, -exponent);
    scale.push_back(exponent);
    size = norm(a);
    product_with_transposed(a, square);  // a is symmetric
    off.push_back(gamma * size * size);
    std::swap(a, square);
  }
  Bound bound = norm(a);
  for (int s = kSquarings; s > 0; --s) {
    bound = sqrt(bound + off[static_cast<std::size_t>(s)]);
    bound *= Bound::power_of_two(scale[static_cast<std::size_t>(s - 1)]);
  }
  return sqrt(bound + off[0]);
}

}  // namespace escapement::certify
