#include "escapement/reduction/factor_kernels.h"

namespace escapement::reduction {

FactorKernel factor_kernel_portable();
#if defined(ESCAPEMENT_X86)
FactorKernel factor_kernel_avx2();
FactorKernel factor_kernel_avx512();
#endif

FactorKernel factor_kernel(numeric::Isa isa) {
#if defined(ESCAPEMENT_X86)
  if (isa == numeric::Isa::avx512) return factor_kernel_avx512();
  if (isa == numeric::Isa::avx2) return factor_kernel_avx2();
#endif
  (void)isa;
  return factor_kernel_portable();
}

}  // namespace escapement::reduction
