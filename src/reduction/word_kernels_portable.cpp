#include "escapement/reduction/word_kernels_impl.h"

namespace escapement::reduction {

WordKernel word_kernel_portable(std::size_t words) { return numeric::portable::word_kernel_of(words); }

}  // namespace escapement::reduction
