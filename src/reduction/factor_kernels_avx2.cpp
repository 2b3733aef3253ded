#include "escapement/reduction/factor_kernels_impl.h"

namespace escapement::reduction {

FactorKernel factor_kernel_avx2() { return numeric::avx2::factor_steps; }

}  // namespace escapement::reduction
