// The update rules as the paper writes them, neuron by neuron, in enclosures at the working precision. Shares nothing with
// the engine but Ball: the plain text that the engine is read against.
#pragma once

#include "ends.h"

namespace escapement::test {

using Numbers = std::vector<Ball>;
using Table = std::vector<Numbers>;

Numbers numbers_of(const std::vector<Exact>& exact);
Ball inner(const Numbers& x, const Numbers& y);

class ByHand {
 public:
  // The start; every right-multiplication rule that an InstanceSpec can name.
  explicit ByHand(const InstanceSpec& spec);

  std::uint64_t steps() const { return t_; }
  const Table& first_layer() const { return w_; }     // [m x d]
  const Numbers& second_layer() const { return a_; }  // [m]
  Numbers theta() const { return predictor(w_, a_); }
  const Ball& step_size() const { return h_; }  // eta, or 2 eta for `square`

  // q = (1/B) sum_b (<theta, x_b> - y_b - eps_b) x_b over the samples of the step about to be taken.
  Numbers weighted_input(const Numbers& theta) const;
  void step();

  End end() const;  // theta, W and a, named as end_of() does

 private:
  Numbers predictor(const Table& w, const Numbers& a) const;
  Ball noise(std::size_t position) const;

  InstanceSpec spec_;
  std::uint64_t t_ = 0;
  std::uint64_t on_ = 1, off_ = 0;
  Table x_, w_;
  Numbers a_, y_;
  Ball h_;
};

// After all of the spec's steps.
ByHand walked(const InstanceSpec& spec);

}  // namespace escapement::test
