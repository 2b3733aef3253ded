#include "escapement/cli/hunt_domain.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/config/input_error.h"

namespace escapement::cli {

using config::InputError;
using numeric::Exact;

namespace {

const std::set<std::string> kInstanceKeys{"d", "m", "n", "steps", "eta", "sigma", "theta_norm", "x_norm"};
constexpr int kMostOfInstance = 64, kMostOfRuns = 1'000'000'000;

// A row about runs takes ranges of what its statement leaves free, and of the width and the steps that it derives.
std::set<std::string> keys_of(const HuntRow& row) {
  if (row.instance) return kInstanceKeys;
  std::set<std::string> keys(row.runs->keys.begin(), row.runs->keys.end());
  keys.insert({"m", "steps"});
  return keys;
}

std::string list_of(const std::set<std::string>& keys) {
  std::string text;
  for (const std::string& key : keys) text += (text.empty() ? "" : ", ") + key;
  return text;
}

Exact number(const char* option, const std::string& key, const std::string& text, int most) {
  const auto value = numeric::parse_exact(text);
  const bool size = hunt::is_count(key);
  const bool fits = value && (size           ? *value >= 1 && *value <= most && denominator(*value) == 1
                              : key == "eta" ? *value > 0
                                             : *value >= 0);
  if (!fits)
    throw InputError(option, key,
                     size           ? fmt::format("an integer from 1 to {}", most)
                     : key == "eta" ? "a positive number"
                                    : "a number that is not negative",
                     text);
  return *value;
}

}  // namespace

hunt::Domain domain_of(const HuntArguments& a, const std::vector<HuntRow>& rows) {
  hunt::Domain domain;
  std::set<std::string> keys = keys_of(rows.front());
  int most = kMostOfRuns;
  for (const HuntRow& row : rows) {
    const std::set<std::string> others = keys_of(row);
    std::erase_if(keys, [&](const std::string& key) { return others.count(key) == 0; });
    if (row.instance) most = kMostOfInstance;
  }
  const auto add = [&](const char* option, const std::string& text, bool range) {
    const std::size_t equals = text.find('=');
    const std::string key = text.substr(0, equals);
    if (equals == std::string::npos || keys.count(key) == 0)
      throw InputError(
          "command line", option,
          fmt::format("{} with KEY one of {}", range ? "KEY=LOW:HIGH" : "KEY=VALUE", list_of(keys)), text);
    if (domain.ranges.count(key) != 0) throw InputError(option, key, "each key once", text);
    const std::string rest = text.substr(equals + 1);
    const std::size_t colon = rest.find(':');
    if (range && colon == std::string::npos) throw InputError(option, key, "LOW:HIGH", rest);
    const Exact low = number(option, key, range ? rest.substr(0, colon) : rest, most);
    const Exact high = range ? number(option, key, rest.substr(colon + 1), most) : low;
    if (low > high) throw InputError(option, key, "LOW at most HIGH", rest);
    domain.ranges[key] = {low, high};
  };
  for (const std::string& text : a.over) add("--over", text, true);
  for (const std::string& text : a.fix) add("--fix", text, false);
  for (const std::string& name : a.keep) {
    const bool assumption = name.size() == 2 && name[0] == 'A' && name[1] >= '1' && name[1] <= '6';
    const bool runs = std::any_of(rows.begin(), rows.end(), [](const HuntRow& row) { return !row.instance; });
    if (!assumption && (runs || name != "spanning"))
      throw InputError("command line", "--keep",
                       runs ? "one of A1, A2, A3, A4, A5, A6 where a claim is about runs"
                            : "one of A1, A2, A3, A4, A5, A6, spanning",
                       name);
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
