#include "escapement/reduction/lane_kernels_impl.h"

namespace escapement::reduction {

LaneMethod lane_method_avx512() { return numeric::avx512::lane_method<numeric::avx512::L4, 5>(); }

}  // namespace escapement::reduction
