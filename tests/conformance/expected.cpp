#include "expected.h"

#include <algorithm>
#include <fstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace escapement::test {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

const fs::path kData = ESCAPEMENT_TEST_DATA;

json read(const fs::path& path) {
  std::ifstream in(path);
  REQUIRE(in);
  return json::parse(in);
}

}  // namespace

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  const std::string suffix = ".instance.json";
  for (const auto& entry : fs::recursive_directory_iterator(kData)) {
    const std::string file = entry.path().filename().string();
    if (file.size() <= suffix.size() || !file.ends_with(suffix)) continue;
    Case c;
    c.name = file.substr(0, file.size() - suffix.size());
    c.instance = entry.path();
    c.expected = entry.path().parent_path() / (c.name + ".expected.json");
    cases.push_back(c);
  }
  std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.name < b.name; });
  REQUIRE(cases.size() >= 15);
  return cases;
}

std::vector<Case> autograd_cases() {
  std::vector<Case> cases = all_cases();
  for (Case& c : cases)
    c.expected = kData.parent_path() / "oracles" / "recorded" / ("torch-" + c.name + ".json");
  return cases;
}

model::Instance load_instance(const Case& c, const std::vector<config::Setting>& settings) {
  const model::InstanceFile file = model::read_instance_file(c.instance);
  config::Request request;
  request.given = file.settings;
  request.options = settings;
  return model::make_instance(config::load(request), file);
}

std::vector<Pair> compare(const Case& c, const engine::RunResult& result) {
  const json expected = read(c.expected);
  std::vector<Pair> pairs;
  const auto add = [&](const std::string& name, const json& value, const numeric::Ball& ours) {
    pairs.push_back({name, value.get<std::string>(), ours});
  };
  CHECK(expected["steps"] == result.final.steps);
  REQUIRE(expected["W"].size() == result.final.neurons.size());
  for (std::size_t i = 0; i < result.final.neurons.size(); ++i) {
    const auto& row = result.final.neurons[i];
    for (std::size_t j = 0; j + 1 < row.size(); ++j)
      add("W[" + std::to_string(i) + "][" + std::to_string(j) + "]", expected["W"][i][j], row[j]);
    add("a[" + std::to_string(i) + "]", expected["a"][i], row.back());
  }
  for (std::size_t j = 0; j < result.final.theta.size(); ++j)
    add("theta[" + std::to_string(j) + "]", expected["theta"][j], result.final.theta[j]);
  const auto observable = [&](observe::Column column) {
    return *result.final.record.values.at(static_cast<std::size_t>(column));
  };
  add("mean_norm", expected["mean_norm"], observable(observe::Column::mean_norm));
  add("train_loss", expected["train_loss"], observable(observe::Column::train_loss));
  return pairs;
}

}  // namespace escapement::test
