// Zen 4 does 512-bit arithmetic as two halves and needs two cycles for a 512-bit store: what this kernel wants from
// AVX-512 is its 32 registers and its broadcasts from memory, for vectors of 256 bits.
#define ESCAPEMENT_HALVES
#include "escapement/reduction/factor_kernels_impl.h"

namespace escapement::reduction {

FactorKernel factor_kernel_avx512() { return numeric::avx512_halves::factor_steps; }

}  // namespace escapement::reduction
