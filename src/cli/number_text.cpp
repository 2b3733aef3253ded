#include "escapement/cli/number_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/precision.h"
#include "escapement/numeric/scalar_ops.h"

namespace escapement::cli {

namespace {
constexpr int kDoubleDigits = 17;
}

std::string NumberText::value(const std::optional<numeric::Ball>& x) const {
  if (!x || !x->is_finite()) return "";
  if (precision_.kind == config::PrecisionChoice::Kind::binary64) {
    const double nearest = x->mid_double();
    if (std::isnormal(nearest) || arf_is_zero(arb_midref(x->raw()))) return fmt::format("{}", nearest);
    return x->mid_string(kDoubleDigits);  // a square or a product that no double holds
  }
  return x->mid_string(numeric::decimal_digits_for(precision_.bits));
}

std::string NumberText::radius(const std::optional<numeric::Ball>& x) const {
  const std::string printed = value(x);
  if (printed.empty()) return "";
  // The printed midpoint is rounded to decimal: its distance to every point of the enclosure is what counts.
  const numeric::WorkingPrecision guard(std::min(numeric::kMaxBits, precision_.bits + 64));
  numeric::Ball error;
  arb_add_error(error.raw(), abs(*x - numeric::Ball::from(*numeric::parse_exact(printed))).raw());
  return error.radius_string();
}

}  // namespace escapement::cli
