// Packed shapes and kernels for Mp and Ball, on Arb's arrays: one body, two arithmetics.
#include "escapement/numeric/check.h"
#include "escapement/numeric/packed.h"
#include "escapement/numeric/precision.h"

namespace escapement::numeric {

namespace {

slong length(std::size_t n) { return static_cast<slong>(n); }

// Rigorous operations for Ball; midpoint-only ones for Mp, whose radii are zero and stay so.
template <class T>
struct Arithmetic;

template <>
struct Arithmetic<Ball> {
  static void dot(arb_t out, const arb_struct* start, arb_srcptr x, slong xs, arb_srcptr y, slong ys,
                  slong n) {
    arb_dot(out, start, 0, x, xs, y, ys, n, working_bits());
  }
  static void add_product(arb_t out, const arb_t x, const arb_t y) { arb_addmul(out, x, y, working_bits()); }
  static void subtract_product(arb_t out, const arb_t x, const arb_t y) {
    arb_submul(out, x, y, working_bits());
  }
  static void product(arb_t out, const arb_t x, const arb_t y) { arb_mul(out, x, y, working_bits()); }
};

template <>
struct Arithmetic<Mp> {
  static void dot(arb_t out, const arb_struct* start, arb_srcptr x, slong xs, arb_srcptr y, slong ys,
                  slong n) {
    arb_approx_dot(out, start, 0, x, xs, y, ys, n, working_bits());
  }
  static void add_product(arb_t out, const arb_t x, const arb_t y) {
    arf_addmul(arb_midref(out), arb_midref(x), arb_midref(y), working_bits(), ARF_RND_NEAR);
  }
  static void subtract_product(arb_t out, const arb_t x, const arb_t y) {
    arf_submul(arb_midref(out), arb_midref(x), arb_midref(y), working_bits(), ARF_RND_NEAR);
  }
  static void product(arb_t out, const arb_t x, const arb_t y) {
    arf_mul(arb_midref(out), arb_midref(x), arb_midref(y), working_bits(), ARF_RND_NEAR);
  }
};

// A scalar in Arb's layout for the length of one kernel.
template <class T>
Storage<T> one(const T& value) {
  Storage<T> s(1);
  s.set(0, value);
  return s;
}

}  // namespace

template <class T>
Symmetric<T>::Symmetric(std::size_t d) : d_(d), stride_(d), storage_(d * d) {}

template <class T>
T Symmetric<T>::get(std::size_t i, std::size_t j) const {
  return storage_.get(i >= j ? i * stride_ + j : j * stride_ + i);
}
template <class T>
void Symmetric<T>::set(std::size_t i, std::size_t j, const T& value) {
  storage_.set(i >= j ? i * stride_ + j : j * stride_ + i, value);
}

template <class T>
Rows<T>::Rows(std::size_t rows, std::size_t d)
    : rows_(rows), d_(d), stride_(d + 1), storage_(rows * (d + 1)) {}

template <class T>
std::size_t Rows<T>::index(std::size_t i, std::size_t j) const {
  return i * stride_ + j;
}

template <class T>
bool identical(const Vector<T>& x, const Vector<T>& y) {
  if (x.size() != y.size()) return false;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!arb_equal(x.data() + i, y.data() + i)) return false;
  return true;
}

template <class T>
T dot(const Vector<T>& x, const Vector<T>& y) {
  ESCAPEMENT_CHECK(x.size() == y.size());
  Storage<T> out(1);
  Arithmetic<T>::dot(out.data(), nullptr, x.data(), 1, y.data(), 1, length(x.size()));
  return out.get(0);
}

template <class T>
void add_scaled(Vector<T>& y, const T& c, const Vector<T>& x) {
  const Storage<T> factor = one(c);
  for (std::size_t i = 0; i < x.size(); ++i)
    Arithmetic<T>::add_product(y.data() + i, factor.data(), x.data() + i);
}

template <class T>
void scale(Vector<T>& y, const T& c) {
  const Storage<T> factor = one(c);
  for (std::size_t i = 0; i < y.size(); ++i)
    Arithmetic<T>::product(y.data() + i, y.data() + i, factor.data());
}

template <class T>
void multiply(const Symmetric<T>& a, const Vector<T>& x, Vector<T>& out) {
  const std::size_t d = a.dim();
  const slong stride = length(a.stride());
  for (std::size_t i = 0; i < d; ++i) {  // row i up to the diagonal, then column i below it
    arb_ptr result = out.data() + i;
    Arithmetic<T>::dot(result, nullptr, a.data() + i * a.stride(), 1, x.data(), 1, length(i + 1));
    if (i + 1 < d)
      Arithmetic<T>::dot(result, result, a.data() + (i + 1) * a.stride() + i, stride, x.data() + i + 1, 1,
                         length(d - i - 1));
  }
}

template <class T>
void add_rank_two(Symmetric<T>& a, const Vector<T>& x, const Vector<T>& h) {
  // Shallow, read-only copies interleave the two terms, so that each entry is one dot product of length two.
  const std::size_t d = a.dim();
  std::vector<arb_struct> left(2 * d), right(2 * d);
  for (std::size_t i = 0; i < d; ++i) {
    left[2 * i] = right[2 * i + 1] = x.data()[i];
    left[2 * i + 1] = right[2 * i] = h.data()[i];
  }
  for (std::size_t i = 0; i < d; ++i) {
    arb_ptr row = a.data() + i * a.stride();
    for (std::size_t j = 0; j <= i; ++j)
      Arithmetic<T>::dot(row + j, row + j, left.data() + 2 * i, 1, right.data() + 2 * j, 1, 2);
  }
}

