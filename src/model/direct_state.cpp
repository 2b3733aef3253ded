#include "escapement/model/direct_state.h"

#include "escapement/numeric/check.h"
#include "escapement/numeric/text.h"

namespace escapement::model {

using numeric::Rows;
using numeric::Vector;

template <class T>
DirectState<T>::DirectState(Rows<T> start) : z_(std::move(start)), theta_(z_.d()) {
  transposed_times_second(z_, theta_);
}

template <class T>
void DirectState<T>::do_apply(const RightStep<T>& step) {
  right_multiply(z_, step, scratch_);
  transposed_times_second(z_, theta_);
}

template <class T>
void DirectState<T>::neurons(std::uint64_t first, Rows<T>& out) const {
  ESCAPEMENT_CHECK(first + out.rows() <= z_.rows() && out.d() == z_.d());
  for (std::size_t i = 0; i < out.rows(); ++i)
    for (std::size_t j = 0; j <= z_.d(); ++j) out.set(i, j, z_.get(first + i, j));
}

template <class T>
void DirectState<T>::move_first_layer(const Vector<T>& step, const Vector<T>& r) {
  subtract_outer(z_, step, r);
}

template <class T>
void DirectState<T>::set_second_layer(const Vector<T>& a) {
  set_second(z_, a);
  transposed_times_second(z_, theta_);
}

template <class T>
Vector<T> DirectState<T>::second_layer() const {
  Vector<T> a(z_.rows());
  get_second(z_, a);
  return a;
}

template <class T>
void DirectState<T>::save(std::ostream& out) const {
  numeric::write_rows(out, z_);
}

template <class T>
bool DirectState<T>::load(std::istream& in) {
  if (!numeric::read_rows(in, z_)) return false;
  transposed_times_second(z_, theta_);
  return true;
}

#define ESCAPEMENT_INSTANTIATE(T) template class DirectState<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::model
