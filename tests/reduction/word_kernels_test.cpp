#include "escapement/reduction/word_kernels.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/numeric/packed.h"
#include "escapement/reduction/word_rows.h"

#include "support/exact_of.h"

using namespace escapement::numeric;
using namespace escapement::reduction;
using escapement::test::exact_of;
using escapement::test::power_of_two;

namespace {

constexpr std::size_t kLanes8 = kWordLanes;

// Eight replicas with data, noise and starts of their own; the second half of the rows is carried along.
struct Setting {
  std::size_t words, d, leading, rows, steps;
  std::vector<double> inputs, labels, step_size, sigma;
  std::vector<const double*> x, y;
  Vector<double> noise, z;

  Setting(std::size_t words_, std::size_t d_, std::size_t steps_, std::uint64_t seed)
      : words(words_),
        d(d_),
        leading(d_ + 1),
        rows(2 * (d_ + 1)),
        steps(steps_),
        inputs(kSample * d_),
        labels(kSample * words_),
        step_size(words_),
        sigma(words_),
        noise(steps_ * kLanes8),
        z(rows * (d_ + 1) * words_ * kLanes8) {
    std::mt19937_64 engine(seed);
    const auto number = [&] { return static_cast<double>(engine() >> 11) * 0x1p-52 - 1; };
    const auto in_words = [&](double scale, double* out, std::size_t stride) {
      for (std::size_t k = 0; k < words; ++k)
        out[k * stride] = number() * scale * std::ldexp(1.0, -54 * static_cast<int>(k));
    };
    for (double& v : inputs) v = 2 * number();
    for (std::size_t k = 0; k < kSample; ++k) in_words(1, labels.data() + k * words, 1);
    step_size[0] = 1.0 / 64;
    step_size[1] = 0x1p-63;
    sigma[0] = 0.75;
    for (std::size_t i = 0; i < rows * (d + 1); ++i)
      for (std::size_t l = 0; l < kLanes8; ++l) in_words(0.5, z.data() + i * words * kLanes8 + l, kLanes8);
    for (std::size_t t = 0; t < steps * kLanes8; ++t) {
      const std::size_t k = engine() % kSample;
      x.push_back(inputs.data() + k * d);
      y.push_back(labels.data() + k * words);
      noise.set(t, engine() % 3 == 0 ? number() : engine() % 2 == 0 ? 1 : -1);
    }
  }

  // Steps from .. to - 1 from the state at hand.
  WordSteps run(Isa isa, std::size_t from, std::size_t to, unsigned active = 0xFF) {
    Vector<double> scratch(word_scratch(rows, d, words));
    WordSteps k{z.data(),
                rows,
                leading,
                d,
                to - from,
                from,
                x.data() + from * kLanes8,
                y.data() + from * kLanes8,
                noise.data() + from * kLanes8,
                step_size.data(),
                sigma.data(),
                scratch.data(),
                {}};
    for (std::size_t l = 0; l < kLanes8; ++l) k.lanes[l].active = ((active >> l) & 1U) != 0;
    word_kernel(isa, words, WordLayout::replicas_in_lanes)(k);
    return k;
  }

  // One replica in the other layout, and steps of it.
  Vector<double> rows_in_lanes(std::size_t l) const {
    const std::size_t size = (d + 1) * words, first = word_blocks(leading, leading);
    Vector<double> out(word_blocks(rows, leading) * size * kLanes8);
    for (std::size_t i = 0; i < rows; ++i) {
      const std::size_t at = i < leading ? i : first * kLanes8 + i - leading;
      for (std::size_t k = 0; k < size; ++k)
        out.set((at / kLanes8 * size + k) * kLanes8 + at % kLanes8, z.get((i * size + k) * kLanes8 + l));
    }
    return out;
  }
  void run_rows(Isa isa, Vector<double>& in_rows, std::size_t l, std::size_t from, std::size_t to) const {
    Vector<double> scratch(word_scratch(rows, d, words));
    WordSteps k{};
    k.z = in_rows.data();
    k.rows = rows;
    k.leading = leading;
    k.d = d;
    k.steps = to - from;
    k.first = from;
    k.x = x.data() + from * kLanes8 + l;
    k.labels = y.data() + from * kLanes8 + l;
    k.noise = noise.data() + from * kLanes8 + l;
    k.step_size = step_size.data();
    k.sigma = sigma.data();
    k.scratch = scratch.data();
    k.lanes[0].active = true;
    word_kernel(isa, words, WordLayout::rows_in_lanes)(k);
    REQUIRE(k.lanes[0].taken == to - from);
  }

