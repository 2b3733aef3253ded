// Rows as sums of doubles, one replica's: what the multi-word kernels step, and what a checkpoint of them holds.
#pragma once

#include <iosfwd>
#include <vector>

#include "escapement/numeric/packed.h"

namespace escapement::reduction {

struct WordRows {
  std::size_t words = 0, rows = 0, d = 0;
  std::vector<double> w;  // [rows x (d + 1) x words], the value being the sum over words
};

// x as `words` doubles, each the nearest to what those before it left: off by at most 2^(-53 words) |x| within the doubles'
// range, and by 2^-1075 below it. x finite and below 2^1023.
void split(const numeric::Mp& x, std::size_t words, double* out);
// The sum of the words, rounded once to the working precision.
numeric::Mp joined(const double* words, std::size_t count);

WordRows split(const numeric::Rows<numeric::Mp>& z, std::size_t words);
void join(const WordRows& words, numeric::Rows<numeric::Mp>& out);  // of the same shape

// Exact text; load returns false on text that does not fit `words`, whose shape is given.
void save(std::ostream& out, const WordRows& words);
bool load(std::istream& in, WordRows& words);

}  // namespace escapement::reduction
