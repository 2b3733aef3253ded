#include "escapement/reduction/word_kernels_impl.h"

namespace escapement::reduction {

WordKernel word_kernel_avx512(std::size_t words, WordLayout layout) {
  return numeric::avx512::word_kernel_of(words, layout);
}

}  // namespace escapement::reduction
