#include "escapement/reduction/word_kernels.h"

namespace escapement::reduction {

WordKernel word_kernel_portable(std::size_t words);
#if defined(ESCAPEMENT_X86)
WordKernel word_kernel_avx2(std::size_t words);
WordKernel word_kernel_avx512(std::size_t words);
#endif

WordKernel word_kernel(numeric::Isa isa, std::size_t words) {
#if defined(ESCAPEMENT_X86)
  if (isa == numeric::Isa::avx512) return word_kernel_avx512(words);
  if (isa == numeric::Isa::avx2) return word_kernel_avx2(words);
#endif
  (void)isa;
  return word_kernel_portable(words);
}

}  // namespace escapement::reduction
