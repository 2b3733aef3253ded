#include "escapement/hunt/confirm.h"

#include <array>
#include <cmath>

#include "escapement/numeric/precision.h"

namespace escapement::hunt {

namespace {

constexpr std::array<const char*, 4> kNames{"none", "suspect", "stable", "certified"};
constexpr double kDoubtful = 0.05;     // a violation so slight may be rounding: MPFR has a look
constexpr long kDoubleExponent = 300;  // numbers from 2^-300 to 2^300 leave room for their products

template <class T>
Reading read(const std::vector<Sides<T>>& sides) {
  Reading result;
  std::optional<Ball> best;
  for (const Sides<T>& s : sides) {
    const auto one = margin<T>({s});
    if (!one) continue;
    const Ball value = numeric::to_ball(*one);
    if (best && numeric::less(best->lower(), value.lower()) != Truth::yes) continue;
    best = value;
    result.left = numeric::to_ball(s.left);
    result.right = numeric::to_ball(s.right);
  }
  result.margin = best;
  if (best) result.violated = numeric::less(Ball(), *best);
  return result;
}

bool fits_double(const Case& c) {
  for (const Exact* x : c.numbers()) {
    if (*x == 0) continue;
    const long size =
        static_cast<long>(msb(BigInt(abs(numerator(*x))))) - static_cast<long>(msb(BigInt(denominator(*x))));
    if (std::labs(size) > kDoubleExponent) return false;
  }
  return true;
}

bool likely(const Target& target) { return target.start == Start::likely; }

// The widest box of half-width 2^-k on which the enclosure decides.
bool widen(const Target& target, Case& c, long bits) {
  Exact half = 1;
  for (int k = 0; k <= 20; ++k, half /= 2) {
    c.box = half;
    if (read_ball(target, c, bits).violated == Truth::yes) return true;
  }
  c.box = 0;
  return false;
}

}  // namespace

std::string to_string(Rung rung) { return kNames[static_cast<std::size_t>(rung)]; }

std::optional<Rung> rung_of(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (text == kNames[i]) return static_cast<Rung>(i);
  return std::nullopt;
}

Reading read_double(const Target& target, const Case& c) {
  if (!fits_double(c)) return {};
  return read(target.in_double(c));
}

Reading read_mp(const Target& target, const Case& c, long bits) {
  const numeric::WorkingPrecision precision(bits);
  return read(target.in_mp(c));
}

Reading read_ball(const Target& target, const Case& c, long bits) {
  const numeric::WorkingPrecision precision(bits);
  return read(target.in_ball(c));
}

double score(const Target& target, const Case& c) {
  if (fits_double(c)) {
    const auto value = margin(target.in_double(c));
    if (!value || *value <= 0 || *value > kDoubtful) return value.value_or(kNoScore);
  }
  const Reading reading = read_mp(target, c, kFirstBits);
  return reading.margin ? reading.margin->mid_double() : kNoScore;
}

std::optional<double> enclosed_margin(const Target& target, const Case& c) {
  static const Ball kNarrow = Ball::dyadic(std::ldexp(1.0, -30));
  for (long bits = kFirstBits; bits <= kMostBits; bits *= 2) {
    const Reading reading = read_ball(target, c, bits);
    if (!reading.margin) continue;
    const Ball lower = reading.margin->lower();
    if (numeric::less(reading.margin->upper() - lower, kNarrow) == Truth::yes) return lower.mid_double();
  }
  return std::nullopt;
}

Confirmation confirm(const Target& target, Case& c, bool given_box) {
  Confirmation result;
  if (!likely(target)) c.box = 0;
  Case centre = c;
  centre.box = 0;
  const auto climb = [&](Rung rung, long bits, const Reading& reading) {
    if (reading.violated != Truth::yes) return false;
    result = {rung, bits, reading};
    return true;
  };
  if (fits_double(c) && !climb(Rung::suspect, numeric::kDoubleBits, read_double(target, centre)))
    return result;
  const Reading narrow = read_mp(target, centre, kFirstBits), wide = read_mp(target, centre, 2 * kFirstBits);
  if (narrow.violated == Truth::no || wide.violated == Truth::no) return {};  // it was rounding
  if (narrow.violated != Truth::yes || !climb(Rung::stable, 2 * kFirstBits, wide)) return result;
  for (long bits = kFirstBits; bits <= kMostBits; bits *= 2) {
    if (likely(target) && !given_box && !widen(target, c, bits)) continue;
    if (likely(target) && c.box == 0) break;  // a single start decides nothing there
    const Reading reading = read_ball(target, c, bits);
    if (reading.violated == Truth::no) return {};  // floating point was wrong at every precision: no find
    if (climb(Rung::certified, bits, reading)) break;
  }
  return result;
}

bool certainly_at_least(const Target& target, const Case& c, double least) {
  for (long bits = kFirstBits; bits <= kMostBits; bits *= 2) {
    const Reading reading = read_ball(target, c, bits);
    if (!reading.margin) continue;
    const Truth below = numeric::less(*reading.margin, Ball::dyadic(least));
    if (below != Truth::unknown)
      return below == Truth::no && numeric::less(Ball(), *reading.margin) == Truth::yes;
  }
  return false;
}

bool meets_hypotheses(const Target& target, const Case& c) {
  for (const Hypothesis& h : target.hypotheses(c))
    if (h.holds != Truth::yes) return false;
  return true;
}

}  // namespace escapement::hunt