template <class T>
T trace(const Symmetric<T>& a) {
  T sum = from_int<T>(0);
  for (std::size_t i = 0; i < a.dim(); ++i) sum += a.get(i, i);
  return sum;
}

template <class T>
void first_layer_times(const Rows<T>& z, const Vector<T>& q, Vector<T>& out) {
  for (std::size_t i = 0; i < z.rows(); ++i)
    Arithmetic<T>::dot(out.data() + i, nullptr, z.data() + i * z.stride(), 1, q.data(), 1, length(z.d()));
}

template <class T>
void transposed_times_second(const Rows<T>& z, Vector<T>& out) {
  const slong stride = length(z.stride());
  for (std::size_t j = 0; j < z.d(); ++j)
    Arithmetic<T>::dot(out.data() + j, nullptr, z.data() + j, stride, z.data() + z.d(), stride,
                       length(z.rows()));
}

template <class T>
void subtract_outer(Rows<T>& z, const Vector<T>& column, const Vector<T>& q) {
  for (std::size_t i = 0; i < z.rows(); ++i)
    for (std::size_t j = 0; j < z.d(); ++j)
      Arithmetic<T>::subtract_product(z.data() + i * z.stride() + j, column.data() + i, q.data() + j);
}

template <class T>
void first_layer_distances(const Rows<T>& z, const Rows<T>& z0, Vector<T>& out) {
  Vector<T> move(z.d());
  for (std::size_t i = 0; i < z.rows(); ++i) {
    for (std::size_t j = 0; j < z.d(); ++j) move.set(j, z.get(i, j) - z0.get(i, j));
    Arithmetic<T>::dot(out.data() + i, nullptr, move.data(), 1, move.data(), 1, length(z.d()));
  }
}

template <class T>
void get_second(const Rows<T>& z, Vector<T>& a) {
  for (std::size_t i = 0; i < z.rows(); ++i) arb_set(a.data() + i, z.data() + i * z.stride() + z.d());
}

template <class T>
void set_second(Rows<T>& z, const Vector<T>& a) {
  for (std::size_t i = 0; i < z.rows(); ++i) arb_set(z.data() + i * z.stride() + z.d(), a.data() + i);
}

template <class T>
void add_gram(const Rows<T>& z, Symmetric<T>& gram) {
  const slong stride = length(z.stride());
  for (std::size_t i = 0; i <= z.d(); ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      arb_ptr entry = gram.data() + i * gram.stride() + j;
      Arithmetic<T>::dot(entry, entry, z.data() + i, stride, z.data() + j, stride, length(z.rows()));
    }
}

template <class T>
void lift(const Rows<T>& z0, const Rows<T>& p, Rows<T>& out) {
  const std::size_t width = z0.d() + 1;
  for (std::size_t i = 0; i < z0.rows(); ++i)
    for (std::size_t j = 0; j < width; ++j)
      Arithmetic<T>::dot(out.data() + i * out.stride() + j, nullptr, z0.data() + i * z0.stride(), 1,
                         p.data() + j, length(p.stride()), length(width));
}

template <class T>
Rows<T> Rows<T>::identity(std::size_t d) {
  Rows<T> p(d + 1, d);
  for (std::size_t i = 0; i <= d; ++i) p.set(i, i, from_int<T>(1));
  return p;
}

#define ESCAPEMENT_INSTANTIATE(T)                                                  \
  template class Symmetric<T>;                                                     \
  template class Rows<T>;                                                          \
  template bool identical(const Vector<T>&, const Vector<T>&);                     \
  template T dot(const Vector<T>&, const Vector<T>&);                              \
  template void add_scaled(Vector<T>&, const T&, const Vector<T>&);                \
  template void scale(Vector<T>&, const T&);                                       \
  template void multiply(const Symmetric<T>&, const Vector<T>&, Vector<T>&);       \
  template void add_rank_two(Symmetric<T>&, const Vector<T>&, const Vector<T>&);   \
  template T trace(const Symmetric<T>&);                                           \
  template void first_layer_times(const Rows<T>&, const Vector<T>&, Vector<T>&);   \
  template void transposed_times_second(const Rows<T>&, Vector<T>&);               \
  template void subtract_outer(Rows<T>&, const Vector<T>&, const Vector<T>&);      \
  template void first_layer_distances(const Rows<T>&, const Rows<T>&, Vector<T>&); \
  template void get_second(const Rows<T>&, Vector<T>&);                            \
  template void set_second(Rows<T>&, const Vector<T>&);                            \
  template void add_gram(const Rows<T>&, Symmetric<T>&);                           \
  template void lift(const Rows<T>&, const Rows<T>&, Rows<T>&);

ESCAPEMENT_INSTANTIATE(Mp)
ESCAPEMENT_INSTANTIATE(Ball)

}  // namespace escapement::numeric
