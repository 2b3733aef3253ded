#include "escapement/numeric/random_block_impl.h"

namespace escapement::numeric {

DrawSteps draw_steps_avx512() { return avx512::draw_steps; }

}  // namespace escapement::numeric
