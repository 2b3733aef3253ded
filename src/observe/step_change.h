// What the step about to be taken does to single neurons: DeltaW_i and |a_i' - a_i|.
#pragma once

#include "escapement/model/problem.h"
#include "escapement/model/right_step.h"

namespace escapement::observe {

template <class T>
class StepChange {
 public:
  // `size`: of the rows' entries, of which powers of two are taken out together with those of the step.
  StepChange(const model::RightStep<T>& step, const model::Problem<T>& problem, const T& size);

  // Whether the step is one of numbers, which in Ball it always is.
  bool defined() const;
  // Rows to look at, which must stay; then, of row i, in units of 2^delta_exponent() and 2^move_exponent():
  void look_at(const numeric::Rows<T>& z);
  struct Change {
    T delta, move;                   // DeltaW_i, |a_i' - a_i|
    numeric::Truth positive, below;  // DeltaW_i > 0, DeltaW_i <= -(sigma/4)^2
  };
  Change of(std::size_t i) const;

  long delta_exponent() const { return 2 * (rows_ + step_ - eta_); }
  long move_exponent() const { return rows_ + step_; }

 private:
  struct Neuron {
    T a, p, a_moved, p_moved;  // p = <w, q>; at Z~ the second two
  };
  Neuron neuron(std::size_t i) const;
  T delta(const Neuron& n) const;

  const model::RightStep<T>& of_step_;
  long coefficient_, direction_, rows_, eta_,
      step_;                     // exponents taken out of c, q, Z, h; of c and q together
  T c_, squared_;                // c and |q|^2
  T kappa_vq_, unit_, quarter_;  // kappa <v, q>; h^2; sigma / 4
  numeric::Vector<T> q_, p_{0}, wv_{0};
  const numeric::Rows<T>* z_ = nullptr;
};

}  // namespace escapement::observe