  Exact entry(std::size_t i, std::size_t j, std::size_t l) const {
    Exact sum = 0;
    for (std::size_t k = 0; k < words; ++k)
      sum += exact_of(z.get(((i * (d + 1) + j) * words + k) * kLanes8 + l));
    return sum;
  }
  std::vector<Exact> values(std::size_t l) const {
    std::vector<Exact> all;
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j <= d; ++j) all.push_back(entry(i, j, l));
    return all;
  }
  void scale(std::size_t from, std::size_t to, int exponent) {  // columns from .. to - 1 of every row
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t at = (i * (d + 1) + from) * words * kLanes8; at < (i * (d + 1) + to) * words * kLanes8;
           ++at)
        z.set(at, std::ldexp(z.get(at), exponent));
  }

  static constexpr std::size_t kSample = 5;
};

bool same_bits(const Setting& a, const Setting& b) {
  return std::equal(a.z.data(), a.z.data() + a.z.size(), b.z.data());
}

Mp joined_exactly(const std::vector<double>& w) { return joined(w.data(), w.size()); }

// One lane in MPFR with far more bits, and the bound of docs/derivations/multi-word.md carried along: `error` bounds the
// distance |Z - Z_words|_F of the leading rows, and of all rows.
struct Reference {
  std::vector<std::vector<Mp>> z;
  double error = 0;

  Reference(const Setting& s, std::size_t l) : z(s.rows, std::vector<Mp>(s.d + 1)) {
    for (std::size_t i = 0; i < s.rows; ++i)
      for (std::size_t j = 0; j <= s.d; ++j) z[i][j] = from_exact<Mp>(s.entry(i, j, l));
  }

  void step(const Setting& s, std::size_t t, std::size_t l, double local) {
    const double* x = s.x[t * kLanes8 + l];
    std::vector<double> label(s.y[t * kLanes8 + l], s.y[t * kLanes8 + l] + s.words);
    Mp output = from_int<Mp>(0);
    std::vector<Mp> p(s.rows, output);
    double xx = 0, zz = 0, aa = 0, pp = 0;
    for (std::size_t j = 0; j < s.d; ++j) xx += x[j] * x[j];
    for (std::size_t i = 0; i < s.rows; ++i) {
      for (std::size_t j = 0; j < s.d; ++j) p[i] += z[i][j] * from_dyadic<Mp>(x[j]);
      for (std::size_t j = 0; j <= s.d; ++j) zz += std::pow(to_double(z[i][j]), 2);
      aa += std::pow(to_double(z[i][s.d]), 2);
      pp += std::pow(to_double(p[i]), 2);
      if (i < s.leading) output += z[i][s.d] * p[i];
    }
    const Mp noise = joined_exactly(s.sigma) * from_dyadic<Mp>(s.noise.get(t * kLanes8 + l));
    const Mp c = joined_exactly(s.step_size) * (output - joined_exactly(label) - noise);
    for (std::size_t i = 0; i < s.rows; ++i) {
      const Mp move = c * z[i][s.d];
      for (std::size_t j = 0; j < s.d; ++j) z[i][j] -= move * from_dyadic<Mp>(x[j]);
      z[i][s.d] -= c * p[i];
    }
    const double h = s.step_size[0], size = std::fabs(to_double(c));
    const double right = std::sqrt(aa * xx + pp);  // |Z B(x)|
    const double slope = 1 + size * std::sqrt(xx) + h * (std::sqrt(pp) + std::sqrt(aa * xx)) * right;
    const double terms = h * (std::sqrt(aa * zz * xx) + 2 + s.sigma[0]);  // whose rounding c has
    error = slope * error + local * (std::sqrt(zz) * (1 + size * std::sqrt(xx)) + terms * right);
  }
};

void check_against_mpfr(std::size_t words, std::size_t d) {
  const WorkingPrecision precision(1500);
  constexpr std::size_t kSteps = 40;
  Setting s(words, d, kSteps, 7 * words + d);
  std::vector<Reference> reference;
  for (std::size_t l = 0; l < kLanes8; ++l) reference.emplace_back(s, l);
  // The constants of docs/derivations/multi-word.md for d <= 20, in units of u^W.
  const double local = (words == 2 ? 0x1p12 : 0x1p26) * std::ldexp(1.0, -53 * static_cast<int>(words));
  for (std::size_t t = 0; t < kSteps; ++t) {
    s.run(active_isa(), t, t + 1);
    for (std::size_t l = 0; l < kLanes8; ++l) {
      reference[l].step(s, t, l, local);
      for (std::size_t i = 0; i < s.rows; ++i)
        for (std::size_t j = 0; j <= d; ++j) {
          const Mp off = from_exact<Mp>(s.entry(i, j, l)) - reference[l].z[i][j];
          REQUIRE(std::fabs(to_double(off)) <= reference[l].error);
        }
    }
  }
}

}  // namespace

