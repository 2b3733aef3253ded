#include "escapement/cli/number_text.h"

#include <fmt/format.h>

#include "escapement/numeric/scalar_ops.h"

namespace escapement::cli {

std::string NumberText::value(const std::optional<numeric::Ball>& x) const {
  if (!x || !x->is_finite()) return "";
  if (precision_.kind == config::PrecisionChoice::Kind::binary64) return fmt::format("{}", x->mid_double());
  return x->mid_string(numeric::decimal_digits_for(precision_.bits));
}

std::string NumberText::radius(const std::optional<numeric::Ball>& x) const {
  return x && x->is_finite() ? x->radius_string() : "";
}

}  // namespace escapement::cli
