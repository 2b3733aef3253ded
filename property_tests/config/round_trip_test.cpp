// A Config is its canonical entries: loading them gives the same Config, whatever the texts that made it looked like.
#include <map>

#include <fmt/format.h>

#include "escapement/config/keys.h"
#include "escapement/config/load.h"
#include "escapement/config/toml_source.h"

#include "../support/dice.h"
#include "../support/property.h"

namespace escapement::test {

namespace {

using config::Config;
using Texts = std::map<std::string, std::string>;

std::string number(Dice& dice) {
  switch (dice.below(7)) {
    case 0: return numeric::to_string(dice.short_dyadic());
    case 1: return fmt::format("{}e-{}", dice.between(1, 99), dice.between(0, 900));
    case 2: return fmt::format("{}/{}", dice.between(1, 1000), dice.between(1, 1000));
    case 3: return fmt::format("2^{}", dice.between(-3000, 30));
    case 4: return fmt::format("0x{:x}.{:x}p-{}", dice.below(16), dice.below(4096) + 1, dice.between(0, 80));
    case 5: return fmt::format("0.{:06}1", dice.below(1'000'000));
    default: return numeric::to_string(dice.log_uniform(-900, 20, 52));
  }
}

std::string integer(Dice& dice, int most) {
  const int value = dice.between(1, most);
  return dice.one_in(4)   ? fmt::format("{}e1/10", value)
         : dice.one_in(6) ? fmt::format("{}.0", value)
                          : std::to_string(value);
}

std::string steps(Dice& dice) {
  std::string list;
  for (int count = dice.between(1, 5); count > 0; --count)
    list += (list.empty() ? "" : ", ") + std::to_string(dice.below(1000));
  return dice.among<std::string>(
      {"none", "every:" + integer(dice, 5000),
       fmt::format("log:{}", dice.between(1, static_cast<int>(config::StepSchedule::kMaxPerDecade))),
       "at:[" + list + "]"});
}

// Settings of a random subset of the keys that do not contradict each other.
Texts draw(Dice& dice) {
  Texts texts;
  const std::string algorithm =
      dice.among<std::string>({"label-noise-sgd", "sgd", "label-noise-gd", "gradient-descent", "gd", "sam",
                               "oscillation", "second-layer-oscillation"});
  const bool driven = algorithm.ends_with("oscillation");
  const bool full =
      driven || algorithm == "label-noise-gd" || algorithm == "gradient-descent" || algorithm == "gd";
  const bool population = (algorithm == "gd" || algorithm == "gradient-descent") && dice.one_in(3);
  const bool fresh = !full && dice.one_in(3);
  const auto maybe = [&](const char* key, auto&& make) {
    if (dice.one_in(2)) texts[key] = make();
  };
  texts["algorithm"] = algorithm;
  maybe("d", [&] { return integer(dice, 4096); });
  maybe("m",
        [&] { return dice.one_in(3) ? fmt::format("10^{}", dice.between(1, 400)) : integer(dice, 100000); });
  if (population)
    texts["n"] = "population";
  else if (fresh)
    texts["n"] = "fresh";
  else
    maybe("n", [&] { return integer(dice, 10'000'000); });
  maybe("eta", [&] { return number(dice); });
  maybe("sigma", [&] { return dice.one_in(4) ? "0" : number(dice); });
  maybe("theta_norm", [&] { return dice.one_in(4) ? "0" : number(dice); });
  maybe("steps", [&] { return dice.one_in(3) ? "281474976710655" : integer(dice, 1'000'000); });
  if (full)
    maybe("batch", [] { return std::string("full"); });
  else
    maybe("batch", [&] { return !fresh && dice.one_in(3) ? "full" : integer(dice, 1'000'000); });
  maybe("loss", [&] { return dice.among<std::string>({"half-square", "square"}); });
  maybe("noise", [&] { return dice.among<std::string>({"two-point", "gaussian"}); });
  maybe("schedule", [&] {
    return dice.one_in(2) ? fmt::format("periodic:{}:{}", integer(dice, 99), integer(dice, 99))
                          : dice.among<std::string>({"on", "off"});
  });
  maybe("rho", [&] { return number(dice); });
  maybe("amplitude", [&] { return dice.one_in(3) ? "auto" : number(dice); });
  maybe("init", [&] {
    if (algorithm == "oscillation") return std::string("chain");
    return dice.among<std::string>(
        {"ntk", "balanced", "chain", "ntk:" + number(dice), "balanced:" + number(dice)});
  });
  maybe("record", [&] { return steps(dice); });
  maybe("snapshots", [&] { return steps(dice); });
  maybe("watch", [&] { return integer(dice, 1000); });
  maybe("state", [&] { return dice.among<std::string>({"auto", "direct", driven ? "auto" : "width-free"}); });
  maybe("replicas", [&] { return integer(dice, 1000); });
  maybe("replica", [&] { return integer(dice, 1000); });
  maybe("seed", [&] { return std::to_string(dice.bits()); });
  maybe("precision", [&] {
    return dice.among<std::string>(
        {"double", std::to_string(dice.between(2, 1'000'000)), "certified", "certified:777"});
  });
  return texts;
}

rc::Gen<Texts> settings() {
  return [](const rc::Random& random, int) {
    Dice dice(random);
    return rc::shrinkable::shrinkRecur(draw(dice), [](const Texts& texts) {
      std::vector<Texts> fewer;
      for (const auto& [key, value] : texts) {
        fewer.push_back(texts);
        fewer.back().erase(key);
      }
      return rc::seq::fromContainer(fewer);
    });
  };
}

Config load(const Texts& texts) {
  config::Request request;
  for (const auto& [key, value] : texts) request.sets.push_back(key + "=" + value);
  return config::load(request);
}

}  // namespace

ESCAPEMENT_PROPERTY("canonical entries load to the same configuration", 10.0, [] {
  const Config config = load(*settings());
  const auto entries = canonical_entries(config);
  RC_ASSERT(entries.size() == config::keys().size());
  const Config again = load(Texts(entries.begin(), entries.end()));
  RC_ASSERT(canonical_entries(again) == entries);
  RC_ASSERT(fingerprint(again) == fingerprint(config));

  // The values themselves, which printing could hide.
  RC_ASSERT(again.eta == config.eta);
  RC_ASSERT(again.sigma == config.sigma);
  RC_ASSERT(again.theta_norm == config.theta_norm);
  RC_ASSERT(again.rho == config.rho);
  RC_ASSERT(again.amplitude == config.amplitude);
  RC_ASSERT(again.m == config.m);
  RC_ASSERT(again.init == config.init);
  RC_ASSERT(again.batch == config.batch);
  RC_ASSERT(again.precision == config.precision);
  RC_ASSERT(again.schedule == config.schedule);
  for (std::uint64_t t = 0; t < 400; ++t) {
    RC_ASSERT(again.record.contains(t) == config.record.contains(t));
    RC_ASSERT(again.snapshots.next_after(t) == config.snapshots.next_after(t));
  }
});

ESCAPEMENT_PROPERTY("TOML, --set and options say the same", 5.0, [] {
  const Texts texts = *settings();
  std::string toml;
  config::Request by_options;
  for (const auto& [key, value] : texts) {
    toml += fmt::format("{} = \"{}\"\n", key, value);
    by_options.options.push_back({key, value, "law"});
  }
  config::Request by_toml;
  by_toml.given = config::parse_toml(toml, "law.toml");
  RC_ASSERT(canonical_entries(config::load(by_toml)) == canonical_entries(load(texts)));
  RC_ASSERT(canonical_entries(config::load(by_options)) == canonical_entries(load(texts)));
});

ESCAPEMENT_PROPERTY("a changed value changes the fingerprint, a left-out key does not", 3.0, [] {
  Texts texts = *settings();
  const Config config = load(texts);
  texts["seed"] = std::to_string(config.seed + 1);
  const Config other = load(texts);
  RC_ASSERT(fingerprint(other) != fingerprint(config));
  RC_ASSERT(fingerprint(other, {"seed"}) == fingerprint(config, {"seed"}));
});

}  // namespace escapement::test
