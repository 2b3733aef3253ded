#include "escapement/study/phase_two_flow.h"

#include <stdexcept>

#include "escapement/numeric/scalar_ops.h"
#include "escapement/reduction/flow_integrator.h"
#include "escapement/theory/phase_two.h"

namespace escapement::study {

using numeric::Exact;
using numeric::from_exact;
using numeric::from_int;
using numeric::Mp;

namespace {

constexpr long kMostFlowSteps = 100'000;

// What all neurons feel: r and the components of theta across.
template <class T>
struct Pull {
  T r;
  std::vector<T> across;  // [d-1]
};

template <class T>
class Dynamics {
 public:
  Dynamics(const std::vector<T>& sums, std::size_t n, const Exact& theta_norm)
      : sums_(sums), n_(n), norm_(from_exact<T>(theta_norm)), half_(from_int<T>(1) / from_int<T>(2)) {}

  // theta = W^T a from M^T S M: with u, v its columns of p and q, 4 theta_1 = u S u - v S v, 2 theta_k = (u + v) S m_k.
  Pull<T> pull(const std::vector<T>& m) const {
    const std::vector<T> up = image(m, 0), down = image(m, 1);
    Pull<T> pull{norm_ - half_ * half_ * (product(m, 0, up) - product(m, 1, down)), {}};
    for (std::size_t k = 2; k < n_; ++k)
      pull.across.push_back(half_ * (product(m, k, up) + product(m, k, down)));
    return pull;
  }

  // M' = M A, A of this pull.
  void rate(const std::vector<T>& m, const Pull<T>& pull, std::vector<T>& out) const {
    out.resize(n_ * n_);
    for (std::size_t i = 0; i < n_; ++i) {
      const T* row = m.data() + i * n_;
      T *to = out.data() + i * n_, lost = from_int<T>(0);
      for (std::size_t k = 2; k < n_; ++k) lost += row[k] * pull.across[k - 2];
      to[0] = pull.r * row[0] - lost;
      to[1] = -(pull.r * row[1]) - lost;
      const T a = half_ * (row[0] + row[1]);
      for (std::size_t k = 2; k < n_; ++k) to[k] = -(a * pull.across[k - 2]);
    }
  }

  std::vector<T> identity() const {
    std::vector<T> m(n_ * n_, from_int<T>(0));
    for (std::size_t i = 0; i < n_; ++i) m[i * n_ + i] = from_int<T>(1);
    return m;
  }

 private:
  std::vector<T> image(const std::vector<T>& m, std::size_t column) const {  // S times a column of M
    std::vector<T> out(n_, from_int<T>(0));
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = 0; j < n_; ++j) out[i] += sums_[i * n_ + j] * m[j * n_ + column];
    return out;
  }
  T product(const std::vector<T>& m, std::size_t column, const std::vector<T>& v) const {
    T sum = from_int<T>(0);
    for (std::size_t i = 0; i < n_; ++i) sum += m[i * n_ + column] * v[i];
    return sum;
  }

  const std::vector<T>& sums_;
  std::size_t n_;
  T norm_, half_;
};

std::size_t side(std::size_t squared) {
  std::size_t n = 0;
  while (n * n < squared) ++n;
  return n;
}

}  // namespace

template <class T>
std::vector<T> start_sums(numeric::Stream stream, std::size_t d, const numeric::BigInt& m, const Exact& eta) {
  const std::size_t n = d + 1;
  std::vector<T> sums(n * n, from_int<T>(0));
  const T step = from_exact<T>(eta);
  if (m <= kSummed) {  // unit radius first: doubles hold the draws, not their scale
    for (const theory::Row& row : theory::drawn_neurons(stream, d, static_cast<std::size_t>(m), 1)) {
      const Modes<T> z = modes_of<T>(row);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) sums[i * n + j] += z[i] * z[j] * step;
    }
    return sums;
  }
  // w uniform in a ball, a in an interval: E w w^T = eta/(d+2) I, E a^2 = eta/3.
  const T width = from_exact<T>(Exact(m)), ball = from_int<T>(1) / from_int<T>(static_cast<long>(d) + 2),
          third = from_int<T>(1) / from_int<T>(3);
  std::vector<double> normal(d);
  numeric::gaussian_row(stream, numeric::Purpose::ground_truth, 1, 0, d, normal.data());
  const T spread = numeric::square_root(T(width * third * ball)) * step;
  const T theta = spread * numeric::from_dyadic<T>(normal[0]);
  sums[0] = width * step * (third + ball) + theta + theta;  // sum p^2 = sum a^2 + w_1^2 + 2 a w_1
  sums[n + 1] = width * step * (third + ball) - theta - theta;
  sums[1] = sums[n] = width * step * (third - ball);
  for (std::size_t k = 2; k < n; ++k) {
    sums[k * n + k] = width * step * ball;
    const T across =
        spread * numeric::from_dyadic<T>(normal[k - 1]);  // sum a w_k; sum w_1 w_k has no part in theta
    sums[k] = sums[k * n] = sums[n + k] = sums[k * n + 1] = across;
  }
  return sums;
}

