#include "escapement/model/right_step.h"

#include "escapement/numeric/magnitude_range.h"
#include "escapement/numeric/mutant.h"

namespace escapement::model {

using numeric::Mutant;
using numeric::mutated;
using numeric::Rows;
using numeric::Vector;

template <class T>
void right_multiply(Rows<T>& z, const RightStep<T>& step, RowScratch<T>& scratch) {
  auto& [p, second, moved] = scratch;
  if (p.size() != z.rows()) p = second = moved = Vector<T>(z.rows());
  first_layer_times(z, *step.q, p);  // p = W q
  get_second(z, second);
  moved = second;
  if (step.v != nullptr) {  // a~ = a + kappa W v,  w~.q = p + kappa <v, q> a
    Vector<T> wv(z.rows());
    first_layer_times(z, *step.v, wv);
    add_scaled(moved, step.kappa, wv);
    add_scaled(p, T(step.kappa * dot(*step.v, *step.q)), second);
  }
  if (mutated(Mutant::second_layer_magnitude))
    for (std::size_t i = 0; i < moved.size(); ++i) moved.set(i, numeric::absolute(moved.get(i)));
  if (!mutated(Mutant::first_layer_unscaled)) scale(moved, step.c);
  subtract_outer(z, moved, *step.q);
  if (mutated(Mutant::second_layer_late)) first_layer_times(z, *step.q, p);
  if (mutated(Mutant::first_neuron_resting)) p.set(0, numeric::from_int<T>(0));
  add_scaled(second, mutated(Mutant::second_layer_sign) ? step.c : T(-step.c), p);
  set_second(z, second);
}

template <class T>
T first_layer_squared(const Rows<T>& z) {
  Vector<T> norms(z.rows()), ones(z.rows());
  first_layer_distances(z, Rows<T>(z.rows(), z.d()), norms);
  for (std::size_t i = 0; i < z.rows(); ++i) ones.set(i, numeric::from_int<T>(1));
  return dot(norms, ones);
}

template <class T>
T second_layer_squared(const Rows<T>& z) {
  Vector<T> a(z.rows());
  get_second(z, a);
  return dot(a, a);
}

template <class T>
T gradient_squared(const Rows<T>& z, const Vector<T>& v) {
  Vector<T> wv(z.rows());
  first_layer_times(z, v, wv);
  return second_layer_squared(z) * dot(v, v) + dot(wv, wv);
}

template <class T>
T first_layer_norm(const Rows<T>& z) {
  const T squared = first_layer_squared(z);
  if (numeric::has_digits(squared)) return numeric::square_root(squared);
  Rows<T> layer = z;
  set_second(layer, Vector<T>(z.rows()));
  const long k = numeric::excess(layer);
  return numeric::shifted(T(numeric::square_root(first_layer_squared(numeric::shifted(layer, -k)))), k);
}

template <class T>
T second_layer_norm(const Rows<T>& z) {
  Vector<T> a(z.rows());
  get_second(z, a);
  return numeric::norm(a);
}

template <class T>
T gradient_norm(const Rows<T>& z, const Vector<T>& v) {
  const T squared = gradient_squared(z, v);
  if (numeric::has_digits(squared) && numeric::has_digits(T(dot(v, v)))) return numeric::square_root(squared);
  const long kz = numeric::excess(z), kv = numeric::excess(v);
  const T near_one = gradient_squared(numeric::shifted(z, -kz), numeric::shifted(v, -kv));
  return numeric::shifted(T(numeric::square_root(near_one)), kz + kv);
}

template <class T>
void perturbed_theta(const Rows<T>& z, const Vector<T>& v, const T& kappa, Vector<T>& out) {
  // Written out: W~ = W + kappa a v^T, a~ = a + kappa W v.
  Rows<T> perturbed = z;
  Vector<T> a(z.rows()), wv(z.rows());
  get_second(z, a);
  first_layer_times(z, v, wv);
  Vector<T> column = a;
  scale(column, T(-kappa));
  subtract_outer(perturbed, column, v);
  if (!mutated(Mutant::perturbation_one_layer)) add_scaled(a, kappa, wv);
  set_second(perturbed, a);
  transposed_times_second(perturbed, out);
}

#define ESCAPEMENT_INSTANTIATE(T)                                              \
  template void right_multiply(Rows<T>&, const RightStep<T>&, RowScratch<T>&); \
  template T first_layer_squared(const Rows<T>&);                              \
  template T second_layer_squared(const Rows<T>&);                             \
  template T gradient_squared(const Rows<T>&, const Vector<T>&);               \
  template T first_layer_norm(const Rows<T>&);                                 \
  template T second_layer_norm(const Rows<T>&);                                \
  template T gradient_norm(const Rows<T>&, const Vector<T>&);                  \
  template void perturbed_theta(const Rows<T>&, const Vector<T>&, const T&, Vector<T>&);
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::model
