#include "escapement/reduction/lane_gradient_kernels_impl.h"

namespace escapement::reduction {

LaneGradientKernel lane_gradient_kernel_avx2() {
  return numeric::avx2::lane_gradient_steps<numeric::avx2::L4, 2>;
}

}  // namespace escapement::reduction
