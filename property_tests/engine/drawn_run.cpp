#include "drawn_run.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "../support/dice.h"

namespace escapement::test {

namespace {

DrawnRun draw(Dice& dice, int size, Rules rules, std::uint64_t work) {
  DrawnRun run;
  const auto set = [&](const char* key, const std::string& value) { run.settings.emplace_back(key, value); };
  const auto up_to = [&](int most) { return dice.between(1, 1 + most * size / 100); };

  std::vector<std::string> names{"label-noise-sgd", "label-noise-sgd",  "sgd",
                                 "label-noise-gd",  "gradient-descent", "sam"};
  if (rules == Rules::all) names.insert(names.end(), {"oscillation", "second-layer-oscillation"});
  const std::string algorithm = dice.among(names);
  const bool driven = algorithm.ends_with("oscillation");
  const bool full = driven || algorithm == "gradient-descent" || algorithm == "label-noise-gd";
  const int d = up_to(dice.one_in(4) ? 40 : 7),
            m = up_to(dice.one_in(5)   ? 3000
                      : dice.one_in(2) ? 60
                                       : 9),
            n = up_to(30);
  const std::uint64_t most_steps = std::max<std::uint64_t>(4, work / static_cast<std::uint64_t>(m * (d + 1)));
  const auto steps =
      dice.below(std::min<std::uint64_t>(most_steps, 5 + 7 * static_cast<std::uint64_t>(size)));
  set("algorithm", algorithm);
  set("d", std::to_string(d));
  set("m", std::to_string(m));
  set("steps", std::to_string(steps));
  const bool fresh = !full && dice.one_in(4);
  if (fresh)
    set("n", "fresh");
  else
    set("n", algorithm == "gradient-descent" && dice.one_in(3) ? "population" : std::to_string(n));
  if (!full)
    set("batch", fresh ? dice.among<std::string>({"1", "1", "3"})
                       : dice.among<std::string>({"1", "1", "1", "2", "4", "full"}));

  // |x|^2 is about d, |W|_F^2 about m and |a|^2 about 1, times the square of the start's factor.
  int factor = 0;
  if (algorithm != "oscillation" && dice.one_in(3)) {
    factor = dice.between(-3, 1);
    set("init", (dice.one_in(2) ? "ntk:" : "balanced:") + numeric::to_string(power_of_two(factor)));
  }
  int exponent = 4 + 2 * std::max(factor, 0);
  while ((1 << (exponent - 4)) < d + m) ++exponent;
  set("eta", numeric::to_string(dice.log_uniform(-exponent - dice.between(1, 6), -exponent - 1, 30)));
  set("sigma", dice.one_in(6) ? "0" : numeric::to_string(dice.short_dyadic() / 2));
  set("theta_norm", dice.one_in(6) ? "0" : numeric::to_string(dice.log_uniform(-4, 1, 10)));
  set("loss", dice.among<std::string>({"half-square", "square"}));
  set("noise", dice.among<std::string>({"two-point", "two-point", "gaussian"}));
  if (dice.one_in(3)) set("schedule", fmt::format("periodic:{}:{}", up_to(40), up_to(40)));
  if (algorithm == "sam") set("rho", dice.one_in(5) ? "0" : numeric::to_string(dice.log_uniform(-8, -2, 10)));
  if (driven && dice.one_in(2)) set("amplitude", numeric::to_string(dice.log_uniform(-5, -1, 10)));
  set("seed", std::to_string(dice.one_in(8) ? ~std::uint64_t{0} : dice.bits() >> dice.between(1, 60)));
  if (dice.one_in(4)) set("replica", std::to_string(dice.below(5)));
  return run;
}

// Without a setting (its default), or with a size halved or one less.
std::vector<DrawnRun> simpler(const DrawnRun& run) {
  std::vector<DrawnRun> result;
  for (std::size_t i = 0; i < run.settings.size(); ++i) {
    const auto& [key, value] = run.settings[i];
    const auto with = [&](const std::string& other) {
      result.push_back(run);
      result.back().settings[i].second = other;
    };
    const bool is_size =
        key == "m" || key == "d" || key == "steps" || key == "n" || key == "batch" || key == "seed";
    const bool is_number = value.find_first_not_of("0123456789") == std::string::npos;
    if (is_size && is_number) {
      const std::uint64_t number = std::stoull(value), least = key == "steps" || key == "seed" ? 0 : 1;
      for (const std::uint64_t smaller : {least, number / 2, number - 1})
        if (smaller >= least && smaller < number) with(std::to_string(smaller));
    } else if (key == "algorithm") {
      if (value != "label-noise-sgd") with("label-noise-sgd");
    } else if (key == "eta") {
      for (const Exact& x : test::simpler(*numeric::parse_exact(value)))
        if (x > 0 && x <= *numeric::parse_exact(value)) with(numeric::to_string(x));
    } else if (key != "n") {
      result.push_back(run);
      result.back().settings.erase(result.back().settings.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  std::erase_if(result, [](const DrawnRun& candidate) {
    try {
      load(candidate, {});
      return false;
    } catch (const config::InputError&) {
      return true;
    }
  });
  return result;
}

}  // namespace

rc::Gen<DrawnRun> drawn_runs(Rules rules, std::uint64_t work) {
  return [rules, work](const rc::Random& random, int size) {
    Dice dice(random);
    return rc::shrinkable::shrinkRecur(draw(dice, size, rules, work), [](const DrawnRun& run) {
      return rc::seq::fromContainer(simpler(run));
    });
  };
}

config::Config load(const DrawnRun& run, const Settings& more) {
  config::Request request;
  for (const Settings* settings : {&run.settings, &more})
    for (const auto& [key, value] : *settings) request.options.push_back({key, value, "law"});
  return config::load(request);
}

model::Instance make_instance(const DrawnRun& run, const Settings& more) {
  const config::Config config = load(run, more);
  return model::make_instance(config, config.replica);
}

void showValue(const DrawnRun& run, std::ostream& out) {
  out << "escapement run";
  for (const auto& [key, value] : run.settings) out << " --set " << key << "=" << value;
}

}  // namespace escapement::test
