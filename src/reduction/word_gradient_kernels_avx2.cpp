#include "escapement/reduction/word_gradient_kernels_impl.h"

namespace escapement::reduction {

WordGradientKernel word_gradient_kernel_avx2(std::size_t words) {
  return numeric::avx2::word_gradient_kernel_of(words);
}

}  // namespace escapement::reduction
