#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

#include "escapement/config/input_error.h"
#include "escapement/hunt/case_file.h"

namespace escapement::hunt {

using config::InputError;
using nlohmann::json;

namespace {

constexpr std::uintmax_t kMostBytes = 1 << 24;
constexpr std::uint64_t kMostCaseSteps = 1'000'000;

// One object of the file; complaints name file and key.
class Object {
 public:
  Object(const json& value, std::string path, std::string prefix, const std::set<std::string>& known)
      : value_(value), path_(std::move(path)), prefix_(std::move(prefix)) {
    if (!value.is_object()) throw InputError(path_, prefix_, "an object");
    for (const auto& [key, entry] : value.items())
      if (known.count(key) == 0)
        throw InputError(path_, prefix_ + config::printable(key),
                         "a key of the format (see docs/concepts/case.md)");
  }
  [[noreturn]] void fail(const std::string& key, const char* expected) const {
    const bool there = value_.contains(key);
    throw InputError(path_, prefix_ + key, expected,
                     there ? std::optional(value_[key].dump(-1, ' ', true, json::error_handler_t::replace))
                           : std::nullopt);
  }
  const json& at(const char* key) const {
    if (!value_.contains(key)) fail(key, "this key");
    return value_[key];
  }
  bool has(const char* key) const { return value_.contains(key); }
  std::string text(const char* key) const {
    if (!at(key).is_string()) fail(key, "a text");
    return at(key).get<std::string>();
  }
  std::uint64_t count(const char* key, std::uint64_t most) const {
    if (!at(key).is_number_unsigned() || at(key).get<std::uint64_t>() > most) fail(key, "a count");
    return at(key).get<std::uint64_t>();
  }
  Exact exact(const char* key, const json& value) const {
    const auto number = value.is_string() ? numeric::parse_exact(value.get<std::string>()) : std::nullopt;
    if (!number) fail(key, "exact numbers as strings");
    return *number;
  }
  Exact exact(const char* key) const { return exact(key, at(key)); }
  std::vector<Exact> vector(const char* key, const json& list) const {
    if (!list.is_array()) fail(key, "an array of exact numbers as strings");
    std::vector<Exact> result;
    for (const json& entry : list) result.push_back(exact(key, entry));
    return result;
  }
  std::vector<std::vector<Exact>> matrix(const char* key) const {
    if (!at(key).is_array()) fail(key, "an array of rows");
    std::vector<std::vector<Exact>> result;
    for (const json& row : at(key)) result.push_back(vector(key, row));
    return result;
  }
  std::vector<BigInt> copies(const char* key, std::size_t rows) const {
    std::vector<BigInt> result;
    if (!has(key)) return result;
    for (const Exact& x : vector(key, at(key))) {
      if (denominator(x) != 1 || x < 1) fail(key, "positive integers as strings");
      result.push_back(numerator(x));
    }
    if (result.size() != rows) fail(key, "one entry for each row");
    return result;
  }

