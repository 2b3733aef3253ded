// Rows Z = [W | a] under single-sample steps W <- W - c a x^T, a <- a - c W x, in fixed point: each row of W is integers
// with one common exponent, so that W x and the update are one pass of integer multiply-adds over it each. Four times
// as fast at 256 bits as floating-point inner products, which shift every term into place, and no less accurate.
//
// Rounding. Let bits be the working precision and |row| the larger of a row's largest entry and of its last move. With
// n = floor((bits + 126) / 64) an entry takes n + 1 limbs and a row's leading bit is kept near bit 48 of its top limb, so
//   * a step moves an entry by c a_i x_j, with c a_i rounded once to `bits`, up to 2^(-bits-28) |row|;
//   * (W x)_i is the exact inner product up to d 2^(-bits-26) |row| max|x|, then rounded once to `bits`;
//   * read out, an entry is rounded to `bits`;
//   * a is floating point: c p and the difference are rounded together, once, to `bits`.
// An entry below 2^-28 of its row's largest may thus have fewer than `bits` digits of its own; no inner product sees it.
#pragma once

#include <iosfwd>
#include <vector>

#include "escapement/numeric/packed.h"
#include "escapement/reduction/fixed_input.h"

namespace escapement::reduction {

class FixedRows {
 public:
  using Mp = numeric::Mp;

  // Whether every entry is finite with an exponent of sane size, as the constructor asks.
  static bool can_hold(const numeric::Rows<Mp>& z);
  // At this thread's working precision, which the rows keep.
  explicit FixedRows(const numeric::Rows<Mp>& z);

  mp_size_t input_limbs() const { return n_; }  // the most that a FixedInput may have here

  // p = W x [rows], kept for step().
  const numeric::Vector<Mp>& multiply(const FixedInput& x);
  const numeric::Vector<Mp>& second() const { return a_; }  // a [rows]
  // W <- W - c a x^T, a <- a - c p; p that of multiply(x).
  void step(const FixedInput& x, const arf_struct* c);

  // Into `out` of the same shape, rounded to the working precision.
  void read(numeric::Rows<Mp>& out) const;

  // Exact text; load returns false on text that does not fit.
  void save(std::ostream& out) const;
  bool load(std::istream& in);

 private:
  Limb* entry(std::size_t i, std::size_t j) {
    return w_.data() + (i * d_ + j) * static_cast<std::size_t>(n_ + 1);
  }
  const Limb* entry(std::size_t i, std::size_t j) const { return const_cast<FixedRows*>(this)->entry(i, j); }
  void give(std::size_t i, std::size_t j, slong bits, arf_struct* out) const;
  slong row_length(std::size_t i) const;  // least b with all |entries| < 2^b units; 0 for a row of zeros
  void make_room(std::size_t i, slong moved);
  void shift_row(std::size_t i, slong up);
  void note_top(std::size_t i);

  std::size_t rows_, d_;
  slong bits_;
  mp_size_t n_;                // entries are two's complement of n + 1 limbs
  std::vector<Limb> w_;        // [rows x d x (n + 1)]
  std::vector<slong> unit_;    // [rows] entries of row i count 2^unit
  std::vector<Limb> top_;      // [rows] the top limbs' magnitudes, or-ed
  numeric::Vector<Mp> a_, p_;  // [rows]
  std::vector<Limb> scratch_;
};

}  // namespace escapement::reduction
