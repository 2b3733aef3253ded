// Packed shapes and kernels for double, by the table of the active instruction set.
#include "escapement/numeric/check.h"
#include "escapement/numeric/double_kernels.h"
#include "escapement/numeric/packed.h"

namespace escapement::numeric {

namespace {
std::size_t blocks(std::size_t n) { return padded(n) / kLanes; }

}  // namespace

template <>
Symmetric<double>::Symmetric(std::size_t d) : d_(d), stride_(padded(d)), storage_(d * padded(d)) {}
template <>
double Symmetric<double>::get(std::size_t i, std::size_t j) const {
  return storage_.get(i * stride_ + j);
}
template <>
void Symmetric<double>::set(std::size_t i, std::size_t j, const double& value) {
  storage_.set(i * stride_ + j, value);
  storage_.set(j * stride_ + i, value);
}

template <>
Rows<double>::Rows(std::size_t rows, std::size_t d)
    : rows_(rows), d_(d), stride_(padded(rows)), storage_(padded(rows) * (d + 1)) {}
template <>
std::size_t Rows<double>::index(std::size_t i, std::size_t j) const {
  return j * stride_ + i;
}
template <>
Rows<double> Rows<double>::identity(std::size_t d) {
  Rows<double> p(d + 1, d);
  for (std::size_t i = 0; i <= d; ++i) p.set(i, i, 1.0);
  return p;
}

template <>
bool identical(const Vector<double>& x, const Vector<double>& y) {
  return x.size() == y.size() && std::equal(x.data(), x.data() + x.size(), y.data());
}
template <>
double dot(const Vector<double>& x, const Vector<double>& y) {
  ESCAPEMENT_CHECK(x.size() == y.size());
  return double_kernels().dot(x.data(), y.data(), blocks(x.size()));
}
template <>
void add_scaled(Vector<double>& y, const double& c, const Vector<double>& x) {
  double_kernels().add_scaled(y.data(), c, x.data(), blocks(x.size()));
}
template <>
void scale(Vector<double>& y, const double& c) {
  for (std::size_t i = 0; i < y.size(); ++i) y.data()[i] *= c;
}
template <>
void multiply(const Symmetric<double>& a, const Vector<double>& x, Vector<double>& out) {
  double_kernels().symmetric_multiply(a.data(), x.data(), out.data(), a.dim(), blocks(a.dim()));
}
template <>
void add_rank_two(Symmetric<double>& a, const Vector<double>& x, const Vector<double>& h) {
  double_kernels().add_rank_two(a.data(), x.data(), h.data(), a.dim(), blocks(a.dim()));
}
template <>
double trace(const Symmetric<double>& a) {
  double sum = 0;
  for (std::size_t i = 0; i < a.dim(); ++i) sum += a.get(i, i);
  return sum;
}

template <>
void first_layer_times(const Rows<double>& z, const Vector<double>& q, Vector<double>& out) {
  double_kernels().columns_times(z.data(), q.data(), out.data(), z.d(), blocks(z.rows()));
}
template <>
void transposed_times_second(const Rows<double>& z, Vector<double>& out) {
  const double* a = z.data() + z.d() * z.stride();
  double_kernels().transposed_times(z.data(), a, out.data(), z.d(), blocks(z.rows()));
}
template <>
void subtract_outer(Rows<double>& z, const Vector<double>& column, const Vector<double>& q) {
  double_kernels().subtract_outer(z.data(), column.data(), q.data(), z.d(), blocks(z.rows()));
}
template <>
void first_layer_distances(const Rows<double>& z, const Rows<double>& z0, Vector<double>& out) {
  double_kernels().column_distances(z.data(), z0.data(), out.data(), z.d(), blocks(z.rows()));
}
template <>
void get_second(const Rows<double>& z, Vector<double>& a) {
  std::copy_n(z.data() + z.d() * z.stride(), z.stride(), a.data());
}
template <>
void set_second(Rows<double>& z, const Vector<double>& a) {
  std::copy_n(a.data(), z.stride(), z.data() + z.d() * z.stride());
}

template <>
void add_gram(const Rows<double>& z, Symmetric<double>& gram) {
  const auto column = [&](std::size_t j) { return z.data() + j * z.stride(); };
  for (std::size_t i = 0; i <= z.d(); ++i)
    for (std::size_t j = 0; j <= i; ++j)
      gram.set(i, j, gram.get(i, j) + double_kernels().dot(column(i), column(j), blocks(z.rows())));
}

template <>
void lift(const Rows<double>& z0, const Rows<double>& p, Rows<double>& out) {
  const std::size_t width = z0.d() + 1;
  for (std::size_t j = 0; j < width; ++j)
    double_kernels().columns_times(z0.data(), p.data() + j * p.stride(), out.data() + j * out.stride(), width,
                                   blocks(z0.rows()));
}

}  // namespace escapement::numeric
