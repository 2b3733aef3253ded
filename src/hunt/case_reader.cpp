#include <nlohmann/json.hpp>

#include "escapement/config/input_error.h"
#include "escapement/hunt/case_file.h"
#include "escapement/hunt/stored_object.h"

namespace escapement::hunt {

using config::InputError;
using nlohmann::json;

namespace {

constexpr std::uint64_t kMostCaseSteps = 1'000'000;

void read_values(const StoredObject& o, Case& c) {
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

}  // namespace

StoredCase parse_case(const std::string& text, const std::string& path) {
  const json parsed = parse_stored(text, path);
  const StoredObject root(parsed, path, "",
                          {"format", "claim", "values", "hash", "violation", "hypotheses", "lineage"});
  if (root.text("format") != "escapement-case/1") root.fail("format", "\"escapement-case/1\"");
  StoredCase s;
  const StoredObject claim(root.at("claim"), path, "claim.", {"id", "clause", "reading", "constant", "text"});
  s.values.claim = claim.text("id");
  s.values.clause = claim.text("clause");
  s.values.reading = claim.text("reading");
  s.values.constant = claim.exact("constant");
  s.text = claim.text("text");
  read_values(StoredObject(root.at("values"), path, "values.",
                           {"algorithm", "eta", "sigma", "steps", "theta_star", "X", "W0", "a0", "samples",
                            "noise", "input_copies", "neuron_copies", "box"}),
              s.values);
  if (root.text("hash") != content_hash(s.values))
    throw InputError(path, "hash", "that of the values, " + content_hash(s.values), root.text("hash"));
  const StoredObject found(
      root.at("violation"), path, "violation.",
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
  s.hypotheses = read_hypotheses(root, path);
  s.lineage = read_lineage(root, path);
  return s;
}

StoredCase read_case(const std::filesystem::path& file) {
  return parse_case(text_of_file(file), file.string());
}

}  // namespace escapement::hunt
