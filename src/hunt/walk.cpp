#include "escapement/hunt/walk.h"

#include "escapement/numeric/check.h"

namespace escapement::hunt {

namespace {

template <class T>
std::vector<T> vector_of(const std::vector<Exact>& values) {
  std::vector<T> result;
  result.reserve(values.size());
  for (const Exact& x : values) result.push_back(numeric::from_exact<T>(x));
  return result;
}

template <class T>
void widen(Matrix<T>&, const Exact&) {}
void widen(Matrix<numeric::Ball>& z, const Exact& half_width) {
  if (half_width == 0) return;
  const numeric::Ball radius = numeric::Ball::from(half_width);
  for (auto& row : z)
    for (numeric::Ball& x : row) arb_add_error(x.raw(), radius.raw());
}

}  // namespace

template <class T>
T dot(const std::vector<T>& a, const std::vector<T>& b, std::size_t length) {
  T sum = numeric::from_int<T>(0);
  for (std::size_t j = 0; j < length; ++j) sum += a[j] * b[j];
  return sum;
}

template <class T>
Walk<T>::Walk(const Case& c)
    : case_(c),
      d_(c.d()),
      eta_(numeric::from_exact<T>(c.eta)),
      sigma_(numeric::from_exact<T>(c.sigma)),
      theta_star_(vector_of<T>(c.theta_star)) {
  for (const auto& x : c.inputs) x_.push_back(vector_of<T>(x));
  for (const auto& row : c.rows) z_.push_back(vector_of<T>(row));
  widen(z_, c.box);
  for (const BigInt& n : c.row_copies) weight_.push_back(numeric::from_exact<T>(Exact(n)));
  const Exact n(c.sample_size());
  for (std::size_t k = 0; k < x_.size(); ++k)
    share_.push_back(
        numeric::from_exact<T>(c.input_copies.empty() ? Exact(1) / n : Exact(c.input_copies[k]) / n));
  refresh();
}

template <class T>
void Walk<T>::refresh() {
  theta_.assign(d_, numeric::from_int<T>(0));
  for (std::size_t i = 0; i < z_.size(); ++i) {
    const T a = weight_.empty() ? z_[i][d_] : weight_[i] * z_[i][d_];
    for (std::size_t j = 0; j < d_; ++j) theta_[j] += a * z_[i][j];
  }
}

template <class T>
T Walk<T>::residual(std::size_t sample, int sign) const {
  T g = dot(theta_, x_[sample], d_) - dot(theta_star_, x_[sample], d_);
  if (sign > 0) g -= sigma_;
  if (sign < 0) g += sigma_;
  return g;
}

template <class T>
T Walk<T>::delta(std::size_t neuron, std::size_t sample, int sign) const {
  const T g = residual(sample, sign), p = dot(x_[sample], z_[neuron], d_), &a = z_[neuron][d_];
  const T square = dot(x_[sample], x_[sample], d_);
  return g * g * (a * a * square - p * p);
}

template <class T>
void Walk<T>::step() {
  std::vector<T> q(d_, numeric::from_int<T>(0));
  if (case_.algorithm == "label-noise-sgd") {
    ESCAPEMENT_CHECK(taken_ < case_.samples.size() && taken_ < case_.noise.size());
    const std::size_t k = case_.samples[taken_];
    const T g = residual(k, case_.noise[taken_]);
    for (std::size_t j = 0; j < d_; ++j) q[j] = g * x_[k][j];
  } else {
    for (std::size_t k = 0; k < x_.size(); ++k) {
      const T g = share_[k] * residual(k, 0);
      for (std::size_t j = 0; j < d_; ++j) q[j] += g * x_[k][j];
    }
  }
  for (T& entry : q) entry *= eta_;
  for (std::vector<T>& row : z_) {
    const T along = dot(q, row, d_);
    for (std::size_t j = 0; j < d_; ++j) row[j] -= row[d_] * q[j];
    row[d_] -= along;
  }
  refresh();
  ++taken_;
}

template <class T>
bool Walk<T>::finite() const {
  for (const std::vector<T>& row : z_)
    for (const T& x : row)
      if (!numeric::is_finite(x)) return false;
  for (const T& x : theta_)
    if (!numeric::is_finite(x)) return false;
  return true;
}

#define ESCAPEMENT_WALK(T)                                                   \
  template T dot(const std::vector<T>&, const std::vector<T>&, std::size_t); \
  template class Walk<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_WALK)

}  // namespace escapement::hunt
