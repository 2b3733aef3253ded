// The update rules, as what they do to a State. One class each; adding one is four steps (docs/concepts/update-rule.md).
#pragma once

#include <memory>

#include "escapement/model/driving.h"
#include "escapement/model/state.h"
#include "escapement/observe/observer.h"

namespace escapement::dynamics {

// How far an advance came: all steps, or up to the step whose residual (or gradient) was out of bounds.
template <class T>
struct Progress {
  std::uint64_t taken = 0;
  model::Magnitude magnitude = model::Magnitude::ordinary;
  T value = numeric::from_int<T>(0);  // what was out of bounds
};

template <class T>
class GradientOracle;

template <class T>
class UpdateRule {
 public:
  virtual ~UpdateRule() = default;
  // Steps first, first + 1, ..., first + count - 1.
  virtual Progress<T> advance(model::State<T>& state, std::uint64_t first, std::uint64_t count) = 0;
  // The step that advance would take next; changes nothing.
  virtual void preview(const model::State<T>& state, std::uint64_t step, observe::Preview<T>& out) const = 0;
  // What draws the rule's steps where each is one sample that goes through State::apply_samples; else null.
  virtual const model::Driving<T>* single_samples() const { return nullptr; }
  // What gives the rule's steps their directions where each follows a gradient in State::apply; else null.
  virtual GradientOracle<T>* gradients() { return nullptr; }
  // What a checkpoint needs beyond the state; most rules carry nothing.
  virtual void save(std::ostream&) const {}
  virtual bool load(std::istream&) { return true; }
};

// The rule that the instance's configuration names. References must outlive it.
template <class T>
std::unique_ptr<UpdateRule<T>> make_rule(const model::Instance& instance, const model::Problem<T>& problem,
                                         const model::Start<T>& start);

}  // namespace escapement::dynamics
