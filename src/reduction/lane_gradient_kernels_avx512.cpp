#include "escapement/reduction/lane_gradient_kernels_impl.h"

namespace escapement::reduction {

LaneGradientKernel lane_gradient_kernel_avx512() {
  return numeric::avx512::lane_gradient_steps<numeric::avx512::L4, 4>;
}

}  // namespace escapement::reduction
