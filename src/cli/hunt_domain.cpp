#include "escapement/cli/hunt_domain.h"

#include "escapement/config/input_error.h"

namespace escapement::cli {

using config::InputError;
using numeric::Exact;

namespace {

const std::set<std::string> kSizes{"d", "m", "n", "steps"};
const std::set<std::string> kKeys{"d", "m", "n", "steps", "eta", "sigma", "theta_norm", "x_norm"};
constexpr int kMostSize = 64;

Exact number(const char* option, const std::string& key, const std::string& text) {
  const auto value = numeric::parse_exact(text);
  const bool size = kSizes.count(key) != 0;
  const bool fits = value && (size           ? *value >= 1 && *value <= kMostSize && denominator(*value) == 1
                              : key == "eta" ? *value > 0
                                             : *value >= 0);
  if (!fits)
    throw InputError(option, key,
                     size ? "an integer from 1 to 64"
                          : (key == "eta" ? "a positive number" : "a number that is not negative"),
                     text);
  return *value;
}

}  // namespace

hunt::Domain domain_of(const HuntArguments& a) {
  hunt::Domain domain;
  const auto add = [&](const char* option, const std::string& text, bool range) {
    const std::size_t equals = text.find('=');
    const std::string key = text.substr(0, equals);
    if (equals == std::string::npos || kKeys.count(key) == 0)
      throw InputError("command line", option,
                       range ? "KEY=LOW:HIGH with KEY one of d, eta, m, n, sigma, steps, theta_norm, x_norm"
                             : "KEY=VALUE with KEY one of d, eta, m, n, sigma, steps, theta_norm, x_norm",
                       text);
    if (domain.ranges.count(key) != 0) throw InputError(option, key, "each key once", text);
    const std::string rest = text.substr(equals + 1);
    const std::size_t colon = rest.find(':');
    if (range && colon == std::string::npos) throw InputError(option, key, "LOW:HIGH", rest);
    const Exact low = number(option, key, range ? rest.substr(0, colon) : rest);
    const Exact high = range ? number(option, key, rest.substr(colon + 1)) : low;
    if (low > high) throw InputError(option, key, "LOW at most HIGH", rest);
    domain.ranges[key] = {low, high};
  };
  for (const std::string& text : a.over) add("--over", text, true);
  for (const std::string& text : a.fix) add("--fix", text, false);
  for (const std::string& name : a.keep) {
    const bool assumption = name.size() == 2 && name[0] == 'A' && name[1] >= '1' && name[1] <= '6';
    if (!assumption && name != "spanning")
      throw InputError("command line", "--keep", "one of A1, A2, A3, A4, A5, A6, spanning", name);
    domain.keep.insert(name);
  }
  domain.inside = a.inside;
  domain.constant = 100;
  if (a.constant) {
    const auto value = numeric::parse_exact(*a.constant);
    if (!value || *value <= 0)
      throw InputError("command line", "--constant", "a positive number", *a.constant);
    domain.constant = *value;
  }
  domain.inputs = condition_inputs(a.condition);
  return domain;
}

}  // namespace escapement::cli
