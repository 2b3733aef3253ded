#include "escapement/numeric/double_kernels_impl.h"

namespace escapement::numeric {

const DoubleKernels& double_kernels_avx2() { return avx2::kDoubleKernels; }

}  // namespace escapement::numeric
