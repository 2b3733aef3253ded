#include "escapement/reduction/lane_kernels_impl.h"

namespace escapement::reduction {

LaneMethod lane_method_portable() { return numeric::portable::lane_method<numeric::portable::L4, 2>(); }

}  // namespace escapement::reduction
