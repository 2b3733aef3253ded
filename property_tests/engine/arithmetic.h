// Which arithmetic and which state a bit-for-bit law looks at.
#pragma once

#include <iosfwd>
#include <string>

#include <rapidcheck.h>

#include "drawn_run.h"

namespace escapement::test {

struct Arithmetic {
  std::string precision;    // double, BITS or certified:BITS
  bool width_free = false;  // where the rule has that state
};

rc::Gen<Arithmetic> arithmetics();
void showValue(const Arithmetic& arithmetic, std::ostream& out);

// The keys precision and state for this run.
Settings settings_of(const DrawnRun& run, const Arithmetic& arithmetic);

// Texts for record and snapshots: none, every:K, log:K, at:[...].
rc::Gen<std::string> schedules();

}  // namespace escapement::test
