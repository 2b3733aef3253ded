// The network's state as the update rules see it. Two models: DirectState keeps (W, a) itself and is the reference;
// reduction::WidthFreeState keeps the (d+1) x (d+1) Gram matrix S = Z^T Z, whatever the width.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <vector>

#include "escapement/model/right_step.h"
#include "escapement/numeric/magnitude_range.h"

namespace escapement::model {

template <class T>
class State {
 public:
  virtual ~State() = default;

  virtual std::size_t d() const = 0;
  virtual std::uint64_t width() const = 0;              // m
  virtual const numeric::Vector<T>& theta() const = 0;  // W^T a [d]
  virtual T first_layer_squared() const = 0;            // |W|_F^2
  virtual T second_layer_squared() const = 0;           // |a|^2
  // |gradient|^2 of the loss over (W, a) for the residual-weighted input v: |a|^2 |v|^2 + |W v|^2.
  virtual T gradient_squared(const numeric::Vector<T>& v) const = 0;
  // Their roots, also where squares leave a double's range.
  virtual T first_layer_norm() const;
  virtual T second_layer_norm() const;
  virtual T gradient_norm(const numeric::Vector<T>& v) const;
  // What of the state has left the range of its numbers.
  virtual numeric::LayerRange layer_range() const { return numeric::LayerRange::inside; }
  // W~^T a~ at Z~ = Z (I + kappa B(v)).
  virtual void perturbed_theta(const numeric::Vector<T>& v, const T& kappa,
                               numeric::Vector<T>& out) const = 0;

  // One step; then every passenger takes it too.
  void apply(const RightStep<T>& step);
  // The block's steps, c = step_size (<theta, x> - y - noise), until one's residual is out of bounds (see Magnitude);
  // returns how many were taken.
  std::size_t apply_samples(SampleBlock<T>& block, const T& step_size);

  // Whether single neurons can be seen (the width-free state may run without them), and rows [first, first + count).
  virtual bool sees_neurons() const = 0;
  virtual void neurons(std::uint64_t first, numeric::Rows<T>& out) const = 0;

  // Ends a step that was driven from outside: passengers look at the state.
  void end_driven_step();

  void board(Passenger<T>& passenger) { passengers_.push_back(&passenger); }

  // Exact text, for checkpoints; load returns false on text that does not fit this state.
  virtual void save(std::ostream& out) const = 0;
  virtual bool load(std::istream& in) = 0;

 protected:
  virtual void do_apply(const RightStep<T>& step) = 0;
  virtual std::size_t do_apply_samples(SampleBlock<T>& block, const T& step_size);

 private:
  std::vector<Passenger<T>*> passengers_;
};

// A residual beyond 2^150 ends a run, as does one that is not finite or an enclosure that wide: a step may cube it, and the
// step after the last still fits a double.
// `lost` is no value's: what a step needs is below the range of doubles.
enum class Magnitude { ordinary, too_large, too_wide, not_finite, lost };
template <class T>
Magnitude magnitude(const T& value);

// Whether theta can have the digits that it seems to have: it has not where all products of the two layers are near the end
// of a double's range.
template <class T>
bool theta_has_digits(const State<T>& state);

}  // namespace escapement::model
