#include "escapement/reduction/lane_gradient_kernels_impl.h"

namespace escapement::reduction {

LaneGradientKernel lane_gradient_kernel_portable() {
  return numeric::portable::lane_gradient_steps<numeric::portable::L4, 2>;
}

}  // namespace escapement::reduction
