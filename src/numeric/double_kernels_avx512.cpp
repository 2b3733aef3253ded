#include "escapement/numeric/double_kernels_impl.h"

namespace escapement::numeric {

const DoubleKernels& double_kernels_avx512() { return avx512::kDoubleKernels; }

}  // namespace escapement::numeric
