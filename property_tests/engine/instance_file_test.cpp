// An instance file says what it says: every number comes back exactly, however it is written.
#include <fmt/format.h>

#include "escapement/engine/checkpoint.h"

#include "../support/dice.h"
#include "../support/property.h"
#include "instance_spec.h"

namespace escapement::test {

namespace {

std::string spelt(const Exact& x, int way) {
  const std::string fraction = fmt::format("{}/{}", numerator(x).str(), denominator(x).str());
  switch (way) {
    case 0: return numeric::to_string(x);
    case 1: return fraction;
    case 2: return fmt::format("{}00/{}00", numerator(x).str(), denominator(x).str());
    default: break;
  }
  // A power of two under the line: a hex-float.
  const BigInt below = denominator(x);
  if ((below & (below - 1)) != 0) return fraction;
  const BigInt above = numerator(x);
  return fmt::format("{}0x{}p-{}", above < 0 ? "-" : "", BigInt(abs(above)).str(0, std::ios_base::hex),
                     msb(below));
}

// The same file with every number in quotes spelt in another way.
std::string respelt(const std::string& json, Dice& dice) {
  std::string result;
  for (std::size_t at = 0; at < json.size();) {
    const std::size_t end = json[at] == '"' ? json.find('"', at + 1) : std::string::npos;
    if (end == std::string::npos) {
      result += json[at++];
      continue;
    }
    const std::string inside = json.substr(at + 1, end - at - 1);
    const auto number = numeric::parse_exact(inside);
    result += '"' + (number ? spelt(*number, dice.between(0, 3)) : inside) + '"';
    at = end + 1;
  }
  return result;
}

}  // namespace

ESCAPEMENT_PROPERTY("an instance file gives back every number", 1.0, [] {
  const InstanceSpec spec = *instance_specs();
  const model::InstanceFile file = model::parse_instance(to_json(spec), "law");
  RC_ASSERT(file.theta_star == spec.theta_star);
  RC_ASSERT(file.inputs == spec.inputs);
  RC_ASSERT(file.start.rows.size() == spec.m);
  for (std::size_t i = 0; i < spec.m; ++i) {
    std::vector<Exact> row = spec.first_layer[i];
    row.push_back(spec.second_layer[i]);
    RC_ASSERT(file.start.rows[i] == row);
  }
  RC_ASSERT(file.driving.samples == spec.samples);
  RC_ASSERT(std::vector<int>(file.driving.signs.begin(), file.driving.signs.end()) == spec.signs);
  RC_ASSERT(file.driving.noise == spec.noise);
  const model::Instance instance = make_instance(spec, {});
  RC_ASSERT(instance.config.eta == spec.eta);
  RC_ASSERT(instance.config.sigma == spec.sigma);
  RC_ASSERT(instance.config.steps == spec.steps);
  RC_ASSERT(instance.config.batch.full == (spec.batch == 0));
  if (spec.batch != 0) RC_ASSERT(instance.config.batch.size == spec.batch);
  if (spec.algorithm == "sam") RC_ASSERT(instance.config.rho == spec.rho);
  for (const char* key : {"algorithm", "loss", "schedule"}) {
    const std::string expected = key[0] == 'a' ? spec.algorithm : key[0] == 'l' ? spec.loss : spec.schedule;
    RC_ASSERT(config::value_of(instance.config, key) == expected);
  }
});

ESCAPEMENT_PROPERTY("how a number is spelt changes neither the instance nor its fingerprint", 1.0, [] {
  const InstanceSpec spec = *instance_specs();
  Dice dice(rc::Random(*rc::gen::arbitrary<std::uint64_t>()));
  const auto identity = [](const std::string& json) {
    const model::InstanceFile file = model::parse_instance(json, "law");
    config::Request request;
    request.given = file.settings;
    return engine::Checkpoint::fingerprint(model::make_instance(config::load(request), file), {});
  };
  const std::string json = to_json(spec), other = respelt(json, dice);
  RC_LOG() << other;
  RC_ASSERT(identity(other) == identity(json));

  // And a changed number does change the fingerprint.
  InstanceSpec changed = spec;
  Exact& number = changed.first_layer[dice.below(spec.m)][dice.below(spec.d)];
  number += power_of_two(-200);
  RC_ASSERT(identity(to_json(changed)) != identity(json));
});

}  // namespace escapement::test
