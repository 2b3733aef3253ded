// Every update rule of this model but the driven oscillation acts on Z = [W | a] from the right
// (docs/derivations/width-free.md). One step, in the form all of them share:
//     Z <- Z - c Z~ B(q),   Z~ = Z (I + kappa B(v)),
// where B(v) is symmetric [(d+1) x (d+1)] with v in its last row and column. kappa = 0 for all but SAM.
#pragma once

#include <cstdint>
#include <vector>

#include "escapement/numeric/packed.h"

namespace escapement::model {

template <class T>
struct RightStep {
  const numeric::Vector<T>* q = nullptr;  // direction [d]
  T c = numeric::from_int<T>(0);          // step size (times the residual where q is a bare input)
  const numeric::Vector<T>* v = nullptr;  // SAM: direction of the perturbation [d]; null without
  T kappa = numeric::from_int<T>(0);      // SAM: its length, rho / |gradient|
};

// Vectors [rows] that a right multiplication needs and may keep between steps.
template <class T>
struct RowScratch {
  numeric::Vector<T> p, second, moved;
};

// Z <- Z - c Z~ B(q).
template <class T>
void right_multiply(numeric::Rows<T>& z, const RightStep<T>& step, RowScratch<T>& scratch);

// What any state reads from its rows, the m neurons or their d + 1 representatives.
template <class T>
T first_layer_squared(const numeric::Rows<T>& z);  // |W|_F^2
template <class T>
T second_layer_squared(const numeric::Rows<T>& z);  // |a|^2
// |gradient|^2 of the loss over (W, a) for the residual-weighted input v: |a|^2 |v|^2 + |W v|^2.
template <class T>
T gradient_squared(const numeric::Rows<T>& z, const numeric::Vector<T>& v);
// The roots of these, also where squares leave a double's range (numeric/magnitude_range.h).
template <class T>
T first_layer_norm(const numeric::Rows<T>& z);
template <class T>
T second_layer_norm(const numeric::Rows<T>& z);
template <class T>
T gradient_norm(const numeric::Rows<T>& z, const numeric::Vector<T>& v);
// W~^T a~ at Z~ = Z (I + kappa B(v)).
template <class T>
void perturbed_theta(const numeric::Rows<T>& z, const numeric::Vector<T>& v, const T& kappa,
                     numeric::Vector<T>& out);

// Single-sample steps: inputs x, labels y, label noise; the coefficients c are filled in as steps are taken.
template <class T>
struct SampleBlock {
  std::uint64_t first = 0;  // number of the first step
  std::size_t steps = 0;    // to take
  std::vector<const numeric::Vector<T>*>
      x;                       // [steps], and a few more: inputs of the steps after, where they are known
  std::vector<T> y, noise, c;  // as x
  std::vector<std::uint32_t> index;  // as x: the input's place in the sample, where there is one
  const double* overlaps = nullptr;  // <x_i, x_j> over a small sample [n x n], in doubles; null: not kept
  std::size_t n = 0;
  std::vector<numeric::Vector<T>> fresh;  // storage of inputs drawn for this block alone
  std::vector<double> sign;               // scratch of the draws
  void resize(std::size_t k) {
    steps = k;
    x.resize(k);
    y.resize(k, numeric::from_int<T>(0));
    noise.resize(k, numeric::from_int<T>(0));
    c.resize(k, numeric::from_int<T>(0));
    index.resize(k);
    sign.resize(k);
  }
};

template <class T>
class State;

// Something that is carried along with the state by the same right multiplications.
template <class T>
class Passenger {
 public:
  virtual ~Passenger() = default;
  virtual void apply(const RightStep<T>& step) = 0;
  // The first `count` steps of the block, with the coefficients that were taken.
  virtual void apply_samples(const SampleBlock<T>& block, std::size_t count) = 0;
  // After a step that is no right multiplication (the driven oscillation): look at the state itself.
  virtual void follow(const State<T>& state) = 0;
};

}  // namespace escapement::model
