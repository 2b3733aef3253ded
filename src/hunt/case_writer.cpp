#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "escapement/config/input_error.h"
#include "escapement/hunt/case_file.h"
#include "escapement/hunt/engine_opinion.h"
#include "escapement/hunt/hypotheses.h"
#include "escapement/hunt/start_law.h"
#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/checksum.h"
#include "escapement/numeric/precision.h"

namespace escapement::hunt {

namespace {

std::string quoted(const std::string& text) {
  using nlohmann::json;
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}
std::string quoted(const Exact& x) { return quoted(numeric::to_string(x)); }
std::string quoted(const BigInt& n) { return quoted(numeric::to_string(Exact(n))); }

template <class List, class Print>
std::string array(const List& list, Print&& print) {
  std::string text;
  for (const auto& x : list) text += (text.empty() ? "" : ", ") + print(x);
  return "[" + text + "]";
}
std::string numbers(const std::vector<Exact>& list) {
  return array(list, [](const Exact& x) { return quoted(x); });
}

struct Object {
  std::string text, indent;
  explicit Object(std::string by) : indent(std::move(by)) {}
  Object& add(const char* key, const std::string& value) {
    text += fmt::format("{}{}\"{}\": {}", text.empty() ? "{\n" : ",\n", indent, key, value);
    return *this;
  }
  std::string close() const { return text + "\n" + indent.substr(1) + "}"; }
};

// The values that make the case, one spelling each: what the hash is of.
std::string values_text(const Case& c, const std::string& indent) {
  Object o(indent);
  const auto integer = [](auto x) { return std::to_string(x); };
  std::vector<std::vector<Exact>> first;
  std::vector<Exact> second;
  for (const auto& row : c.rows) {
    first.emplace_back(row.begin(), row.end() - 1);
    second.push_back(row.back());
  }
  o.add("algorithm", quoted(c.algorithm)).add("eta", quoted(c.eta)).add("sigma", quoted(c.sigma));
  o.add("steps", integer(c.steps)).add("theta_star", numbers(c.theta_star));
  o.add("X", array(c.inputs, numbers)).add("W0", array(first, numbers)).add("a0", numbers(second));
  o.add("samples", array(c.samples, integer)).add("noise", array(c.noise, integer));
  const auto whole = [](const BigInt& n) { return quoted(n); };
  if (!c.input_copies.empty()) o.add("input_copies", array(c.input_copies, whole));
  if (!c.row_copies.empty()) o.add("neuron_copies", array(c.row_copies, whole));
  if (c.box != 0) o.add("box", quoted(c.box));
  return o.close();
}

std::string with_radius(const Ball& x) {
  constexpr int kDigits = 20;
  const std::string radius = x.radius_string();
  return x.mid_string(kDigits) + (radius == "0" ? "" : " +/- " + radius);
}

}  // namespace

std::string content_hash(const Case& c) {
  const std::string text = c.claim + '\n' + c.clause + '\n' + c.reading + '\n' +
                           numeric::to_string(c.constant) + '\n' + values_text(c, "  ");
  return numeric::checksum(text);
}

std::string file_name(const Case& c) {
  return fmt::format("{}-{}{}-{}.case.json", c.claim, c.clause.empty() ? "" : c.clause + "-", c.reading,
                     content_hash(c));
}

StoredCase describe(const Target& target, const Case& c, const Confirmation& confirmation,
                    const theory::ConditionInputs& inputs, Lineage lineage) {
  StoredCase s;
  s.values = c;
  s.text = target.text;
  s.rung = confirmation.rung;
  s.degenerate = target.degenerate(c);
  s.bits = confirmation.bits;
  s.left = with_radius(confirmation.reading.left);
  s.right = with_radius(confirmation.reading.right);
  if (confirmation.reading.margin) s.margin = with_radius(*confirmation.reading.margin);
  s.hypotheses = target.hypotheses(c);
  for (Hypothesis& h : condition_one(target, c, inputs)) s.hypotheses.push_back(std::move(h));
  if (target.start == Start::likely && c.box != 0) {
    const numeric::WorkingPrecision precision(kFirstBits);
    s.probability = numeric::decimal(box_probability(c), 6);
  }
  s.engine = engine_opinion(c);
  s.lineage = std::move(lineage);
  return s;
}

std::string to_json(const StoredCase& s) {
  const Case& c = s.values;
  Object claim("  ");
  claim.add("id", quoted(c.claim)).add("clause", quoted(c.clause)).add("reading", quoted(c.reading));
  claim.add("constant", quoted(c.constant)).add("text", quoted(s.text));
  Object found("  ");
  found.add("rung", quoted(to_string(s.rung))).add("bits", std::to_string(s.bits));
  found.add("left", quoted(s.left)).add("right", quoted(s.right)).add("margin", quoted(s.margin));
  found.add("degenerate", quoted(s.degenerate)).add("probability", quoted(s.probability));
  found.add("engine", quoted(s.engine));
  Object lineage("  ");
  lineage.add("kind", quoted(s.lineage.kind)).add("seed", quoted(s.lineage.seed));
  lineage.add("parent", quoted(s.lineage.parent)).add("round", std::to_string(s.lineage.round));
  lineage.add("shrinks", std::to_string(s.lineage.shrinks));
  const auto hypothesis = [](const Hypothesis& h) {
    return fmt::format("\n  {{\"name\": {}, \"own\": {}, \"holds\": {}, \"margin\": {}, \"detail\": {}}}",
                       quoted(h.name), h.own,
                       h.holds == Truth::unknown ? "null"
                       : h.holds == Truth::yes   ? "true"
                                                 : "false",
                       h.margin ? quoted(h.margin->mid_string(6)) : "null", quoted(h.detail));
  };
  Object root(" ");
  root.add("format", "\"escapement-case/1\"").add("claim", claim.close());
  root.add("values", values_text(c, "  ")).add("hash", quoted(content_hash(c)));
  root.add("violation", found.close()).add("hypotheses", array(s.hypotheses, hypothesis));
  root.add("lineage", lineage.close());
  return root.close() + "\n";
}

void write_atomically(const std::filesystem::path& file, const std::string& text) {
  const std::filesystem::path temporary =
      file.parent_path() / fmt::format(".{}.{}.tmp", file.filename().string(), ::getpid());
  errno = 0;
  std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  std::error_code error;
  if (out) std::filesystem::rename(temporary, file, error);
  if (out && !error) return;
  const std::string reason = error ? error.message() : std::strerror(errno);
  std::filesystem::remove(temporary, error);
  throw config::InputError(file.string(), "", "a place to write to (" + reason + ")");
}

std::filesystem::path write_case(const std::filesystem::path& directory, const StoredCase& stored) {
  const std::filesystem::path file = directory / file_name(stored.values);
  check_replaceable(file, "escapement-case/1");
  write_atomically(file, to_json(stored));
  return file;
}

std::string instance_text(const Case& c) {
  Object o(" ");
  const auto integer = [](auto x) { return std::to_string(x); };
  std::vector<std::vector<Exact>> first;
  std::vector<Exact> second;
  for (const auto& row : c.rows) {
    first.emplace_back(row.begin(), row.end() - 1);
    second.push_back(row.back());
  }
  o.add("format", "\"escapement-instance/1\"").add("name", quoted(c.claim + " " + content_hash(c)));
  o.add("d", integer(c.d())).add("m", integer(c.rows.size())).add("n", integer(c.inputs.size()));
  o.add("eta", quoted(c.eta)).add("sigma", quoted(c.sigma)).add("steps", integer(c.steps));
  o.add("algorithm", fmt::format("{{\"name\": {}}}", quoted(c.algorithm)));
  if (c.algorithm == "label-noise-sgd") {
    o.add("batch", "1");
    o.add("samples", array(c.samples, integer)).add("noise", array(c.noise, integer));
  }
  o.add("theta_star", numbers(c.theta_star)).add("X", array(c.inputs, numbers));
  o.add("W0", array(first, numbers)).add("a0", numbers(second));
  return o.close() + "\n";
}

}  // namespace escapement::hunt
