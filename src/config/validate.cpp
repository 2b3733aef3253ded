#include "escapement/config/validate.h"

#include <fmt/format.h>

namespace escapement::config {

namespace {

[[noreturn]] void refuse(const Config& config, const char* key, const std::string& expected) {
  throw InputError(config.source_of(key), key, expected, value_of(config, key));
}

}  // namespace

void validate(Config& config) {
  const std::string algorithm = "algorithm = " + value_of(config, "algorithm");
  if (is_full_batch(config.algorithm)) {
    if (!config.is_set("batch")) config.batch = {true, 1};
    if (!config.batch.full) refuse(config, "batch", fmt::format("full, or nothing, with {}", algorithm));
    if (config.population == Population::fresh)
      refuse(config, "n", fmt::format("a number, since {} uses every input at each step", algorithm));
  }
  if (config.population == Population::gaussian && config.algorithm != Algorithm::gradient_descent)
    refuse(config, "n",
           fmt::format("a number or fresh, since population needs gradient-descent, not {}", algorithm));
  if (config.batch.full && config.population == Population::fresh)
    refuse(config, "batch", "a number, since full needs a sample and n = fresh keeps none");
  if (config.algorithm == Algorithm::oscillation) {
    if (!config.is_set("init")) config.init = {Init::Kind::chain, 1};
    if (config.init.kind != Init::Kind::chain)
      refuse(config, "init", fmt::format("chain with {}", algorithm));
  }
  if (is_oscillation(config.algorithm) && config.state == StateKind::width_free)
    refuse(config, "state", fmt::format("direct or auto with {}", algorithm));
  constexpr std::uint64_t kReplicaEnd = std::uint64_t{1} << 32;
  if (std::uint64_t{config.replica} + config.replicas > kReplicaEnd)
    refuse(config, config.is_set("replica") ? "replica" : "replicas", "replica + replicas of at most 2^32");
}

}  // namespace escapement::config
