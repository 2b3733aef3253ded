// Where a double's exponents end. Every expression of this model is a sum of products, so a power of two that is taken out
// of its factors and put back at the end changes no bit of a result, but for what would have left the range in between.
// Mp and Ball have exponents beyond all use: there nothing is scaled.
#pragma once

#include "escapement/numeric/packed.h"

namespace escapement::numeric {

// A layer, or a product of its entries' size, keeps all its digits within 2^-kRangeEnd .. 2^kRangeEnd.
inline constexpr long kRangeEnd = 960;

// k such that products of six factors of the size of x 2^-k keep their digits: 0 where those of x do, where x is zero or no
// number, and in Mp and Ball. Of a vector or of rows: by the largest entry.
template <class T>
long excess(const T& x);
template <class T>
long excess(const Vector<T>& x);
template <class T>
long excess(const Rows<T>& z);

// x 2^k; exact unless it leaves the range.
template <class T>
T shifted(const T& x, long k);
template <class T>
Vector<T> shifted(const Vector<T>& x, long k);
template <class T>
Rows<T> shifted(const Rows<T>& z, long k);
Ball shifted_ball(Ball x, long k);

// Whether a sum of squares surely has the digits that it seems to have, and a product of two such sums too: within
// 2^-400 .. 2^400. Always in Mp and Ball.
template <class T>
bool has_digits(const T& sum);

// |x|, also where squares leave the range.
template <class T>
T norm(const Vector<T>& x);

// What a matrix of rows has left of its layers in this arithmetic.
enum class LayerRange {
  inside,   // both are within the range
  zero,     // as inside, and one is zero in every entry: exactly, or because all of it vanished
  outside,  // one has entries, the largest of them beyond kRangeEnd
};
template <class T>
LayerRange layer_range(const Rows<T>& z);

}  // namespace escapement::numeric
