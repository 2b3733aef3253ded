// Exact text of scalars, vectors and matrices, one entry a line: the body of checkpoints.
#pragma once

#include <iosfwd>

#include "escapement/numeric/packed.h"

namespace escapement::numeric {

template <class T>
void write_scalar(std::ostream& out, const T& value);
template <class T>
bool read_scalar(std::istream& in, T& value);  // false: no such line, or no dump of a T
template <class T>
void write_vector(std::ostream& out, const Vector<T>& v);
template <class T>
bool read_vector(std::istream& in, Vector<T>& v);  // into v, whose size must fit
template <class T>
void write_rows(std::ostream& out, const Rows<T>& z);
template <class T>
bool read_rows(std::istream& in, Rows<T>& z);
template <class T>
void write_symmetric(std::ostream& out, const Symmetric<T>& a);
template <class T>
bool read_symmetric(std::istream& in, Symmetric<T>& a);

}  // namespace escapement::numeric
