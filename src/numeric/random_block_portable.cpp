#include "escapement/numeric/random_block_impl.h"

namespace escapement::numeric {

DrawSteps draw_steps_portable() { return portable::draw_steps; }

}  // namespace escapement::numeric
