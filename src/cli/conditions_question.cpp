// From the arguments of `conditions` to a point and its inputs.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "escapement/cli/conditions_command.h"
#include "escapement/cli/input_data.h"
#include "escapement/cli/instance_or_case.h"
#include "escapement/config/load.h"
#include "escapement/model/instance_file.h"

namespace escapement::cli {

using config::InputError;
using config::Setting;
using numeric::BigInt;
using numeric::Exact;
using theory::Inputs;

namespace {

constexpr std::array<std::string_view, 9> kKeys{"d",          "n",    "m",    "sigma",  "eta",
                                                "theta_norm", "loss", "seed", "replica"};
constexpr std::size_t kMaxGeneratedNumbers = 200'000'000;  // as make_instance

// The configuration, with d and n apart where they are larger than a run can hold.
struct Loaded {
  config::Config config;
  std::optional<BigInt> large_d, large_n;
  bool population = false;  // n = population, which a run accepts for gradient descent only
  std::optional<model::InstanceFile> instance;
};

// Keeps for itself what config::load would refuse because no run can have it.
bool withhold(const Setting& setting, Loaded& loaded) {
  const bool is_d = setting.key == "d";
  if ((!is_d && setting.key != "n") || loaded.instance) return false;
  if ((is_d ? loaded.large_d : loaded.large_n) || (!is_d && loaded.population))
    throw InputError("--set", setting.key, "each key once", setting.value);
  if (!is_d && setting.value == "population") {
    loaded.population = true;
    return true;
  }
  const std::optional<BigInt> value = numeric::parse_integer(setting.value);
  if (!value || *value <= (is_d ? config::kMaxDimension : config::kMaxSamples)) return false;
  (is_d ? loaded.large_d : loaded.large_n) = value;
  return true;
}

Loaded load(const ConditionsArguments& a) {
  Loaded loaded;
  config::Request request;
  request.preset = a.preset;
  request.file = a.config_file;
  if (a.instance_file) {
    loaded.instance = read_instance_or_case(*a.instance_file);
    request.given = loaded.instance->settings;
  }
  for (const std::string& text : a.sets) {
    const Setting setting = config::parse_setting(text);
    if (std::find(kKeys.begin(), kKeys.end(), setting.key) == kKeys.end())
      throw InputError("--set", setting.key, fmt::format("one of the keys {}", fmt::join(kKeys, ", ")));
    if (withhold(setting, loaded)) continue;
    request.sets.push_back(text);
  }
  loaded.config = config::load(request);
  if (loaded.large_d) {
    if (loaded.config.source_of("d") == "--set")
      throw InputError("--set", "d", "each key once", config::value_of(loaded.config, "d"));
    loaded.config.sources["d"] = "--set";
  }
  if (loaded.large_n || loaded.population) {
    if (loaded.config.source_of("n") == "--set")
      throw InputError("--set", "n", "each key once", config::value_of(loaded.config, "n"));
    loaded.config.sources["n"] = "--set";
    loaded.config.population = loaded.population ? config::Population::gaussian : config::Population::sample;
  }
  const Exact& sigma = loaded.config.sigma;
  if (sigma != 0 && !within_reach(sigma))
    throw InputError(loaded.config.source_of("sigma"), "sigma", "0, or a number from 10^-1000 to 10^1000",
                     config::value_of(loaded.config, "sigma"));
  return loaded;
}

class Resolver {
 public:
  explicit Resolver(const ConditionsArguments& a) : arguments_(a), loaded_(load(a)) {
    question_.inputs = condition_inputs(a.condition);
  }

