// Several texts in one: each with its length in front, so that they may hold anything.
#pragma once

#include <string>
#include <vector>

namespace escapement::cluster {

std::string pack(const std::vector<std::string>& parts);
// Aborts on a text that `pack` did not write.
std::vector<std::string> unpack(const std::string& parcel);

}  // namespace escapement::cluster
