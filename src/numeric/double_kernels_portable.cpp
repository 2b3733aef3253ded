#include "escapement/numeric/double_kernels_impl.h"

namespace escapement::numeric {

const DoubleKernels& double_kernels_portable() { return portable::kDoubleKernels; }

}  // namespace escapement::numeric