  ConditionsQuestion resolve() {
    const config::Config& c = loaded_.config;
    theory::ConditionPoint& p = question_.point;
    p.d = loaded_.large_d.value_or(BigInt(c.d));
    p.sigma = c.sigma;
    if (counts("eta")) p.eta = c.loss == config::Loss::square ? Exact(2 * c.eta) : c.eta;
    if (counts("m")) p.m = c.m;
    if (c.population == config::Population::fresh) p.inputs = Inputs::fresh;
    if (c.population == config::Population::gaussian) p.inputs = Inputs::population;
    if (p.inputs == Inputs::sample && (c.is_set("n") || (counts("n") && !arguments_.data_file)))
      p.n = loaded_.large_n.value_or(BigInt(c.n));
    if (counts("theta_norm")) p.theta_squared = c.theta_norm * c.theta_norm;
    if (arguments_.data_file) {
      from_file();
    } else if (loaded_.instance) {
      from_instance();
    } else if (p.inputs == Inputs::sample) {
      generated();
    }
    list_defaults();
    if (p.eta && c.loss == config::Loss::square)
      question_.assumed.push_back({"eta", numeric::to_string(*p.eta),
                                   "twice the configured one: the loss `square` doubles every gradient"});
    return question_;
  }

 private:
  // A preset, a configuration or an instance describes a run, whose defaults count like what it says; otherwise only
  // what --set gives counts.
  bool counts(const char* key) const {
    return arguments_.preset || arguments_.config_file || loaded_.instance || loaded_.config.is_set(key);
  }

  void list_defaults() {
    const config::Config& c = loaded_.config;
    for (const char* key : {"d", "n", "m", "sigma", "eta", "theta_norm"}) {
      const std::string_view name = key;
      const bool always = name == "d" || name == "sigma";
      if (c.is_set(key) || !(always || counts(key))) continue;
      if ((name == "d" || name == "n") && arguments_.data_file) continue;
      if (name == "theta_norm" && loaded_.instance) continue;  // the file's theta*
      question_.assumed.push_back({key, config::value_of(c, key), "the default of `run`"});
    }
  }

  void agree(const char* key, const BigInt& set, std::size_t found) const {
    if (loaded_.config.is_set(key) && set != found)
      throw InputError(loaded_.config.source_of(key), key,
                       fmt::format("{}, as in {}", found, arguments_.data_file->string()), set.str());
  }

  void from_file() {
    theory::ConditionPoint& p = question_.point;
    if (loaded_.instance)
      throw InputError("command line", "--data", "no --instance beside it, which has inputs of its own");
    if (p.inputs != Inputs::sample)
      throw InputError(loaded_.config.source_of("n"), "n", "a number, or nothing, with --data",
                       config::value_of(loaded_.config, "n"));
    const std::vector<std::vector<Exact>> rows = read_inputs(*arguments_.data_file);
    agree("d", p.d, rows.front().size());
    agree("n", p.n.value_or(0), rows.size());
    p.d = rows.front().size();
    p.n = rows.size();
    p.max_input_squared = theory::largest_squared_norm(rows);
    question_.data = arguments_.data_file->string();
  }

  void from_instance() {
    const model::Instance instance = model::make_instance(loaded_.config, *loaded_.instance);
    question_.point = theory::condition_point(instance);
    question_.data = instance.file;
  }

  void generated() {
    theory::ConditionPoint& p = question_.point;
    const config::Config& c = loaded_.config;
    const bool too_large = loaded_.large_d || loaded_.large_n || c.n > kMaxGeneratedNumbers / c.d;
    if (question_.inputs.c_data && (too_large || !p.n)) return;  // A5 is then what C_data is given for
    if (too_large)
      throw InputError(c.source_of(loaded_.large_d ? "d" : "n"), loaded_.large_d ? "d" : "n",
                       "--c-data or --data beside it: a data set of this size cannot be drawn",
                       loaded_.large_d ? p.d.str() : p.n.value_or(c.n).str());
    config::Config drawn = c;
    drawn.m = 1;  // the width has no part in the inputs
    p.max_input_squared = theory::max_input_squared(model::make_instance(drawn, drawn.replica));
    question_.data = fmt::format("{} inputs N(0, I), seed {}", c.n, c.seed);
    if (drawn.replica != 0) question_.data += fmt::format(", replica {}", drawn.replica);
    if (!p.n) question_.assumed.push_back({"data set", question_.data, "the one that `run` draws"});
  }

  const ConditionsArguments& arguments_;
  Loaded loaded_;
  ConditionsQuestion question_;
};

}  // namespace

ConditionsQuestion resolve_conditions(const ConditionsArguments& arguments) {
  return Resolver(arguments).resolve();
}

}  // namespace escapement::cli
