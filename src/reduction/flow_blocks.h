// What both flows read from the rows they act on, and the pieces they share.
#pragma once

#include <vector>

#include "escapement/reduction/flow_integrator.h"
#include "escapement/reduction/matrix.h"
#include "escapement/reduction/slow_flow.h"

namespace escapement::reduction {

inline constexpr long kFirstStep = 8;  // the first step tried is this part of a segment

template <class T>
bool less(const T& a, const T& b);
numeric::Exact power_of_two(long exponent);
template <class T>
T largest(const Matrix<T>& a);  // |entry|

// S = Z^T Z and its blocks, from rows Z [k x (d+1)].
template <class T>
struct FlowBlocks {
  explicit FlowBlocks(const Matrix<T>& rows);
  Matrix<T> gram, kernel;  // kernel = |a|^2 I + W^T W: a step Z <- Z (I + B(q)) moves theta by kernel q
  std::vector<T> theta;
  T first, second;  // |W|_F^2, |a|^2
};

// (I + D) B(v), added to `out` times `sign`; B(v) holds v in its last column and last row and 0 elsewhere.
template <class T>
void add_times_b(Matrix<T>& out, const Matrix<T>& displacement, const std::vector<T>& v, const T& sign);

// A scale for each entry of D, by blocks: w from w, w from a and a from w, a from a. One where nothing moves.
template <class T>
std::vector<T> block_scales(std::size_t d, const T& ww, const T& cross, const T& aa);

FlowEnd end_of(IntegrationEnd end);

}  // namespace escapement::reduction
