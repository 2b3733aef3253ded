#include "escapement/reduction/word_rows.h"

#include <cmath>
#include <istream>
#include <ostream>

#include "escapement/numeric/precision.h"
#include "escapement/numeric/text.h"

namespace escapement::reduction {

using numeric::Mp;
using numeric::Rows;

namespace {

class Arf {
 public:
  Arf() { arf_init(x_); }
  ~Arf() { arf_clear(x_); }
  Arf(const Arf&) = delete;
  Arf& operator=(const Arf&) = delete;
  arf_ptr get() { return x_; }

 private:
  arf_t x_;
};

}  // namespace

void split(const Mp& x, std::size_t words, double* out) {
  Arf rest, word;
  arf_set_mpfr(rest.get(), x.backend().data());
  for (std::size_t k = 0; k < words; ++k) {
    out[k] = arf_get_d(rest.get(), ARF_RND_NEAR);
    arf_set_d(word.get(), out[k]);
    arf_sub(rest.get(), rest.get(), word.get(), ARF_PREC_EXACT, ARF_RND_DOWN);
  }
}

Mp joined(const double* words, std::size_t count) {
  Arf sum, word;
  for (std::size_t k = 0; k < count; ++k) {
    arf_set_d(word.get(), words[k]);
    arf_add(sum.get(), sum.get(), word.get(), ARF_PREC_EXACT, ARF_RND_DOWN);
  }
  arf_set_round(sum.get(), sum.get(), numeric::working_bits(), ARF_RND_NEAR);
  Mp result;
  arf_get_mpfr(result.backend().data(), sum.get(), MPFR_RNDN);
  return result;
}

WordRows split(const Rows<Mp>& z, std::size_t words) {
  WordRows result{words, z.rows(), z.d(), std::vector<double>(z.rows() * (z.d() + 1) * words)};
  double* out = result.w.data();
  for (std::size_t i = 0; i < z.rows(); ++i)
    for (std::size_t j = 0; j <= z.d(); ++j, out += words) split(z.get(i, j), words, out);
  return result;
}

void join(const WordRows& words, Rows<Mp>& out) {
  const double* in = words.w.data();
  for (std::size_t i = 0; i < words.rows; ++i)
    for (std::size_t j = 0; j <= words.d; ++j, in += words.words) out.set(i, j, joined(in, words.words));
}

void save(std::ostream& out, const WordRows& words) {
  for (const double w : words.w) numeric::write_scalar(out, w);
}

bool load(std::istream& in, WordRows& words) {
  words.w.resize(words.rows * (words.d + 1) * words.words);
  for (double& w : words.w)
    if (!numeric::read_scalar(in, w) || !std::isfinite(w)) return false;
  return true;
}

}  // namespace escapement::reduction
