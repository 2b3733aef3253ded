#include "escapement/cluster/parcel.h"

#include <charconv>

#include "escapement/numeric/check.h"

namespace escapement::cluster {

std::string pack(const std::vector<std::string>& parts) {
  std::string parcel;
  for (const std::string& part : parts) parcel += std::to_string(part.size()) + ":" + part;
  return parcel;
}

std::vector<std::string> unpack(const std::string& parcel) {
  std::vector<std::string> parts;
  const char* const end = parcel.data() + parcel.size();
  for (const char* at = parcel.data(); at != end;) {
    std::size_t length = 0;
    const auto [colon, error] = std::from_chars(at, end, length);
    ESCAPEMENT_CHECK(error == std::errc() && colon != end && *colon == ':');
    ESCAPEMENT_CHECK(length < static_cast<std::size_t>(end - colon));
    parts.emplace_back(colon + 1, length);
    at = colon + 1 + length;
  }
  return parts;
}

}  // namespace escapement::cluster
