#include "escapement/theory/inside/aligned_flow.h"

#include <algorithm>
#include <cmath>

#include "escapement/numeric/ball_functions.h"

namespace escapement::theory {

namespace {

// y' = C + B y - A y^2, with T = tanh(Delta t / 2) = (1 - E)/(1 + E), E = e^(-Delta t), Delta^2 = B^2 + 4 A C:
//   y = N / D,   N = Delta + (B + 2 C) T,   D = Delta (1 - T) + 4 A C T/(Delta + B) + 2 A T:   no differences.
struct Riccati {
  Riccati(const AlignedFlow& f, const Ball& time) {
    const Ball two(2);
    a = f.covariance * f.P / two;
    b = two * f.covariance * f.theta_norm;
    c = f.covariance * f.Q / two;
    delta = sqrt(b * b + Ball(4) * a * c);
    decay = exp(-(delta * time));
    const Ball one(1), t = (one - decay) / (one + decay);
    numerator = delta + (b + two * c) * t;
    denominator = delta * (two * decay / (one + decay)) + Ball(4) * a * c * t / (delta + b) + two * a * t;
  }
  Ball a, b, c, delta, decay, numerator, denominator;
};

constexpr int kCells = 200, kBisections = 40;

// P( |a + z| < s v, over (w, a) ): z = <w, e> has density (1 - z^2)^((d-1)/2), v = sqrt(1 - z^2) rho with density rho^(d-2).
double below(std::size_t d, double s) {
  const auto dimension = static_cast<double>(d);
  double sum = 0, all = 0;
  for (int i = 0; i < kCells; ++i) {
    const double angle = M_PI * ((i + 0.5) / kCells - 0.5), z = std::sin(angle), cosine = std::cos(angle);
    const double weight = std::pow(cosine, dimension);  // (1 - z^2)^((d-1)/2) dz
    for (int k = 0; k < kCells; ++k) {
      const double rho = std::pow((k + 0.5) / kCells, 1 / (dimension - 1));
      const double reach = s * cosine * rho;
      const double length = std::min(1.0, reach - z) - std::max(-1.0, -reach - z);
      sum += weight * std::max(0.0, length) / 2;
      all += weight;
    }
  }
  return sum / all;
}

}  // namespace

Ball growth(const AlignedFlow& flow, const Ball& time) {
  const Riccati r(flow, time);
  return r.numerator / r.denominator;
}

// y'/(2 c y), with T' = (Delta/2)(1 - T^2) and 1 - T^2 = 4 E/(1 + E)^2.
Ball distance(const AlignedFlow& flow, const Ball& time) {
  const Riccati r(flow, time);
  const Ball one(1), slope = Ball(4) * r.decay / ((one + r.decay) * (one + r.decay));
  return r.delta * r.delta * slope * (r.b + r.c - r.a) /
         (Ball(2) * flow.covariance * r.numerator * r.denominator);
}

Ball alignment_deficit(const Ball& y, const Ball& p, const Ball& q, const Ball& v) {
  const Ball root = sqrt(y), along = (p * root - q / root) / Ball(2);
  if (along.contains_zero()) return Ball(1) - abs(along) / sqrt(along * along + v * v);
  const Ball x = v * v / (along * along), h = sqrt(Ball(1) + x);  // 1 - 1/h without cancellation
  return x / (h * (Ball(1) + h));
}

double growing_part_quantile(std::size_t d, double share) {
  // P( v^2/p^2 > x ) = P( |p| < v / sqrt(x) ), falling in x.
  double low = -60, high = 60;  // of log x
  for (int i = 0; i < kBisections; ++i) {
    const double middle = (low + high) / 2;
    (below(d, std::exp(-middle / 2)) > 1 - share ? low : high) = middle;
  }
  return std::exp((low + high) / 2);
}

}  // namespace escapement::theory
