#include "escapement/reduction/word_gradient_kernels_impl.h"

namespace escapement::reduction {

WordGradientKernel word_gradient_kernel_portable(std::size_t words) {
  return numeric::portable::word_gradient_kernel_of(words);
}

}  // namespace escapement::reduction
