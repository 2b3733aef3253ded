#include "escapement/theory/setting.h"

#include "escapement/config/keys.h"

namespace escapement::theory {

config::Config label_noise_sgd_setting(config::Config config) {
  config.algorithm = config::Algorithm::label_noise_sgd;
  config.batch = {false, 1};
  config.loss = config::Loss::half_square;
  config.noise = config::NoiseLaw::two_point;
  config.schedule = {};
  if (config.population == config::Population::gaussian) config.population = config::Population::fresh;
  if (config.init.kind == config::Init::Kind::chain) config.init = {};
  config.record = {};
  config.snapshots = {};
  config.watch = 0;
  if (!config.is_set("replicas")) config.replicas = 1;
  return config;
}

void set(config::Config& config, std::string_view key, std::string_view value) {
  config::apply(config, key, value, "statement");
}

}  // namespace escapement::theory
