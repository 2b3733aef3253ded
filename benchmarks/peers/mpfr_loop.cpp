// Peer: label-noise SGD on the width-free state, hand-written over mpfr_t, as well as we know how.
//
// Built by build.sh with -O3 -march=native -DNDEBUG.
// The state is S = Z^T Z, Z = [W | a]: its lower triangle only, u = W^T a and alpha = |a|^2. With direction x,
// f = <u, x>, c = eta (f - y - eps) and s = S_ww x (all right-hand sides before the step):
//     S_ww  += x h^T + h x^T,   h = -c u + (c^2 alpha / 2) x
//     u     += -c s - c alpha x + c^2 f x
//     alpha += -2 c f + c^2 <x, s>
// What was measured before it was written this way (256 bits, ns): mul 25, add 16, mul + add 36, fma 57; a
// sum of two products by fmma 58 against 57 for mul, mul, add; mpfr_dot 56 a term. Inputs are doubles, so x
// is stored at 53 bits: exact, and the whole step a fifth faster than with x at 256. All temporaries live
// outside the loop.
//
// `check=1` follows the same draws on the direct state (W, a) as well and compares every entry of S.
#include <mpfr.h>

#include "setting.h"

namespace {

constexpr mpfr_rnd_t kRound = MPFR_RNDN;

/// A fixed array of mpfr numbers at one precision.
class Numbers {
 public:
  Numbers(std::size_t size, long bits) : data_(size) {
    for (auto& x : data_) mpfr_init2(&x, bits), mpfr_set_zero(&x, 1);
  }
  Numbers(const std::vector<double>& from, long bits) : Numbers(from.size(), bits) {
    for (std::size_t i = 0; i < from.size(); ++i) mpfr_set_d(&data_[i], from[i], kRound);
  }
  Numbers(const Numbers&) = delete;
  Numbers& operator=(const Numbers&) = delete;
  ~Numbers() {
    for (auto& x : data_) mpfr_clear(&x);
  }
  mpfr_ptr operator[](std::size_t i) { return &data_[i]; }
  mpfr_srcptr operator[](std::size_t i) const { return &data_[i]; }

 private:
  std::vector<__mpfr_struct> data_;
};

constexpr long kInputBits = std::numeric_limits<double>::digits;

/// The data as mpfr numbers that hold the doubles exactly.
struct Inputs {
  Inputs(const peer::Setting& s, const peer::Problem& p)
      : X(p.X, kInputBits),
        y(p.y, kInputBits),
        eta(std::vector{s.eta}, kInputBits),
        sigma(std::vector{s.sigma}, kInputBits) {}
  Numbers X, y, eta, sigma;
};

/// c = eta (f - y_k - eps), for both states.
void scaled_residual(mpfr_ptr c, mpfr_srcptr f, const Inputs& in, const peer::Draws& draw) {
  mpfr_sub(c, f, in.y[static_cast<std::size_t>(draw.sample)], kRound);
  (draw.positive ? mpfr_sub : mpfr_add)(c, c, in.sigma[0], kRound);
  mpfr_mul(c, c, in.eta[0], kRound);
}

struct WidthFree {
  WidthFree(const peer::Setting& setting, const peer::Problem& p)
      : d(static_cast<std::size_t>(setting.d)),
        S(d * (d + 1) / 2, setting.bits),
        u(d, setting.bits),
        s(d, setting.bits),
        h(d, setting.bits),
        one(8, setting.bits) {
    Numbers z(d + 1, kInputBits);
    for (std::size_t i = 0; i < p.a.size(); ++i) {
      for (std::size_t j = 0; j < d; ++j) mpfr_set_d(z[j], p.W[i * d + j], kRound);
      mpfr_set_d(z[d], p.a[i], kRound);
      for (std::size_t j = 0, at = 0; j < d; ++j) {
        for (std::size_t k = 0; k <= j; ++k, ++at) mpfr_fma(S[at], z[j], z[k], S[at], kRound);
        mpfr_fma(u[j], z[j], z[d], u[j], kRound);
      }
      mpfr_fma(alpha, z[d], z[d], alpha, kRound);
    }
  }

  void step(const Inputs& in, const peer::Draws& draw) {
    mpfr_srcptr x = in.X[static_cast<std::size_t>(draw.sample) * d];
    // s = S_ww x from the lower triangle: entry (i, j) serves s_i and, off the diagonal, s_j.
    mpfr_ptr entry = S[0];
    mpfr_mul(s[0], entry++, x, kRound);
    for (std::size_t i = 1; i < d; ++i) {
      mpfr_mul(s[i], entry, x, kRound);
      add_product(s[0], entry++, x + i);
      for (std::size_t j = 1; j < i; ++j, ++entry) {
        add_product(s[i], entry, x + j);
        add_product(s[j], entry, x + i);
      }
      add_product(s[i], entry++, x + i);
    }
    dot(f, u, x);
    dot(q, s, x);
    scaled_residual(c, f, in, draw);
    mpfr_mul(cc, c, c, kRound);
    mpfr_mul(half, cc, alpha, kRound);
    mpfr_div_2ui(half, half, 1, kRound);
    mpfr_neg(c, c, kRound);
    for (std::size_t i = 0; i < d; ++i) {
      mpfr_mul(h[i], c, u[i], kRound);
      add_product(h[i], half, x + i);
    }
    mpfr_mul(along, cc, f, kRound);
    add_product(along, c, alpha);
    for (std::size_t i = 0; i < d; ++i) {
      add_product(u[i], c, s[i]);
      add_product(u[i], along, x + i);
    }
    mpfr_mul_2ui(f, f, 1, kRound);
    add_product(alpha, c, f);
    add_product(alpha, cc, q);
    entry = S[0];
    for (std::size_t i = 0; i < d; ++i) {
      for (std::size_t j = 0; j < i; ++j, ++entry) {
        add_product(entry, h[j], x + i);
        add_product(entry, h[i], x + j);
      }
      mpfr_mul(product, h[i], x + i, kRound);
      mpfr_mul_2ui(product, product, 1, kRound);
      mpfr_add(entry, entry, product, kRound);
      ++entry;
    }
  }

