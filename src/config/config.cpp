#include "escapement/config/config.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/config/keys.h"

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
  constexpr std::uint64_t kOffset = 0xcbf29ce484222325u,
                          kPrime = 0x100000001b3u;  // [FowlerNollVo1991], 64 bits
  std::uint64_t hash = kOffset;
  const auto add = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  };
  for (const auto& [key, value] : canonical_entries(config)) {
    if (std::find(without.begin(), without.end(), key) != without.end()) continue;
    add(key);
    add("=");
    add(value);
    add("\n");
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace escapement::config
