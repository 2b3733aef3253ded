// Peer: label-noise SGD in double on the direct state (W, a), as a good Eigen user writes it.
//
// Built by build.sh with -O3 -march=native -DNDEBUG.
// A step is one matrix-vector product with W [m x d] and one rank-1 update of it; everything is allocated
// before the loop and no expression makes a temporary. Of six layouts tried (row-major, column-major,
// transposed; d known at compile time or not), column-major with d at run time is within 10% of the best
// of them, and is what one would write.
#include <Eigen/Dense>

#include "setting.h"

int main(int argc, char** argv) {
  using Eigen::Map, Eigen::MatrixXd, Eigen::VectorXd;
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const peer::Setting s = peer::parse(argc, argv);
  const peer::Problem p(s);

  MatrixXd W = Map<const RowMajor>(p.W.data(), s.m, s.d);                    // [m x d]
  VectorXd a = Map<const VectorXd>(p.a.data(), s.m);                         // [m]
  const MatrixXd X = Map<const RowMajor>(p.X.data(), s.n, s.d).transpose();  // [d x n], one sample a column
  VectorXd h(s.m);                                                           // [m], the hidden layer
  VectorXd c(s.d);                                                           // [d], -eta g x
  peer::Draws draws(s);

  const peer::Timer timer;
  for (long t = 0; t < s.steps; ++t) {
    draws.next();
    const auto x = X.col(draws.sample);
    h.noalias() = W * x;
    const double eps = draws.positive ? s.sigma : -s.sigma;
    const double step = -s.eta * (a.dot(h) - p.y[static_cast<std::size_t>(draws.sample)] - eps);
    c.noalias() = step * x;
    W.noalias() += a * c.transpose();
    a.noalias() += step * h;
  }
  const double seconds = timer.seconds();
  return peer::report("eigen_rank1", s, seconds, (W.transpose() * a).norm());
}
