#include "instance_spec.h"

#include <fstream>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "../support/property.h"

namespace escapement::test {

namespace {

std::string quoted(const Exact& x) { return '"' + numeric::to_string(x) + '"'; }

template <class List, class Print>
std::string array(const List& list, Print&& print) {
  std::string text;
  for (const auto& x : list) text += (text.empty() ? "" : ", ") + print(x);
  return "[" + text + "]";
}
std::string numbers(const std::vector<Exact>& list) { return array(list, quoted); }

}  // namespace

std::string to_json(const InstanceSpec& s) {
  std::string text = "{\n \"format\": \"escapement-instance/1\"";
  const auto add = [&](const char* key, const std::string& value) {
    text += fmt::format(",\n \"{}\": {}", key, value);
  };
  const auto integer = [](auto x) { return std::to_string(x); };
  add("d", integer(s.d));
  add("m", integer(s.m));
  add("n", integer(s.n));
  add("eta", quoted(s.eta));
  add("sigma", quoted(s.sigma));
  add("steps", integer(s.steps));
  add("loss", '"' + s.loss + '"');
  add("schedule", '"' + s.schedule + '"');
  add("algorithm", s.algorithm == "sam" ? fmt::format(R"({{"name": "sam", "rho": {}}})", quoted(s.rho))
                                        : fmt::format(R"({{"name": "{}"}})", s.algorithm));
  if (!s.full_batch_rule()) add("batch", s.batch == 0 ? "\"full\"" : integer(s.batch));
  add("theta_star", numbers(s.theta_star));
  add("X", array(s.inputs, numbers));
  add("W0", array(s.first_layer, numbers));
  add("a0", numbers(s.second_layer));
  if (!s.samples.empty()) add("samples", array(s.samples, integer));
  if (!s.signs.empty()) add("noise", array(s.signs, integer));
  if (!s.noise.empty()) add("noise_values", numbers(s.noise));
  return text + "\n}\n";
}

model::Instance make_instance(const InstanceSpec& spec, const Settings& settings) {
  const model::InstanceFile file = model::parse_instance(to_json(spec), "drawn instance");
  config::Request request;
  request.given = file.settings;
  for (const auto& [key, value] : settings) request.options.push_back({key, value, "law"});
  return model::make_instance(config::load(request), file);
}

void showValue(const InstanceSpec& spec, std::ostream& out) {
  const std::string text = to_json(spec);
  const std::string file = fmt::format("{:016x}.instance.json", mixed_seed(0, text));
  std::ofstream(file) << text;
  out << "escapement run --instance " << file << "\n" << text;
}

}  // namespace escapement::test
