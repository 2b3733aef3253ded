#include "escapement/reduction/lane_kernels.h"

namespace escapement::reduction {

LaneMethod lane_method_portable();
#if defined(ESCAPEMENT_X86)
LaneMethod lane_method_avx2();
LaneMethod lane_method_avx512();
#endif

LaneMethod lane_method(numeric::Isa isa) {
#if defined(ESCAPEMENT_X86)
  if (isa == numeric::Isa::avx512) return lane_method_avx512();
  if (isa == numeric::Isa::avx2) return lane_method_avx2();
#endif
  (void)isa;
  return lane_method_portable();
}

LaneMethod lane_method() {
  static const LaneMethod method = lane_method(numeric::active_isa());
  return method;
}

}  // namespace escapement::reduction
