// Which configurations have label noise at all.
#pragma once

#include "escapement/config/config.h"

namespace escapement::config {

// Whether the algorithm draws label noise and sigma is not zero; a schedule may still switch it off for a while.
bool uses_label_noise(const Config& c);

}  // namespace escapement::config
