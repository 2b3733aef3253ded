// The width-free state (docs/derivations/width-free.md). Every rule acts on Z = [W | a] from the right, so it commutes
// with any orthogonal Q mixing the neurons: with R^T R = Z(0)^T Z(0), R [(d+1) x (d+1)], the m-wide network and the
// network whose d + 1 neurons are the rows of R have the same theta, |W|_F, |a| and S = Z^T Z at every step. This state
// steps R: as cheap as the recurrence for S, and with twice its digits. Where single neurons are asked for it also carries
// P [(d+1) x (d+1)] with Z(t) = Z(0) P(t). Nothing here grows with the width: rows of Z(0) come from the start's
// counter-based stream when a block of neurons is looked at.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "escapement/model/start.h"
#include "escapement/model/state.h"
#include "escapement/reduction/fixed_rows.h"
#include "escapement/reduction/word_rows.h"

namespace escapement::reduction {

class LaneGradients;
class LaneStates;

inline constexpr double kResidualLimit = 0x1p150;  // of single-sample steps in doubles: model::Magnitude's

template <class T>
class WidthFreeState final : public model::State<T> {
 public:
  // Sums S(0) over the start's m neurons, in blocks. Without `track_neurons` P is not carried and sees_neurons() is false.
  WidthFreeState(std::shared_ptr<const model::Start<T>> start, bool track_neurons);

  std::size_t d() const override { return factor_.d(); }
  std::uint64_t width() const override { return start_->width(); }
  const numeric::Vector<T>& theta() const override { return theta_; }
  T first_layer_squared() const override { return model::first_layer_squared(factor_); }
  T second_layer_squared() const override { return model::second_layer_squared(factor_); }
  T gradient_squared(const numeric::Vector<T>& v) const override {
    return model::gradient_squared(factor_, v);
  }
  T first_layer_norm() const override { return model::first_layer_norm(factor_); }
  T second_layer_norm() const override { return model::second_layer_norm(factor_); }
  T gradient_norm(const numeric::Vector<T>& v) const override { return model::gradient_norm(factor_, v); }
  numeric::LayerRange layer_range() const override;  // of R, or of P where that has left
  void perturbed_theta(const numeric::Vector<T>& v, const T& kappa, numeric::Vector<T>& out) const override {
    model::perturbed_theta(factor_, v, kappa, out);
  }
  bool sees_neurons() const override { return product_.has_value(); }
  void neurons(std::uint64_t first, numeric::Rows<T>& out) const override;

  const numeric::Rows<T>& factor() const { return factor_; }     // R
  const numeric::Rows<T>& product() const { return *product_; }  // P; only where sees_neurons()

  // R and P as the multi-word kernels left them (Mp only; see word_group.h), which the rows then show rounded; kept with
  // their exact words until a step is taken in Mp. `product` is empty where P is not carried.
  void set_words(WordRows factor, std::optional<WordRows> product);
  const std::optional<WordRows>& word_factor() const { return word_factor_; }
  const std::optional<WordRows>& word_product() const { return word_product_; }

  void save(std::ostream& out) const override;
  bool load(std::istream& in) override;

 protected:
  void do_apply(const model::RightStep<T>& step) override;
  std::size_t do_apply_samples(model::SampleBlock<T>& block, const T& step_size) override;

 private:
  friend class LaneGradients;
  friend class LaneStates;

  // W x for the rows of R and of P and the inputs x of the next `count` steps, kept between blocks so that the bits of a
  // trajectory do not depend on where it was cut (doubles only; see factor_kernels.h).
  struct LookAhead {
    std::size_t count = 0;
    std::uint64_t step = 0;  // the next one
    std::vector<numeric::Vector<T>> inputs;
    numeric::Vector<T> factor{0}, product{0};  // columns, one after the other
    numeric::Vector<T> factor_scratch{0}, product_scratch{0};
  };
  void prepare(const model::SampleBlock<T>& block);
  void keep_ahead(const model::SampleBlock<T>& block, std::size_t taken);
  void forget_representations();
  bool load_representation(std::istream& in);

  std::shared_ptr<const model::Start<T>> start_;
  numeric::Rows<T> factor_;
  std::optional<numeric::Rows<T>> product_;
  numeric::Vector<T> theta_;
  LookAhead ahead_;
  std::vector<const double*> inputs_;  // scratch of a block of steps, as are the indices
  std::vector<std::uint32_t> indices_;
  // R and P between single-sample steps, which the rows above then show rounded (Mp only); see fixed_rows.h.
  std::optional<FixedRows> fixed_factor_, fixed_product_;
  std::optional<WordRows> word_factor_, word_product_;
  model::RowScratch<T> factor_scratch_, product_scratch_;
};

// sample_steps.cpp
template <>
std::size_t WidthFreeState<numeric::Mp>::do_apply_samples(model::SampleBlock<numeric::Mp>&,
                                                          const numeric::Mp&);
template <>
std::size_t WidthFreeState<numeric::Ball>::do_apply_samples(model::SampleBlock<numeric::Ball>&,
                                                            const numeric::Ball&);

template <>
void WidthFreeState<numeric::Mp>::set_words(WordRows, std::optional<WordRows>);

}  // namespace escapement::reduction
