// The studies that there are.
#pragma once

#include <string_view>
#include <vector>

#include "escapement/study/study.h"

namespace escapement::study {

const std::vector<Study>& studies();

// Throws config::InputError naming those that there are.
const Study& find_study(std::string_view name);

}  // namespace escapement::study
