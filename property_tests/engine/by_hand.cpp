#include "by_hand.h"

#include <cstdio>

namespace escapement::test {

Numbers numbers_of(const std::vector<Exact>& exact) {
  Numbers result;
  for (const Exact& x : exact) result.push_back(Ball::from(x));
  return result;
}

Ball inner(const Numbers& x, const Numbers& y) {
  Ball sum;
  for (std::size_t j = 0; j < x.size(); ++j) sum += x[j] * y[j];
  return sum;
}

ByHand::ByHand(const InstanceSpec& spec) : spec_(spec), a_(numbers_of(spec.second_layer)) {
  for (const auto& row : spec.first_layer) w_.push_back(numbers_of(row));
  const Numbers theta_star = numbers_of(spec.theta_star);
  for (const auto& row : spec.inputs) {
    x_.push_back(numbers_of(row));
    y_.push_back(inner(theta_star, x_.back()));
  }
  h_ = Ball::from(spec.loss == "square" ? Exact(2 * spec.eta) : spec.eta);
  unsigned long on = 1, off = 0;
  if (spec.schedule == "off") on = 0, off = 1;
  if (std::sscanf(spec.schedule.c_str(), "periodic:%lu:%lu", &on, &off) == 1) off = 1;
  on_ = on;
  off_ = off;
}

Numbers ByHand::predictor(const Table& w, const Numbers& a) const {
  Numbers theta(spec_.d);
  for (std::size_t i = 0; i < spec_.m; ++i)
    for (std::size_t j = 0; j < spec_.d; ++j) theta[j] += a[i] * w[i][j];
  return theta;
}

Ball ByHand::noise(std::size_t position) const {
  const bool silent = spec_.algorithm == "sgd" || spec_.algorithm == "gradient-descent";
  if (silent || spec_.sigma == 0 || t_ % (on_ + off_) >= on_) return Ball();
  const std::size_t at = t_ * spec_.per_step() + position;
  if (!spec_.noise.empty()) return Ball::from(spec_.noise[at]);
  return Ball::from(spec_.signs[at] * spec_.sigma);
}

Numbers ByHand::weighted_input(const Numbers& theta) const {
  const std::size_t batch = spec_.per_step();
  Numbers q(spec_.d);
  for (std::size_t b = 0; b < batch; ++b) {
    const bool all = spec_.full_batch_rule() || spec_.batch == 0;
    const std::size_t k = all ? b : spec_.samples[t_ * batch + b];
    const Ball residual = inner(theta, x_[k]) - y_[k] - noise(b);
    for (std::size_t j = 0; j < spec_.d; ++j) q[j] += residual * x_[k][j];
  }
  for (Ball& entry : q) entry /= Ball(static_cast<int>(batch));
  return q;
}

void ByHand::step() {
  Table w = w_;  // where the gradient is taken: at the network itself but for SAM
  Numbers a = a_;
  if (spec_.algorithm == "sam") {
    const Numbers v = weighted_input(theta());
    Ball squared = inner(a_, a_) * inner(v, v);
    for (const Numbers& row : w_) squared += inner(row, v) * inner(row, v);
    if (!(squared.is_exact() && squared.contains_zero())) {
      const Ball kappa = Ball::from(spec_.rho) / sqrt(squared);
      for (std::size_t i = 0; i < spec_.m; ++i) {
        for (std::size_t j = 0; j < spec_.d; ++j) w[i][j] += kappa * a_[i] * v[j];
        a[i] += kappa * inner(w_[i], v);
      }
    }
  }
  const Numbers q = weighted_input(predictor(w, a));
  for (std::size_t i = 0; i < spec_.m; ++i) {
    for (std::size_t j = 0; j < spec_.d; ++j) w_[i][j] -= h_ * a[i] * q[j];
    a_[i] -= h_ * inner(w[i], q);
  }
  ++t_;
}

End ByHand::end() const {
  engine::RunResult result;
  result.final.steps = t_;
  result.final.theta = theta();
  for (std::size_t i = 0; i < spec_.m; ++i) {
    result.final.neurons.push_back(w_[i]);
    result.final.neurons.back().push_back(a_[i]);
  }
  return end_of(result);
}

ByHand walked(const InstanceSpec& spec) {
  ByHand walk(spec);
  while (walk.steps() < spec.steps) walk.step();
  return walk;
}

}  // namespace escapement::test