  /// sum += v w
  void add_product(mpfr_ptr sum, mpfr_srcptr v, mpfr_srcptr w) {
    mpfr_mul(product, v, w, kRound);
    mpfr_add(sum, sum, product, kRound);
  }

  void dot(mpfr_ptr result, const Numbers& v, mpfr_srcptr x) {
    mpfr_mul(result, v[0], x, kRound);
    for (std::size_t i = 1; i < d; ++i) add_product(result, v[i], x + i);
  }

  double theta_norm() const {
    double square = 0;
    for (std::size_t i = 0; i < d; ++i) square += std::pow(mpfr_get_d(u[i], kRound), 2);
    return std::sqrt(square);
  }

  std::size_t d;
  Numbers S;        // [d (d + 1) / 2], S_ww by rows of its lower triangle
  Numbers u, s, h;  // [d] each
  Numbers one;      // the scalars below
  mpfr_ptr alpha = one[0], f = one[1], q = one[2], c = one[3], cc = one[4], half = one[5], along = one[6],
           product = one[7];
};

/// The largest difference between the width-free state and Z^T Z of the plain recursion over (W, a).
double defect_against_direct(const peer::Setting& setting, const peer::Problem& p, const Inputs& in,
                             const WidthFree& reduced) {
  const std::size_t d = static_cast<std::size_t>(setting.d), m = static_cast<std::size_t>(setting.m);
  Numbers W(p.W, setting.bits), a(p.a, setting.bits), h(m, setting.bits), one(4, setting.bits);
  mpfr_ptr f = one[0], c = one[1], product = one[2], sum = one[3];
  peer::Draws draw(setting);
  for (long t = 0; t < setting.steps; ++t) {
    draw.next();
    mpfr_srcptr x = in.X[static_cast<std::size_t>(draw.sample) * d];
    mpfr_set_zero(f, 1);
    for (std::size_t i = 0; i < m; ++i) {
      mpfr_set_zero(h[i], 1);
      for (std::size_t j = 0; j < d; ++j) mpfr_fma(h[i], W[i * d + j], x + j, h[i], kRound);
      mpfr_fma(f, a[i], h[i], f, kRound);
    }
    scaled_residual(c, f, in, draw);
    mpfr_neg(c, c, kRound);
    for (std::size_t i = 0; i < m; ++i) {
      mpfr_mul(product, c, a[i], kRound);
      for (std::size_t j = 0; j < d; ++j) mpfr_fma(W[i * d + j], product, x + j, W[i * d + j], kRound);
      mpfr_fma(a[i], c, h[i], a[i], kRound);
    }
  }
  double worst = 0;
  const auto compare = [&](mpfr_srcptr expected, auto left, auto right) {
    mpfr_set_zero(sum, 1);
    for (std::size_t i = 0; i < m; ++i) mpfr_fma(sum, left(i), right(i), sum, kRound);
    mpfr_sub(sum, sum, expected, kRound);
    worst = std::fmax(worst, std::fabs(mpfr_get_d(sum, kRound)));
  };
  const auto column = [&](std::size_t j) { return [&W, d, j](std::size_t i) { return W[i * d + j]; }; };
  const auto second = [&](std::size_t i) { return a[i]; };
  for (std::size_t j = 0, at = 0; j < d; ++j) {
    for (std::size_t k = 0; k <= j; ++k, ++at) compare(reduced.S[at], column(j), column(k));
    compare(reduced.u[j], column(j), second);
  }
  compare(reduced.alpha, second, second);
  return worst;
}

}  // namespace

int main(int argc, char** argv) {
  const peer::Setting setting = peer::parse(argc, argv);
  const peer::Problem p(setting);
  const Inputs in(setting, p);
  WidthFree state(setting, p);
  peer::Draws draw(setting);

  const peer::Timer timer;
  for (long t = 0; t < setting.steps; ++t) {
    draw.next();
    state.step(in, draw);
  }
  const double seconds = timer.seconds();
  if (setting.check) {
    const double defect = defect_against_direct(setting, p, in, state);
    const double allowed =
        std::ldexp(static_cast<double>(setting.steps + setting.m), 8 - static_cast<int>(setting.bits));
    std::fprintf(stderr, "mpfr_loop: largest difference from the direct state %.3g, allowed %.3g\n", defect,
                 allowed);
    if (!(defect <= allowed)) return 1;
  }
  return peer::report("mpfr_loop", setting, seconds, state.theta_norm());
}