 private:
  const json& value_;
  std::string path_, prefix_;
};

void read_values(const Object& o, Case& c) {
  c.algorithm = o.text("algorithm");
  if (c.algorithm != "label-noise-sgd" && c.algorithm != "gradient-descent" && c.algorithm != "oscillation")
    o.fail("algorithm", "label-noise-sgd, gradient-descent or oscillation");
  c.eta = o.exact("eta");
  if (c.eta <= 0) o.fail("eta", "a positive number");
  c.sigma = o.exact("sigma");
  c.steps = o.count("steps", kMostCaseSteps);
  c.theta_star = o.vector("theta_star", o.at("theta_star"));
  if (c.theta_star.empty()) o.fail("theta_star", "at least one entry");
  c.inputs = o.matrix("X");
  if (c.inputs.empty()) o.fail("X", "at least one input");
  for (const auto& x : c.inputs)
    if (x.size() != c.d()) o.fail("X", "rows as long as theta_star");
  c.rows = o.matrix("W0");
  const std::vector<Exact> second = o.vector("a0", o.at("a0"));
  if (second.size() != c.rows.size()) o.fail("a0", "one entry for each row of W0");
  for (std::size_t i = 0; i < c.rows.size(); ++i) {
    if (c.rows[i].size() != c.d()) o.fail("W0", "rows as long as theta_star");
    c.rows[i].push_back(second[i]);
  }
  const bool driven = c.algorithm == "oscillation";
  if (c.rows.empty() != driven)
    o.fail("W0", driven ? "no rows: the chain has its own start" : "at least one row");
  c.input_copies = o.copies("input_copies", c.inputs.size());
  c.row_copies = o.copies("neuron_copies", driven ? 1 : c.rows.size());
  c.box = o.has("box") ? o.exact("box") : Exact(0);
  if (c.box < 0) o.fail("box", "a half-width, not negative");
  for (const json& k : o.at("samples")) {
    if (!k.is_number_unsigned() || k.get<std::uint64_t>() >= c.inputs.size())
      o.fail("samples", "indices of rows of X");
    c.samples.push_back(k.get<std::uint32_t>());
  }
  for (const json& sign : o.at("noise")) {
    if (sign != 1 && sign != -1) o.fail("noise", "entries 1 and -1");
    c.noise.push_back(static_cast<std::int8_t>(sign.get<int>()));
  }
  const std::size_t needed = c.algorithm == "label-noise-sgd" ? static_cast<std::size_t>(c.steps) : 0;
  if (c.samples.size() != needed) o.fail("samples", "one entry for each step of label-noise-sgd, else none");
  if (c.noise.size() != needed) o.fail("noise", "one entry for each step of label-noise-sgd, else none");
}

Hypothesis read_hypothesis(const Object& o) {
  Hypothesis h;
  h.name = o.text("name");
  h.detail = o.text("detail");
  if (!o.at("own").is_boolean()) o.fail("own", "true or false");
  h.own = o.at("own").get<bool>();
  const json& holds = o.at("holds");
  if (!holds.is_boolean() && !holds.is_null()) o.fail("holds", "true, false or null");
  h.holds = holds.is_null() ? Truth::unknown : numeric::truth(holds.get<bool>());
  if (const auto margin = o.at("margin").is_string() ? numeric::parse_exact(o.text("margin")) : std::nullopt)
    h.margin = Ball::from(*margin);
  return h;
}

}  // namespace

StoredCase parse_case(const std::string& text, const std::string& path) {
  json parsed;
  try {
    parsed = json::parse(text);
  } catch (const json::exception& error) {
    throw InputError(path, "", "valid JSON (" + config::printable(error.what(), 160) + ")");
  }
  const Object root(parsed, path, "",
                    {"format", "claim", "values", "hash", "violation", "hypotheses", "lineage"});
  if (root.text("format") != "escapement-case/1") root.fail("format", "\"escapement-case/1\"");
  StoredCase s;
  const Object claim(root.at("claim"), path, "claim.", {"id", "clause", "reading", "constant", "text"});
  s.values.claim = claim.text("id");
  s.values.clause = claim.text("clause");
  s.values.reading = claim.text("reading");
  s.values.constant = claim.exact("constant");
  s.text = claim.text("text");
  read_values(Object(root.at("values"), path, "values.",
                     {"algorithm", "eta", "sigma", "steps", "theta_star", "X", "W0", "a0", "samples", "noise",
                      "input_copies", "neuron_copies", "box"}),
              s.values);
  if (root.text("hash") != content_hash(s.values))
    throw InputError(path, "hash", "that of the values, " + content_hash(s.values), root.text("hash"));
  const Object found(root.at("violation"), path, "violation.",
                     {"rung", "bits", "left", "right", "margin", "degenerate", "probability", "engine"});
  const auto rung = rung_of(found.text("rung"));
  if (!rung) found.fail("rung", "none, suspect, stable or certified");
  s.rung = *rung;
  s.bits = static_cast<long>(found.count("bits", 1'000'000));
  s.left = found.text("left");
  s.right = found.text("right");
  s.margin = found.text("margin");
  s.degenerate = found.text("degenerate");
  s.probability = found.text("probability");
  s.engine = found.text("engine");
  if (!root.at("hypotheses").is_array()) root.fail("hypotheses", "an array");
  for (const json& h : root.at("hypotheses"))
    s.hypotheses.push_back(
        read_hypothesis(Object(h, path, "hypotheses.", {"name", "own", "holds", "margin", "detail"})));
  const Object lineage(root.at("lineage"), path, "lineage.", {"kind", "seed", "parent", "round", "shrinks"});
  s.lineage = {lineage.text("kind"), lineage.text("seed"), lineage.text("parent"),
               lineage.count("round", ~std::uint64_t{0}), lineage.count("shrinks", ~std::uint64_t{0})};
  return s;
}

StoredCase read_case(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error))
    throw InputError(file.string(), "", "a file that can be read");
  if (std::filesystem::file_size(file, error) > kMostBytes)
    throw InputError(file.string(), "", "a file of at most 16 MiB");
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in.is_open() || in.bad()) throw InputError(file.string(), "", "a file that can be read");
  return parse_case(text, file.string());
}

}  // namespace escapement::hunt
