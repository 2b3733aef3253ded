// What is read off a shadow: values at Z~ and the most that an error of norm e can change them, (7) of
// docs/derivations/enclosed-run.md.
#include <istream>
#include <ostream>

#include "escapement/certify/shadow_state.h"
#include "escapement/numeric/text.h"

namespace escapement::certify {

using numeric::Ball;
using numeric::Exact;

namespace {

const Bound kHalf = Bound::power_of_two(-1);

// A squared norm that is `value` at the shadow, where the norm itself is off by at most `off`.
Ball squared_norm(Ball value, const Bound& off) {
  const Bound size = sqrt(Bound::of(value));
  (size * off + size * off + off * off).widen(value.raw());
  return value;
}

Bound size_of_row(const numeric::Rows<Ball>& z, std::size_t i) {
  Bound squares;
  for (std::size_t j = 0; j <= z.d(); ++j) {
    const Bound entry = Bound::of(z.get(i, j));
    squares += entry * entry;
  }
  return sqrt(squares);
}

numeric::Rows<Ball> rows_of(const GridRows& grid) {
  numeric::Rows<Ball> rows(grid.rows(), grid.d());
  grid.get(rows);
  return rows;
}

}  // namespace

void ShadowState::shadow_theta(Vector& out) const {
  for (std::size_t j = 0; j < d(); ++j) out.set(j, factor_.product_with_second(j));
}

void ShadowState::read_theta() {
  shadow_theta(theta_);
  const Bound second = factor_.second_norm(), cross = error_ * error_ * kHalf;
  for (std::size_t j = 0; j < d(); ++j) {
    const Bound first = factor_.column_norm(j);
    (error_ * sqrt(first * first + second * second) + cross).widen(theta_.data() + j);
  }
}

Ball ShadowState::first_layer_squared() const {
  return squared_norm(model::first_layer_squared(rows_of(factor_)), error_);
}

Ball ShadowState::second_layer_squared() const {
  return squared_norm(model::second_layer_squared(rows_of(factor_)), error_);
}

Ball ShadowState::gradient_squared(const Vector& v) const {
  const Ball length = numeric::square_root(dot(v, v));
  return squared_norm(model::gradient_squared(rows_of(factor_), v), error_ * Bound::of(length));
}

void ShadowState::perturbed_theta(const Vector& v, const Ball& kappa, Vector& out) const {
  model::perturbed_theta(rows_of(factor_), v, kappa, out);
  const Bound stretch = Bound::integer(1) + Bound::of(kappa) * Bound::of(numeric::square_root(dot(v, v)));
  const Bound e = error_ * stretch, size = factor_.norm() * stretch;
  for (std::size_t j = 0; j < d(); ++j) (e * size + e * e * kHalf).widen(out.data() + j);
}

numeric::Symmetric<Ball> ShadowState::gram() const {
  numeric::Symmetric<Ball> s(d() + 1);
  add_gram(rows_of(factor_), s);
  const auto column = [&](std::size_t j) { return j < d() ? factor_.column_norm(j) : factor_.second_norm(); };
  for (std::size_t i = 0; i <= d(); ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      Ball entry = s.get(i, j);
      (error_ * (column(i) + column(j)) + error_ * error_).widen(entry.raw());
      s.set(i, j, entry);
    }
  return s;
}

void ShadowState::neurons(std::uint64_t first, Rows& out) const {
  if (own_rows_) {
    const Rows all = rows_of(factor_);
    for (std::size_t i = 0; i < out.rows(); ++i)
      for (std::size_t j = 0; j <= d(); ++j) {
        Ball entry = all.get(static_cast<std::size_t>(first) + i, j);
        error_.widen(entry.raw());
        out.set(i, j, entry);
      }
    return;
  }
  Rows z0(out.rows(), d());
  start_->rows(first, z0);
  const Rows product = rows_of(*product_);
  lift(z0, product, out);
  const Bound size = product_->norm();
  Bound row_radius = Bound::of(Ball::from(radius_)) * sqrt(Bound::integer(d() + 1));
  for (std::size_t i = 0; i < out.rows(); ++i) {
    const Bound off = size_of_row(z0, i) * product_error_ + row_radius * (size + product_error_);
    for (std::size_t j = 0; j <= d(); ++j) {
      Ball entry = out.get(i, j);
      off.widen(entry.raw());
      out.set(i, j, entry);
    }
  }
}

void ShadowState::save(std::ostream& out) const {
  write_rows(out, rows_of(factor_));
  numeric::write_scalar(out, error_.ball());
  if (box_) box_->save(out);
  if (!product_) return;
  write_rows(out, rows_of(*product_));
  numeric::write_scalar(out, product_error_.ball());
}

bool ShadowState::load(std::istream& in) {
  const auto take = [&](GridRows& grid, Bound& error) {
    Rows rows(grid.rows(), grid.d());
    Ball size;
    if (!numeric::read_rows(in, rows) || !numeric::read_scalar(in, size)) return false;
    error = grid.set(rows) + Bound::of(size);  // what was saved lies on the grid: nothing is added
    return true;
  };
  if (!take(factor_, error_) || (box_ && !box_->load(in)) || (product_ && !take(*product_, product_error_)))
    return false;
  read_theta();
  return true;
}

}  // namespace escapement::certify
