#include "escapement/reduction/lane_kernels_impl.h"

namespace escapement::reduction {

LaneMethod lane_method_avx2() { return numeric::avx2::lane_method<numeric::avx2::L4, 2>(); }

}  // namespace escapement::reduction
