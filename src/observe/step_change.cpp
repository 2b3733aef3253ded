#include "escapement/observe/step_change.h"

#include "escapement/numeric/magnitude_range.h"
#include "escapement/numeric/mutant.h"

namespace escapement::observe {

using numeric::excess;
using numeric::from_int;
using numeric::is_less;
using numeric::Mutant;
using numeric::mutated;
using numeric::Rows;
using numeric::shifted;
using numeric::Vector;

template <class T>
StepChange<T>::StepChange(const model::RightStep<T>& step, const model::Problem<T>& problem, const T& size)
    : of_step_(step),
      coefficient_(excess(step.c)),
      direction_(excess(*step.q)),
      rows_(excess(size)),
      eta_(excess(problem.step_size)),
      step_(coefficient_ + direction_),
      c_(shifted(step.c, -coefficient_)),
      squared_(from_int<T>(0)),
      kappa_vq_(from_int<T>(0)),
      unit_(shifted(problem.step_size, -eta_)),
      quarter_(shifted(T(problem.sigma / from_int<T>(4)), eta_ - step_ - rows_)),
      q_(shifted(*step.q, -direction_)) {
  squared_ = dot(q_, q_);
  unit_ *= unit_;
  if (step.v != nullptr) kappa_vq_ = step.kappa * dot(*step.v, q_);
}

template <class T>
bool StepChange<T>::defined() const {
  if (std::is_same_v<T, numeric::Ball>) return true;
  return numeric::is_finite(c_) && numeric::is_finite(squared_) && numeric::is_finite(of_step_.kappa);
}

template <class T>
void StepChange<T>::look_at(const Rows<T>& z) {
  z_ = &z;
  p_ = wv_ = Vector<T>(z.rows());
  first_layer_times(z, q_, p_);
  if (of_step_.v != nullptr) first_layer_times(z, *of_step_.v, wv_);
}

template <class T>
typename StepChange<T>::Neuron StepChange<T>::neuron(std::size_t i) const {
  const T a = shifted(T(z_->get(i, z_->d())), -rows_), p = shifted(T(p_.get(i)), -rows_);
  if (of_step_.v == nullptr) return {a, p, a, p};
  return {a, p, T(a + of_step_.kappa * shifted(T(wv_.get(i)), -rows_)), T(p + kappa_vq_ * a)};
}

// See Followed::accumulate.
template <class T>
T StepChange<T>::delta(const Neuron& n) const {
  const T c2 = c_ * c_;
  T change = from_int<T>(0);
  if (of_step_.v != nullptr) change = -(shifted(T(c_ + c_), -step_) * (n.a_moved * n.p - n.a * n.p_moved));
  change += mutated(Mutant::delta_without_a)
                ? T(-(c2 * n.p_moved * n.p_moved))
                : T(c2 * (n.a_moved * n.a_moved * squared_ - n.p_moved * n.p_moved));
  return change / unit_;
}

template <class T>
typename StepChange<T>::Change StepChange<T>::of(std::size_t i) const {
  Neuron n = neuron(i);
  T change = delta(n), quarter = quarter_;
  long own = 0;  // of a neuron that is much smaller than most
  if (!numeric::has_digits(change)) {
    Vector<T> sizes(4);
    sizes.set(0, n.a);
    sizes.set(1, n.p);
    sizes.set(2, n.a_moved);
    sizes.set(3, n.p_moved);
    own = excess(sizes);
    for (T* x : {&n.a, &n.p, &n.a_moved, &n.p_moved, &quarter}) *x = shifted(*x, -own);
    change = delta(n);
  }
  const T threshold = -(quarter * quarter);
  return {shifted(change, 2 * own),
          shifted(numeric::absolute(mutated(Mutant::move_without_step) ? n.p_moved : T(c_ * n.p_moved)), own),
          is_less(from_int<T>(0), change), !is_less(threshold, change)};
}

#define ESCAPEMENT_INSTANTIATE(T) template class StepChange<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::observe
