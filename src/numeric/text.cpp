#include "escapement/numeric/text.h"

#include <istream>
#include <ostream>

namespace escapement::numeric {

template <class T>
void write_scalar(std::ostream& out, const T& value) {
  out << dump(value) << '\n';
}

template <class T>
bool read_scalar(std::istream& in, T& value) {
  std::string line;
  return std::getline(in, line) && undump(line, value);
}

template <class T>
void write_vector(std::ostream& out, const Vector<T>& v) {
  for (std::size_t i = 0; i < v.size(); ++i) write_scalar(out, v.get(i));
}

template <class T>
bool read_vector(std::istream& in, Vector<T>& v) {
  for (std::size_t i = 0; i < v.size(); ++i) {
    T x = from_int<T>(0);
    if (!read_scalar(in, x)) return false;
    v.set(i, x);
  }
  return true;
}

template <class T>
void write_rows(std::ostream& out, const Rows<T>& z) {
  for (std::size_t i = 0; i < z.rows(); ++i)
    for (std::size_t j = 0; j <= z.d(); ++j) write_scalar(out, z.get(i, j));
}

template <class T>
bool read_rows(std::istream& in, Rows<T>& z) {
  for (std::size_t i = 0; i < z.rows(); ++i)
    for (std::size_t j = 0; j <= z.d(); ++j) {
      T x = from_int<T>(0);
      if (!read_scalar(in, x)) return false;
      z.set(i, j, x);
    }
  return true;
}

template <class T>
void write_symmetric(std::ostream& out, const Symmetric<T>& a) {
  for (std::size_t i = 0; i < a.dim(); ++i)
    for (std::size_t j = 0; j <= i; ++j) write_scalar(out, a.get(i, j));
}

template <class T>
bool read_symmetric(std::istream& in, Symmetric<T>& a) {
  for (std::size_t i = 0; i < a.dim(); ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      T x = from_int<T>(0);
      if (!read_scalar(in, x)) return false;
      a.set(i, j, x);
    }
  return true;
}

#define ESCAPEMENT_INSTANTIATE(T)                                    \
  template void write_scalar(std::ostream&, const T&);               \
  template bool read_scalar(std::istream&, T&);                      \
  template void write_vector(std::ostream&, const Vector<T>&);       \
  template bool read_vector(std::istream&, Vector<T>&);              \
  template void write_rows(std::ostream&, const Rows<T>&);           \
  template bool read_rows(std::istream&, Rows<T>&);                  \
  template void write_symmetric(std::ostream&, const Symmetric<T>&); \
  template bool read_symmetric(std::istream&, Symmetric<T>&);
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::numeric
