#include "counting.h"

namespace escapement::test {

namespace {

Exact inner(const std::vector<Exact>& x, const std::vector<Exact>& y) {
  Exact sum = 0;
  for (std::size_t j = 0; j < x.size(); ++j) sum += x[j] * y[j];
  return sum;
}

}  // namespace

StepCount count_step(const InstanceSpec& spec, std::size_t sample, int sign) {
  const std::vector<Exact>& x = spec.inputs[sample];
  StepCount count;
  count.residual = -inner(spec.theta_star, x) - sign * spec.sigma;
  for (std::size_t i = 0; i < spec.m; ++i)
    count.residual += spec.second_layer[i] * inner(spec.first_layer[i], x);
  const Exact squared = count.residual * count.residual, border = -(spec.sigma * spec.sigma) / 16;
  for (std::size_t i = 0; i < spec.m; ++i) {
    const Exact &a = spec.second_layer[i], along = inner(spec.first_layer[i], x);
    const Exact delta = -squared * (along * along - a * a * inner(x, x));
    count.positive += delta > 0 ? 1 : 0;
    count.below += delta <= border ? 1 : 0;
    count.delta.push_back(delta);
    count.imbalance.push_back(inner(spec.first_layer[i], spec.first_layer[i]) - a * a);
    count.sum += delta;
  }
  return count;
}

int wide_neurons(const InstanceSpec& spec, std::size_t sample) {
  const std::vector<Exact>& x = spec.inputs[sample];
  int count = 0;
  for (std::size_t i = 0; i < spec.m; ++i) {
    const Exact along = inner(spec.first_layer[i], x), a = spec.second_layer[i];
    count += along * along >= a * a * inner(x, x) ? 1 : 0;
  }
  return count;
}

}  // namespace escapement::test
