#include "escapement/numeric/random_block.h"

namespace escapement::numeric {

DrawSteps draw_steps_portable();
#if defined(ESCAPEMENT_X86)
DrawSteps draw_steps_avx2();
DrawSteps draw_steps_avx512();
#endif

DrawSteps draw_steps_kernel(Isa isa) {
#if defined(ESCAPEMENT_X86)
  if (isa == Isa::avx512) return draw_steps_avx512();
  if (isa == Isa::avx2) return draw_steps_avx2();
#endif
  (void)isa;
  return draw_steps_portable();
}

}  // namespace escapement::numeric
