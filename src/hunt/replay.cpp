#include "escapement/hunt/replay.h"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "escapement/config/input_error.h"
#include "escapement/hunt/hypotheses.h"
#include "escapement/numeric/precision.h"

namespace escapement::hunt {

using config::InputError;

std::string to_string(Replay outcome) {
  static constexpr std::array<const char*, 5> kNames{"reproduced", "not reproduced", "undecided", "stale",
                                                     "unknown claim"};
  return kNames[static_cast<std::size_t>(outcome)];
}

Arithmetic parse_arithmetic(const std::string& text) {
  if (text == "double") return {Arithmetic::Kind::double_precision, numeric::kDoubleBits};
  std::string_view rest = text;
  Arithmetic result{Arithmetic::Kind::mpfr, 0};
  constexpr std::string_view kCertified = "certified";
  if (rest.substr(0, kCertified.size()) == kCertified) {
    result.kind = Arithmetic::Kind::certified;
    rest.remove_prefix(kCertified.size());
    if (rest.empty()) return result;
    rest.remove_prefix(rest.front() == ':' ? 1 : 0);
  }
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), result.bits);
  if (error != std::errc() || end != rest.data() + rest.size() || result.bits < numeric::kDoubleBits ||
      result.bits > numeric::kMaxBits)
    throw InputError("command line", "--precision",
                     fmt::format("double, BITS or certified[:BITS], from {} to {} bits", numeric::kDoubleBits,
                                 numeric::kMaxBits),
                     text);
  return result;
}

Replayed replay(const std::vector<Target>& targets, const StoredCase& stored, const Arithmetic& arithmetic) {
  Replayed result;
  const Case& c = stored.values;
  const Target* target = target_of(targets, c);
  if (target == nullptr) {
    result.outcome = Replay::unknown_claim;
    result.detail = fmt::format("there is no claim {} {} {}", c.claim, c.clause, c.reading);
    return result;
  }
  if (target->text != stored.text) {
    result.outcome = Replay::stale;
    result.detail =
        fmt::format("the claim is now '{}', the case was stored against '{}'", target->text, stored.text);
    return result;
  }
  if (target->algorithm != c.algorithm) {
    result.outcome = Replay::not_reproduced;
    result.detail = fmt::format("the claim is about {}, the case runs {}", target->algorithm, c.algorithm);
    return result;
  }
  for (const Hypothesis& h : target->hypotheses(c)) {
    if (h.holds == Truth::yes) continue;
    result.outcome = Replay::not_reproduced;
    result.detail = fmt::format("the statement's own hypothesis {} does not hold: {}", h.name, h.detail);
    return result;
  }
  if (target->start == Start::likely && c.box == 0) {
    result.outcome = Replay::undecided;
    result.detail = "the claim is about most starts: a single one decides nothing, a box of starts does";
    return result;
  }
  switch (arithmetic.kind) {
    case Arithmetic::Kind::double_precision:
      result.reading = read_double(*target, c);
      result.bits = arithmetic.bits;
      break;
    case Arithmetic::Kind::mpfr:
      result.reading = read_mp(*target, c, arithmetic.bits);
      result.bits = arithmetic.bits;
      break;
    case Arithmetic::Kind::certified: {
      const long most = arithmetic.bits == 0 ? kMostBits : arithmetic.bits;
      for (result.bits = std::min(kFirstBits, most);; result.bits = std::min(2 * result.bits, most)) {
        result.reading = read_ball(*target, c, result.bits);
        if (result.reading.violated != Truth::unknown || result.bits == most) break;
      }
      break;
    }
  }
  if (!result.reading.margin)
    result.detail = "nothing is decided: a value overflows, or its enclosure is too wide";
  result.outcome = result.reading.violated == Truth::yes  ? Replay::reproduced
                   : result.reading.violated == Truth::no ? Replay::not_reproduced
                                                          : Replay::undecided;
  return result;
}

StoredCase case_of_instance(const model::InstanceFile& file, const Target& target, const Exact& constant) {
  StoredCase stored;
  Case& c = stored.values;
  c.claim = target.id;
  c.clause = target.clause;
  c.reading = target.reading;
  c.constant = target.constant ? constant : Exact(1);
  stored.text = target.text;
  std::string batch;
  for (const config::Setting& s : file.settings) {
    const auto number = numeric::parse_exact(s.value);
    if (s.key == "algorithm") c.algorithm = s.value;
    if (s.key == "eta" && number) c.eta = *number;
    if (s.key == "sigma" && number) c.sigma = *number;
    if (s.key == "steps" && number) c.steps = static_cast<std::uint64_t>(numerator(*number));
    if (s.key == "batch") batch = s.value;
    const bool extra = s.key == "schedule" || s.key == "rho" || s.key == "amplitude" ||
                       (s.key == "loss" && s.value != "half-square");
    if (extra) throw InputError(file.path, s.key, "no such key where a claim is asked", s.value);
  }
  if (c.algorithm != "label-noise-sgd" && c.algorithm != "gradient-descent")
    throw InputError(file.path, "algorithm.name",
                     "label-noise-sgd or gradient-descent where a claim is asked", c.algorithm);
  if (c.algorithm == "label-noise-sgd" && !batch.empty() && batch != "1")
    throw InputError(file.path, "batch", "1 where a claim is asked", batch);
  c.theta_star = file.theta_star;
  c.inputs = file.inputs;
  c.rows = file.start.rows;
  if (c.algorithm == "label-noise-sgd") {
    c.samples = file.driving.samples;
    c.noise = file.driving.signs;
    if (c.samples.size() < c.steps || c.noise.size() < c.steps)
      throw InputError(file.path, "samples", "an entry of samples and of noise for each step");
    c.samples.resize(c.steps);
    c.noise.resize(c.steps);
  }
  if (target.start == Start::chain)
    throw InputError("command line", "--claim",
                     "a claim about a given start, which " + target.name() + " is not");
  return stored;
}

}  // namespace escapement::hunt
