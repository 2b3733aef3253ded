#include "escapement/numeric/thread_caches.h"

#include <flint/flint.h>
#include <mpfr.h>

namespace escapement::numeric {

ThreadCaches::~ThreadCaches() {
  flint_cleanup();
  mpfr_free_cache();
}

}  // namespace escapement::numeric
