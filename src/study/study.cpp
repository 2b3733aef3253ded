#include "escapement/study/study.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/config/load.h"
#include "escapement/numeric/check.h"

namespace escapement::study {

namespace {

std::string listed(const std::vector<std::string>& keys) {
  std::string text;
  for (const std::string& key : keys) text += (text.empty() ? "" : ", ") + key;
  return text;
}

}  // namespace

config::Config configure(const Study& study, const std::vector<std::string>& sets,
                         const std::optional<std::string>& seed) {
  config::Request request;
  for (const auto& [key, value] : study.settings)
    request.given.push_back({key, value, "study " + study.name, false});
  for (const std::string& set : sets) {
    const config::Setting setting = config::parse_setting(set);
    if (std::find(study.keys.begin(), study.keys.end(), setting.key) == study.keys.end())
      throw config::InputError("--set", setting.key,
                               fmt::format("one of the keys that study {} depends on and does not vary: {}",
                                           study.name, listed(study.keys)));
  }
  request.sets = sets;
  if (seed) request.options.push_back({"seed", *seed, "--seed"});
  return config::load(request);
}

Result conduct(const Study& study, const Task& task, theory::Laboratory& laboratory) {
  Result result{
      study.name, study.question, study.columns, study.figure, study.run(task, laboratory), {}, {}, {}, {}};
  result.quick = task.quick;
  for (const Row& row : result.findings.rows) ESCAPEMENT_CHECK(row.size() == study.columns.size());
  for (const std::string& key : study.keys) result.parameters.emplace_back(key, value_of(task.config, key));
  result.seed = std::to_string(task.config.seed);
  return result;
}

Tally::Tally(const Task& task, std::size_t total) : task_(task), total_(total) {}

void Tally::done(const std::string& what) {
  const std::size_t now = ++done_;
  if (task_.progress) task_.progress(now, total_, what);
}

}  // namespace escapement::study
