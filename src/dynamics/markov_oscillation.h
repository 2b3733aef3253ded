// Lemma 4.4's dynamics: gradient descent on the first layer, w_i <- w_i - eta a_i C (theta - theta*), while the second
// is driven from outside by a three-state chain per neuron, a_i = centre_i + amplitude * s_i: from s = +-1 to 0, from 0 to
// either with probability 1/2. The lemma has centre 0 and s(0) from the stationary law; the variant of the two-phase
// setting keeps the NTK start as centre and begins at s = 0. No right multiplication: the direct state only.
#pragma once

#include "escapement/dynamics/update_rule.h"
#include "escapement/model/direct_state.h"

namespace escapement::dynamics {

template <class T>
class MarkovOscillation final : public UpdateRule<T> {
 public:
  MarkovOscillation(const model::Instance& instance, const model::Problem<T>& problem,
                    const model::Start<T>& start);
  Progress<T> advance(model::State<T>& state, std::uint64_t first, std::uint64_t count) override;
  void preview(const model::State<T>& state, std::uint64_t step, observe::Preview<T>& out) const override;
  void save(std::ostream& out) const override;
  bool load(std::istream& in) override;

 private:
  const model::Problem<T>& problem_;
  model::Driving<T> driving_;
  T amplitude_;
  bool given_;
  std::vector<std::int8_t> chain_;  // s_i
  std::vector<T> centre_;
  std::uint64_t consumed_ = 0;  // explicit coins used so far
};

}  // namespace escapement::dynamics
