#include "escapement/numeric/check.h"

#include <cstdio>
#include <cstdlib>

namespace escapement::numeric {

void check_failed(const char* condition, const char* file, int line) noexcept {
  std::fprintf(stderr, "escapement: internal check failed: %s (%s:%d); this is a bug, please report it\n",
               condition, file, line);
  std::fflush(stderr);
  std::_Exit(4);
}

}  // namespace escapement::numeric
