#include "escapement/reduction/lane_gradient_kernels.h"

namespace escapement::reduction {

LaneGradientKernel lane_gradient_kernel_portable();
#if defined(ESCAPEMENT_X86)
LaneGradientKernel lane_gradient_kernel_avx2();
LaneGradientKernel lane_gradient_kernel_avx512();
#endif

LaneGradientKernel lane_gradient_kernel(numeric::Isa isa) {
#if defined(ESCAPEMENT_X86)
  if (isa == numeric::Isa::avx512) return lane_gradient_kernel_avx512();
  if (isa == numeric::Isa::avx2) return lane_gradient_kernel_avx2();
#endif
  (void)isa;
  return lane_gradient_kernel_portable();
}

LaneGradientKernel lane_gradient_kernel() {
  static const LaneGradientKernel kernel = lane_gradient_kernel(numeric::active_isa());
  return kernel;
}

}  // namespace escapement::reduction
