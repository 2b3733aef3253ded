// How values are printed: enough digits to identify what the run's arithmetic held, and nothing that is not a number.
#pragma once

#include <optional>
#include <string>

#include "escapement/config/config.h"
#include "escapement/numeric/ball.h"

namespace escapement::cli {

class NumberText {
 public:
  explicit NumberText(config::PrecisionChoice precision) : precision_(precision) {}

  // Shortest decimal that reads back as the same double; else all digits of the working precision (of the midpoint).
  // Empty for what is absent, infinite or no number.
  std::string value(const std::optional<numeric::Ball>& x) const;
  // Upper bound of the radius; empty as above. Only certified runs have radii to print.
  std::string radius(const std::optional<numeric::Ball>& x) const;
  bool has_radius() const { return precision_.kind == config::PrecisionChoice::Kind::certified; }

 private:
  config::PrecisionChoice precision_;
};

}  // namespace escapement::cli
