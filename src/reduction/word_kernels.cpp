#include "escapement/reduction/word_kernels.h"

namespace escapement::reduction {

WordKernel word_kernel_portable(std::size_t words, WordLayout layout);
#if defined(ESCAPEMENT_X86)
WordKernel word_kernel_avx2(std::size_t words, WordLayout layout);
WordKernel word_kernel_avx512(std::size_t words, WordLayout layout);
#endif

WordKernel word_kernel(numeric::Isa isa, std::size_t words, WordLayout layout) {
#if defined(ESCAPEMENT_X86)
  if (isa == numeric::Isa::avx512) return word_kernel_avx512(words, layout);
  if (isa == numeric::Isa::avx2) return word_kernel_avx2(words, layout);
#endif
  (void)isa;
  return word_kernel_portable(words, layout);
}

}  // namespace escapement::reduction
