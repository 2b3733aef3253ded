#include "escapement/reduction/word_kernels_impl.h"

namespace escapement::reduction {

WordKernel word_kernel_portable(std::size_t words, WordLayout layout) {
  return numeric::portable::word_kernel_of(words, layout);
}

}  // namespace escapement::reduction
