// The reference: all m neurons (w_i, a_i), stepped one by one, as the paper writes them.
#pragma once

#include "escapement/model/state.h"

namespace escapement::model {

template <class T>
class DirectState final : public State<T> {
 public:
  explicit DirectState(numeric::Rows<T> start);  // [m x (d+1)]

  std::size_t d() const override { return z_.d(); }
  std::uint64_t width() const override { return z_.rows(); }
  const numeric::Vector<T>& theta() const override { return theta_; }
  T first_layer_squared() const override { return model::first_layer_squared(z_); }
  T second_layer_squared() const override { return model::second_layer_squared(z_); }
  T gradient_squared(const numeric::Vector<T>& v) const override { return model::gradient_squared(z_, v); }
  T first_layer_norm() const override { return model::first_layer_norm(z_); }
  T second_layer_norm() const override { return model::second_layer_norm(z_); }
  T gradient_norm(const numeric::Vector<T>& v) const override { return model::gradient_norm(z_, v); }
  numeric::LayerRange layer_range() const override { return numeric::layer_range(z_); }
  void perturbed_theta(const numeric::Vector<T>& v, const T& kappa, numeric::Vector<T>& out) const override {
    model::perturbed_theta(z_, v, kappa, out);
  }
  bool sees_neurons() const override { return true; }
  void neurons(std::uint64_t first, numeric::Rows<T>& out) const override;

  // The driven oscillation alone needs these: w_i <- w_i - step_i r, and a set from outside;
  // State::end_driven_step ends the step.
  void move_first_layer(const numeric::Vector<T>& step, const numeric::Vector<T>& r);
  void set_second_layer(const numeric::Vector<T>& a);
  numeric::Vector<T> second_layer() const;

  void save(std::ostream& out) const override;
  bool load(std::istream& in) override;

 protected:
  void do_apply(const RightStep<T>& step) override;

 private:
  numeric::Rows<T> z_;
  numeric::Vector<T> theta_;
  RowScratch<T> scratch_;
};

}  // namespace escapement::model
