// Phase II on the population from many small neurons: gradient descent and its flow, for sums over neurons and for one
// neuron alike. By rotation theta* = |theta*| e_1. A neuron z = (w, a) is written (p, q, w_2, ..., w_d) with p = a + w_1,
// q = a - w_1; with r = |theta*| - theta_1 and theta_k the component across,
//   p' = r p - sum_k theta_k w_k,   q' = -r q - sum_k theta_k w_k,   w_k' = -theta_k (p + q)/2.
// A right multiplication: z(t) = z(0) M(t), and theta is read from M^T S M, S = sum_i z_i z_i^T. Growing and shrinking modes
// are apart, so that neither drowns in the other's rounding.
#pragma once

#include <cstdint>
#include <vector>

#include "escapement/numeric/exact.h"
#include "escapement/numeric/random.h"

namespace escapement::study {

template <class T>
using Modes = std::vector<T>;  // [d+1]: p, q, w_2, ..., w_d

// S at the start of Phase II, row by row [(d+1)^2], of m neurons drawn as in theory::drawn_neurons: summed one by one where
// m is at most kSummed, beyond by its law to leading order in m, E z z^T = m eta diag(...) and theta ~ N(0, m eta^2/(3 (d+2)) I).
inline constexpr long kSummed = 100'000;
template <class T>
std::vector<T> start_sums(numeric::Stream stream, std::size_t d, const numeric::BigInt& m,
                          const numeric::Exact& eta);

// M [(d+1)^2] after so many steps of size eta.
template <class T>
std::vector<T> modes_after_steps(const std::vector<T>& sums, const numeric::Exact& theta_norm,
                                 const numeric::Exact& eta, std::uint64_t steps);

// M under the flow at time s, integrated with this tolerance of a step. Throws std::runtime_error where it does not get there.
template <class T>
std::vector<T> modes_after_flow(const std::vector<T>& sums, const numeric::Exact& theta_norm, const T& s,
                                const T& tolerance);

// (w, a) in the coordinates above, e_1 the first axis; and 1 - |cos(w, e_1)| of z M, without cancellation.
template <class T>
Modes<T> modes_of(const std::vector<double>& row);
template <class T>
T deficit_after(const Modes<T>& start, const std::vector<T>& product);

}  // namespace escapement::study
