// A comparison of enclosures may be undecided.
#pragma once

namespace escapement::numeric {

enum class Truth { no, yes, unknown };

constexpr Truth operator!(Truth t) {
  return t == Truth::unknown ? t : (t == Truth::yes ? Truth::no : Truth::yes);
}
constexpr Truth truth(bool b) { return b ? Truth::yes : Truth::no; }

}  // namespace escapement::numeric
