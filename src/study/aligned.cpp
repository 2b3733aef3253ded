#include "escapement/study/aligned.h"

#include "escapement/numeric/ball_functions.h"

namespace escapement::study {

using numeric::Ball;
using numeric::Exact;

double aligned_steps(const AlignedStart& start, const Exact& theta_norm, const Exact& eta,
                     std::uint64_t steps) {
  const auto h = static_cast<double>(eta);
  auto p = static_cast<double>(start.P), q = static_cast<double>(start.Q);
  auto r = static_cast<double>(Exact(theta_norm - (start.P - start.Q) / 4));
  for (std::uint64_t t = 0; t < steps; ++t) {
    const double up = 1 + h * r, down = 1 - h * r;
    r *= 1 - h * (p + q) / 2 - h * h * r * (p - q) / 4;
    p *= up * up;
    q *= down * down;
  }
  return r;
}

Ball aligned_flow(const AlignedStart& start, const Exact& theta_norm, const Ball& s) {
  const Ball one(1), two_norm = Ball::from(Exact(2 * theta_norm)), p = Ball::from(start.P);
  const Ball c = Ball::from(Exact(start.P * start.Q)), lambda = sqrt(two_norm * two_norm + c);
  const Ball sum = two_norm + lambda, difference = -(c / sum);  // 2 |theta*| - lambda without cancellation
  const Ball w = -((sum - p) / (p - difference)) * numeric::exp(-(lambda * s));
  return -(lambda * lambda * w) / ((one - w) * (sum - w * difference));
}

}  // namespace escapement::study
