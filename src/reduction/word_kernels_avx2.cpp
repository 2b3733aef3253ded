#include "escapement/reduction/word_kernels_impl.h"

namespace escapement::reduction {

WordKernel word_kernel_avx2(std::size_t words, WordLayout layout) {
  return numeric::avx2::word_kernel_of(words, layout);
}

}  // namespace escapement::reduction
