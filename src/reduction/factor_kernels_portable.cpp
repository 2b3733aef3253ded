#include "escapement/reduction/factor_kernels_impl.h"

namespace escapement::reduction {

FactorKernel factor_kernel_portable() { return numeric::portable::factor_steps; }

}  // namespace escapement::reduction
