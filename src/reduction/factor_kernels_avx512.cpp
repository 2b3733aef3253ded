// Zen 4 needs two cycles for a 512-bit store, and 512-bit arithmetic is no faster than two halves: from AVX-512 this kernel
// takes the 32 registers and the broadcasts from memory.
#define ESCAPEMENT_HALVES
#include "escapement/reduction/factor_kernels_impl.h"

namespace escapement::reduction {

FactorKernel factor_kernel_avx512() { return numeric::avx512_halves::factor_steps; }

}  // namespace escapement::reduction
