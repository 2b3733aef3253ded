#include "escapement/reduction/word_gradient_kernels.h"

namespace escapement::reduction {

WordGradientKernel word_gradient_kernel_portable(std::size_t words);
#if defined(ESCAPEMENT_X86)
WordGradientKernel word_gradient_kernel_avx2(std::size_t words);
WordGradientKernel word_gradient_kernel_avx512(std::size_t words);
#endif

WordGradientKernel word_gradient_kernel(numeric::Isa isa, std::size_t words) {
#if defined(ESCAPEMENT_X86)
  if (isa == numeric::Isa::avx512) return word_gradient_kernel_avx512(words);
  if (isa == numeric::Isa::avx2) return word_gradient_kernel_avx2(words);
#endif
  (void)isa;
  return word_gradient_kernel_portable(words);
}

}  // namespace escapement::reduction
