#include "escapement/numeric/random_block_impl.h"

namespace escapement::numeric {

DrawSteps draw_steps_avx2() { return avx2::draw_steps; }

}  // namespace escapement::numeric