TEST_CASE("multi-word steps stay within their bound of MPFR with 1500 bits") {
  for (const std::size_t words : {2U, 4U})
    for (const std::size_t d : {1U, 3U, 8U}) check_against_mpfr(words, d);
}

TEST_CASE("multi-word steps have the same bits on every instruction set, cut anywhere, in any company") {
  for (const std::size_t words : {2U, 4U}) {
    const Setting start(words, 5, 40, 11);
    Setting whole = start;
    whole.run(active_isa(), 0, 40);
    for (const Isa isa : available_isas()) {
      Setting s = start;
      s.run(isa, 0, 13);
      s.run(isa, 13, 14);
      s.run(isa, 14, 40);
      REQUIRE(same_bits(s, whole));
    }
    for (std::size_t l = 0; l < kLanes8; l += 3)
      for (const Isa isa : available_isas()) {
        Vector<double> rows = start.rows_in_lanes(l);
        start.run_rows(isa, rows, l, 0, 21);
        start.run_rows(isa, rows, l, 21, 40);
        const Vector<double> expected = whole.rows_in_lanes(l);
        REQUIRE(std::equal(rows.data(), rows.data() + rows.size(), expected.data()));
      }
    Setting alone = start;
    alone.run(active_isa(), 0, 40, 0x10);
    REQUIRE(alone.values(4) == whole.values(4));
    REQUIRE(alone.values(3) == start.values(3));
  }
}

TEST_CASE("multi-word steps end where their range or the residual's bound does, with the state unharmed") {
  const auto check = [](Setting s, WordEnd end, std::size_t least, std::size_t most) {
    Setting before = s;
    const WordSteps k = s.run(active_isa(), 0, s.steps);
    for (std::size_t l = 0; l < kLanes8; ++l) {
      REQUIRE(k.lanes[l].end == end);
      REQUIRE(k.lanes[l].taken >= least);
      REQUIRE(k.lanes[l].taken <= most);
      Setting until = before;
      if (k.lanes[l].taken > 0) until.run(active_isa(), 0, k.lanes[l].taken, 1U << l);
      REQUIRE(s.values(l) == until.values(l));
      for (std::size_t at = l; at < s.z.size(); at += kLanes8) REQUIRE(std::isfinite(s.z.get(at)));
    }
  };
  for (const std::size_t words : {2U, 4U}) {
    const Setting ordinary(words, 3, 16, 13);
    check(ordinary, WordEnd::none, 16, 16);
    Setting s = ordinary;
    s.scale(0, 3, -260);  // the first layer underflows what words can hold
    check(s, WordEnd::out_of_range, 0, 0);
    s = ordinary;
    s.scale(3, 4, -900);  // so does the second, whose squares are zero in doubles
    check(s, WordEnd::out_of_range, 0, 0);
    s = ordinary;
    s.scale(3, 4, -1200);  // an exact zero is none
    check(s, WordEnd::none, 16, 16);
    s = ordinary;
    s.scale(0, 3, 160);
    check(s, WordEnd::too_large, 0, 0);
    s = ordinary;
    s.scale(0, 4, 310);
    check(s, WordEnd::out_of_range, 0, 0);
    s = ordinary;
    s.step_size[0] = 0x1p90;  // diverges; the step after the last would leave the range
    check(s, WordEnd::too_large, 1, 4);
    s = ordinary;
    s.step_size[0] = 0x1p260;
    check(s, WordEnd::out_of_range, 0, 0);
  }
}

TEST_CASE("numbers are split into words and joined again within the words' precision") {
  const WorkingPrecision precision(300);
  escapement::test::Dice dice(17);
  for (int round = 0; round < 200; ++round) {
    const Mp x = from_exact<Mp>(dice.number(300));
    for (const std::size_t words : {2U, 4U}) {
      double w[kMaxWords];
      split(x, words, w);
      const Exact off = escapement::test::magnitude(exact_of(joined(w, words)) - exact_of(x));
      REQUIRE(off <= power_of_two(-53 * static_cast<long>(words)) * escapement::test::magnitude(exact_of(x)));
    }
  }
}
