#include "escapement/model/instance_file.h"

#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

#include "escapement/model/exact_json.h"
#include "escapement/numeric/mutant.h"

namespace escapement::model {

using config::InputError;
using nlohmann::json;
using numeric::Mutant;
using numeric::mutated;

namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;

// One file being read: every complaint names it and the key.
class Reader {
 public:
  Reader(const std::string& text, const std::string& path) : path_(path) {
    ExactJson reader(root_, path_);
    try {
      json::sax_parse(text, &reader);
    } catch (const json::exception& error) {
      throw InputError(path_, "", "valid JSON (" + config::printable(error.what(), 160) + ")");
    }
    if (!root_.is_object()) throw InputError(path_, "", "a JSON object");
  }

  [[noreturn]] void fail(const std::string& key, const std::string& expected,
                         const json* got = nullptr) const {
    throw InputError(path_, key, expected,
                     got == nullptr
                         ? std::nullopt
                         : std::optional(got->dump(-1, ' ', true, json::error_handler_t::replace)));
  }
  bool has(const char* key) const { return root_.contains(key); }
  const json& at(const char* key) const {
    if (!has(key)) fail(key, "this key");
    return root_[key];
  }

  std::string text(const json& value, const std::string& key) const {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return value.dump();
    fail(key, "an exact number", &value);
  }
  Exact exact(const json& value, const std::string& key) const {
    if (auto number = numeric::parse_exact(text(value, key)))
      return mutated(Mutant::file_through_double) ? Exact(static_cast<double>(*number)) : *number;
    fail(key, "an exact number (decimal, p/q, 2^-30 or hex-float)", &value);
  }
  std::size_t size(const char* key) const {
    const json& value = at(key);
    const auto number = numeric::parse_integer(text(value, key));
    if (!number || *number < 1 || *number > 1'000'000'000) fail(key, "a positive integer", &value);
    return static_cast<std::size_t>(*number);
  }
  const json& array(const json& value, const std::string& key, std::size_t length) const {
    if (!value.is_array()) fail(key, "an array of " + std::to_string(length) + " entries", &value);
    if (value.size() != length)
      throw InputError(path_, key, std::to_string(length) + " entries", std::to_string(value.size()));
    return value;
  }
  std::vector<Exact> vector(const json& value, const std::string& key, std::size_t length) const {
    std::vector<Exact> result;
    const json& list = array(value, key, length);
    result.reserve(length);  // no more than the file really holds
    for (const json& entry : list)
      result.push_back(exact(entry, key + "[" + std::to_string(result.size()) + "]"));
    return result;
  }
  std::vector<std::vector<Exact>> matrix(const char* key, std::size_t rows, std::size_t columns) const {
    std::vector<std::vector<Exact>> result;
    const json& list = array(at(key), key, rows);
    result.reserve(rows);
    for (const json& row : list)
      result.push_back(vector(row, std::string(key) + "[" + std::to_string(result.size()) + "]", columns));
    return result;
  }
  std::vector<std::int8_t> signs(const char* key) const {
    const json& list = at(key);
    if (!list.is_array()) fail(key, "an array of 1 and -1", &list);
    std::vector<std::int8_t> result;
    for (const json& entry : list) {
      if (!entry.is_number_integer() || (entry != 1 && entry != -1))
        fail(std::string(key) + "[" + std::to_string(result.size()) + "]", "1 or -1", &entry);
      result.push_back(entry == 1 ? 1 : -1);
    }
    return result;
  }
  std::vector<std::uint32_t> indices(const char* key, std::size_t below) const {
    const json& list = at(key);
    if (!list.is_array()) fail(key, "an array of sample indices", &list);
    std::vector<std::uint32_t> result;
    for (const json& entry : list) {
      if (!entry.is_number_unsigned() || entry.get<std::uint64_t>() >= below)
        fail(std::string(key) + "[" + std::to_string(result.size()) + "]",
             "an index from 0 to " + std::to_string(below - 1), &entry);
      result.push_back(entry.get<std::uint32_t>());
    }
    return result;
  }
  void only(const std::set<std::string>& known, const json& object, const std::string& prefix) const {
    for (const auto& [key, value] : object.items())
      if (known.count(key) == 0)
        throw InputError(path_, prefix + config::printable(key), "a key of the format (see docs/formats.md)");
  }

 private:
  std::string path_;
  json root_;

 public:
  const json& root() const { return root_; }
};

}  // namespace

InstanceFile parse_instance(const std::string& text, const std::string& path) {
  const Reader r(text, path);
  r.only({"format", "name",         "d",     "m",    "n",     "eta",       "sigma",
          "steps",  "theta_star",   "X",     "W0",   "a0",    "algorithm", "samples",
          "noise",  "noise_values", "signs", "loss", "batch", "schedule"},
         r.root(), "");
  if (r.at("format") != "escapement-instance/1")
    r.fail("format", "\"escapement-instance/1\"", &r.at("format"));
  InstanceFile file;
  file.path = path;
  if (r.has("name")) file.name = r.text(r.at("name"), "name");
  const std::size_t d = r.size("d"), m = r.size("m"), n = r.size("n");
  file.theta_star = r.vector(r.at("theta_star"), "theta_star", d);
  file.inputs = r.matrix("X", n, d);
  file.start.rows = r.matrix("W0", m, d);
  const std::vector<Exact> a0 = r.vector(r.at("a0"), "a0", m);
  for (std::size_t i = 0; i < m; ++i) file.start.rows[i].push_back(a0[i]);

  const json& algorithm = r.at("algorithm");
  if (!algorithm.is_object() || !algorithm.contains("name") || !algorithm["name"].is_string())
    r.fail("algorithm", "an object with a \"name\"", &algorithm);
  r.only({"name", "rho", "amplitude"}, algorithm, "algorithm.");
  const auto give = [&](const char* key, std::string value, bool fixed) {
    file.settings.push_back({key, std::move(value), path, fixed});
  };
  give("algorithm", algorithm["name"].get<std::string>(), true);
  give("d", std::to_string(d), true);
  give("m", std::to_string(m), true);
  give("n", std::to_string(n), true);
  give("eta", r.text(r.at("eta"), "eta"), false);
  give("sigma", r.text(r.at("sigma"), "sigma"), false);
  give("steps", r.text(r.at("steps"), "steps"), false);
  for (const char* key : {"rho", "amplitude"})
    if (algorithm.contains(key)) give(key, r.text(algorithm[key], std::string("algorithm.") + key), false);
  for (const char* key : {"loss", "schedule"})
    if (r.has(key)) give(key, r.text(r.at(key), key), false);
  if (r.has("batch")) give("batch", r.text(r.at("batch"), "batch"), true);
  if (r.has("samples")) file.driving.samples = r.indices("samples", n);
  if (r.has("noise") && r.has("noise_values")) r.fail("noise_values", "either noise or noise_values");
  if (r.has("noise")) file.driving.signs = r.signs("noise");
  if (r.has("noise_values"))
    file.driving.noise = r.vector(r.at("noise_values"), "noise_values", r.at("noise_values").size());
  if (r.has("signs")) file.driving.signs = r.signs("signs");
  return file;
}

InstanceFile read_instance_file(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    throw InputError(path.string(), "", "an instance file", "a directory");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError(path.string(), "", "an instance file that can be read");
  std::string text;
  text.assign(std::istreambuf_iterator<char>(in), {});
  if (text.size() > kMaxFileBytes) throw InputError(path.string(), "", "an instance file of at most 1 GiB");
  return parse_instance(text, path.string());
}

namespace {

void expect_length(const InstanceFile& file, const char* key, std::size_t given, std::uint64_t needed) {
  if (given < needed)
    throw InputError(file.path, key, "a driving sequence of at least " + std::to_string(needed) + " entries",
                     std::to_string(given));
}

// The chain leaves zero every second step: at even steps if it starts there, at odd steps otherwise.
std::uint64_t coins_needed(const InstanceFile& file, const config::Config& config) {
  std::uint64_t coins = 0;
  for (const auto& row : file.start.rows) {
    const Exact& a = row.back();
    if (a != 0 && a != *config.amplitude && a != -*config.amplitude)
      throw InputError(file.path, "a0", "0 or plus or minus the amplitude", numeric::to_string(a));
    coins += a == 0 ? (config.steps + 1) / 2 : config.steps / 2;
  }
  return coins;
}

}  // namespace

Instance make_instance(const config::Config& config, const InstanceFile& file) {
  for (const char* key : {"theta_norm", "init", "replica", "replicas", "noise"})
    if (config.is_set(key))
      throw InputError(config.source_of(key), key,
                       "no such setting beside an instance file, which decides it");
  Instance instance;
  instance.config = config;
  instance.name = file.name;
  instance.file = file.path;
  instance.d = config.d;
  instance.m = static_cast<std::uint64_t>(config.m);
  instance.n = config.n;
  instance.stream = {config.seed, 0};
  instance.theta_star = file.theta_star;
  instance.given_inputs = file.inputs;
  instance.start = std::make_shared<const ExplicitStart>(file.start);
  instance.driving = std::make_shared<const ExplicitDriving>(file.driving);
  const std::uint64_t steps = config.steps;
  if (is_oscillation(config.algorithm)) {
    if (config.algorithm == config::Algorithm::oscillation && !config.amplitude)
      throw InputError(file.path, "algorithm.amplitude", "the oscillation's amplitude");
    if (config.algorithm == config::Algorithm::oscillation)
      expect_length(file, "signs", file.driving.signs.size(), coins_needed(file, config));
    else
      expect_length(file, "signs", file.driving.signs.size(), (steps + 1) / 2 * instance.m);
    return instance;
  }
  const std::uint64_t batch = config.batch.full ? instance.n : config.batch.size;
  if (!config.batch.full) expect_length(file, "samples", file.driving.samples.size(), steps * batch);
  const bool noisy = config.sigma != 0 && (config.algorithm == config::Algorithm::label_noise_sgd ||
                                           config.algorithm == config::Algorithm::label_noise_gd ||
                                           config.algorithm == config::Algorithm::sam);
  if (!noisy) return instance;
  if (file.driving.noise.empty())
    expect_length(file, "noise", file.driving.signs.size(), steps * batch);
  else
    expect_length(file, "noise_values", file.driving.noise.size(), steps * batch);
  return instance;
}

}  // namespace escapement::model
