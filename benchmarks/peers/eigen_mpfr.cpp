// Peer: the width-free step as one writes it with Eigen over boost::multiprecision::mpfr_float.
//
// Built by build.sh with -O3 -march=native -DNDEBUG.
// The same recurrence as in mpfr_loop.cpp, in matrix notation; the symmetry of S and the short inputs are
// left to the libraries, which use neither.
#include <Eigen/Dense>
#include <boost/multiprecision/eigen.hpp>
#include <boost/multiprecision/mpfr.hpp>

#include "setting.h"

int main(int argc, char** argv) {
  using Real = boost::multiprecision::mpfr_float;
  using Matrix = Eigen::Matrix<Real, Eigen::Dynamic, Eigen::Dynamic>;
  using Vector = Eigen::Matrix<Real, Eigen::Dynamic, 1>;
  const peer::Setting setting = peer::parse(argc, argv);
  const peer::Problem p(setting);
  Real::default_precision(static_cast<unsigned>(static_cast<double>(setting.bits) * std::log10(2.0)));

  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Matrix W = Eigen::Map<const RowMajor>(p.W.data(), setting.m, setting.d).cast<Real>();
  const Vector a = Eigen::Map<const Eigen::VectorXd>(p.a.data(), setting.m).cast<Real>();
  const Matrix X = Eigen::Map<const RowMajor>(p.X.data(), setting.n, setting.d).transpose().cast<Real>();
  const Vector y = Eigen::Map<const Eigen::VectorXd>(p.y.data(), setting.n).cast<Real>();
  const Real eta = setting.eta;

  Matrix S = W.transpose() * W;  // [d x d]
  Vector u = W.transpose() * a;  // [d], the predictor theta
  Real alpha = a.dot(a);
  Vector x(setting.d), s(setting.d), h(setting.d);
  Real f, c, q;
  peer::Draws draws(setting);

  const peer::Timer timer;
  for (long t = 0; t < setting.steps; ++t) {
    draws.next();
    x = X.col(draws.sample);
    const double eps = draws.positive ? setting.sigma : -setting.sigma;
    f = u.dot(x);
    c = eta * (f - y(draws.sample) - eps);
    s.noalias() = S * x;
    q = x.dot(s);
    h = x * Real(c * c * alpha / 2) - u * c;
    S.noalias() += x * h.transpose();
    S.noalias() += h * x.transpose();
    u += x * Real(c * c * f - c * alpha) - s * c;
    alpha += c * c * q - 2 * c * f;
  }
  const double seconds = timer.seconds();
  return peer::report("eigen_mpfr", setting, seconds, u.norm().convert_to<double>());
}
