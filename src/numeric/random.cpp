#include "escapement/numeric/random.h"

#include <bit>
#include <cmath>

#include <Random123/philox.h>

#include "escapement/numeric/check.h"
#include "escapement/numeric/random_block.h"

namespace escapement::numeric {

Words philox(Stream stream, Purpose purpose, std::uint64_t major, std::uint32_t minor) {
  ESCAPEMENT_CHECK(major < kMaxMajor);
  const PhiloxCounter c(stream, purpose, minor);
  const r123::Philox4x32 generator;
  const r123::Philox4x32::ctr_type counter{{c.minor, static_cast<std::uint32_t>(major),
                                            static_cast<std::uint32_t>(major >> 32) | c.purpose_bits,
                                            c.replica}};
  const r123::Philox4x32::key_type key{{c.key0, c.key1}};
  const auto words = generator(counter, key);
  return {words[0], words[1], words[2], words[3]};
}

namespace {

// Natural logarithm of x in (0, 1/2), about 1 ulp: log x = k log 2 + 2 atanh((m-1)/(m+1)), m in [sqrt(1/2), sqrt 2).
// libm's own differs between versions and processors, and a draw must not.
double log_portable(double x) {
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  auto k = static_cast<int>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFULL) | 0x3FF0000000000000ULL);
  if (m > 0x1.6a09e667f3bcdp+0) {
    m *= 0.5;
    ++k;
  }
  const double s = (m - 1.0) / (m + 1.0), z = s * s;
  double series = 0.0;
  for (int term = 21; term >= 3; term -= 2) series = (series + 1.0 / term) * z;
  return k * 0x1.62e42fefa39efp-1 + 2.0 * s * (1.0 + series);
}

// Ratio of two polynomials of degree 7, highest coefficient first.
double ratio(const double (&p)[8], const double (&q)[8], double r) {
  double numerator = p[0], denominator = q[0];
  for (int i = 1; i < 8; ++i) {
    numerator = numerator * r + p[i];
    denominator = denominator * r + q[i];
  }
  return numerator / denominator;
}

// AS 241's tables: the centre |q| <= 0.425, then r = sqrt(-log p) <= 5, then beyond.
constexpr double kCentreP[8] = {2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4,
                                4.5921953931549871457e+4, 1.3731693765509461125e+4, 1.9715909503065514427e+3,
                                1.3314166789178437745e+2, 3.3871328727963666080e+0};
constexpr double kCentreQ[8] = {
    5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
    5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0};
constexpr double kMiddleP[8] = {7.74545014278341407640e-4, 2.27238449892691845833e-2,
                                2.41780725177450611770e-1, 1.27045825245236838258e+0,
                                3.64784832476320460504e+0, 5.76949722146069140550e+0,
                                4.63033784615654529590e+0, 1.42343711074968357734e+0};
constexpr double kMiddleQ[8] = {1.05075007164441684324e-9, 5.47593808499534494600e-4,
                                1.51986665636164571966e-2, 1.48103976427480074590e-1,
                                6.89767334985100004550e-1, 1.67638483018380384940e+0,
                                2.05319162663775882187e+0, 1.0};
constexpr double kFarP[8] = {2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
                             2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e+0,
                             5.46378491116411436990e+0, 6.65790464350110377720e+0};
constexpr double kFarQ[8] = {2.04426310338993978564e-15, 1.42151175831644588870e-7,
                             1.84631831751005468180e-5,  7.86869131145613259100e-4,
                             1.48753612908506148525e-2,  1.36929880922735805310e-1,
                             5.99832206555887937690e-1,  1.0};

}  // namespace

double gaussian(std::uint64_t bits) {
  // The cell's centre minus 1/2, exactly: (cell + 1/2) 2^-53 with |cell + 1/2| < 2^52, a symmetric grid.
  const auto cell = static_cast<std::int64_t>(bits >> 11) - (std::int64_t{1} << 52);
  const double q = (static_cast<double>(cell) + 0.5) * 0x1p-53;
  if (std::fabs(q) <= 0.425) return q * ratio(kCentreP, kCentreQ, 0.180625 - q * q);
  const double r = std::sqrt(-log_portable(0.5 - std::fabs(q)));
  const double x = r <= 5.0 ? ratio(kMiddleP, kMiddleQ, r - 1.6) : ratio(kFarP, kFarQ, r - 5.0);
  return q < 0 ? -x : x;
}

void gaussian_row(Stream stream, Purpose purpose, std::uint64_t major, std::uint32_t minor0,
                  std::size_t count, double* out) {
  for (std::size_t j = 0; j < count; j += 2) {
    const Words w = philox(stream, purpose, major, minor0 + static_cast<std::uint32_t>(j / 2));
    out[j] = gaussian(low_word(w));
    if (j + 1 < count) out[j + 1] = gaussian(high_word(w));
  }
}

void draw_steps(Stream stream, std::uint64_t first, std::size_t count, std::uint64_t n, std::uint32_t* index,
                double* sign) {
  ESCAPEMENT_CHECK(first + count <= kMaxMajor && n > 0 && n <= UINT32_MAX);
  static const DrawSteps kernel = draw_steps_kernel(active_isa());
  kernel(PhiloxCounter(stream, Purpose::step, 0), first, count, static_cast<std::uint32_t>(n), index, sign);
}

}  // namespace escapement::numeric
