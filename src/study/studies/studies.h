// One function for each file of this folder.
#pragma once

#include "escapement/study/study.h"

namespace escapement::study {

Study precision_cliff();
Study escape_time();
Study convergence();
Study oscillation();
Study alignment();
Study slow_flow();
Study sam();
Study rounding();

}  // namespace escapement::study