template <class T>
std::vector<T> modes_after_steps(const std::vector<T>& sums, const Exact& theta_norm, const Exact& eta,
                                 std::uint64_t steps) {
  const Dynamics<T> dynamics(sums, side(sums.size()), theta_norm);
  const T step = from_exact<T>(eta);
  std::vector<T> m = dynamics.identity(), rate;
  for (std::uint64_t t = 0; t < steps; ++t) {
    dynamics.rate(m, dynamics.pull(m), rate);
    for (std::size_t i = 0; i < m.size(); ++i) m[i] += step * rate[i];
  }
  return m;
}

template <class T>
std::vector<T> modes_after_flow(const std::vector<T>& sums, const Exact& theta_norm, const T& s,
                                const T& tolerance) {
  const Dynamics<T> dynamics(sums, side(sums.size()), theta_norm);
  std::vector<T> m = dynamics.identity();
  reduction::Integration<T> run{std::vector<T>(m.size(), from_int<T>(1)), tolerance,     from_int<T>(0), s,
                                from_int<T>(1) / from_int<T>(10),         kMostFlowSteps};
  const reduction::Field<T> field = [&](const std::vector<T>& at, std::vector<T>& rate) {
    dynamics.rate(at, dynamics.pull(at), rate);
    return true;
  };
  if (reduction::integrate<T>(field, m, run, [](std::vector<T>&) { return true; }) !=
      reduction::IntegrationEnd::reached)
    throw std::runtime_error("gradient flow of Phase II: the integrator did not reach the end");
  return m;
}

template <class T>
Modes<T> modes_of(const std::vector<double>& row) {
  const std::size_t d = row.size() - 1;
  const T a = numeric::from_dyadic<T>(row[d]), along = numeric::from_dyadic<T>(row[0]);
  Modes<T> z{a + along, a - along};
  for (std::size_t k = 1; k < d; ++k) z.push_back(numeric::from_dyadic<T>(row[k]));
  return z;
}

template <class T>
T deficit_after(const Modes<T>& start, const std::vector<T>& product) {
  const std::size_t n = start.size();
  Modes<T> z(n, from_int<T>(0));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) z[j] += start[i] * product[i * n + j];
  const T along = numeric::absolute(T((z[0] - z[1]) / from_int<T>(2)));
  T across = from_int<T>(0);
  for (std::size_t k = 2; k < n; ++k) across += z[k] * z[k];
  const T length = numeric::square_root(T(along * along + across));
  return across / (length * (length + along));
}

#define ESCAPEMENT_INSTANTIATE(T)                                                                         \
  template std::vector<T> start_sums(numeric::Stream, std::size_t, const numeric::BigInt&, const Exact&); \
  template std::vector<T> modes_after_steps(const std::vector<T>&, const Exact&, const Exact&,            \
                                            std::uint64_t);                                               \
  template std::vector<T> modes_after_flow(const std::vector<T>&, const Exact&, const T&, const T&);      \
  template Modes<T> modes_of(const std::vector<double>&);                                                 \
  template T deficit_after(const Modes<T>&, const std::vector<T>&);
ESCAPEMENT_INSTANTIATE(double)
ESCAPEMENT_INSTANTIATE(Mp)

}  // namespace escapement::study
