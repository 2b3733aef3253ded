#include "escapement/config/config.h"

#include <algorithm>

#include "escapement/config/keys.h"
#include "escapement/numeric/checksum.h"

namespace escapement::config {

std::string Config::source_of(std::string_view key) const {
  const auto found = sources.find(key);
  return found == sources.end() ? "default" : found->second;
}

bool is_full_batch(Algorithm algorithm) {
  return algorithm == Algorithm::label_noise_gd || algorithm == Algorithm::gradient_descent ||
         is_oscillation(algorithm);
}

bool is_oscillation(Algorithm algorithm) {
  return algorithm == Algorithm::oscillation || algorithm == Algorithm::second_layer_oscillation;
}

std::vector<Entry> canonical_entries(const Config& config) {
  std::vector<Entry> entries;
  for (const Key& key : keys()) entries.emplace_back(key.name, key.print(config));
  return entries;
}

std::string value_of(const Config& config, std::string_view key) {
  return find_key(key, "configuration").print(config);
}

std::string fingerprint(const Config& config, const std::vector<std::string>& without) {
  numeric::Checksum sum;
  for (const auto& [key, value] : canonical_entries(config)) {
    if (std::find(without.begin(), without.end(), key) != without.end()) continue;
    sum.add(key).add("=").add(value).add("\n");
  }
  return sum.hex();
}

}  // namespace escapement::config
