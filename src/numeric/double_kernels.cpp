#include "escapement/numeric/double_kernels.h"

namespace escapement::numeric {

const DoubleKernels& double_kernels_portable();
#if defined(ESCAPEMENT_X86)
const DoubleKernels& double_kernels_avx2();
const DoubleKernels& double_kernels_avx512();
#endif

const DoubleKernels& double_kernels(Isa isa) {
#if defined(ESCAPEMENT_X86)
  if (isa == Isa::avx512) return double_kernels_avx512();
  if (isa == Isa::avx2) return double_kernels_avx2();
#endif
  (void)isa;
  return double_kernels_portable();
}

const DoubleKernels& double_kernels() {
  static const DoubleKernels& chosen = double_kernels(active_isa());
  return chosen;
}

}  // namespace escapement::numeric
