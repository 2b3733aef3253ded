#include "escapement/config/keys.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "escapement/config/key_makers.h"
#include "escapement/config/scan.h"
#include "escapement/config/values.h"

namespace escapement::config {

namespace {

constexpr std::array<Named<Algorithm>, 8> kAlgorithms{
    {{"label-noise-sgd", Algorithm::label_noise_sgd},
     {"sgd", Algorithm::sgd},
     {"label-noise-gd", Algorithm::label_noise_gd},
     {"gradient-descent", Algorithm::gradient_descent},
     {"gd", Algorithm::gradient_descent},
     {"sam", Algorithm::sam},
     {"oscillation", Algorithm::oscillation},
     {"second-layer-oscillation", Algorithm::second_layer_oscillation}}};
constexpr std::array<Named<Loss>, 2> kLosses{{{"half-square", Loss::half_square}, {"square", Loss::square}}};
constexpr std::array<Named<NoiseLaw>, 2> kNoiseLaws{
    {{"two-point", NoiseLaw::two_point}, {"gaussian", NoiseLaw::gaussian}}};
constexpr std::array<Named<StateKind>, 3> kStates{
    {{"auto", StateKind::automatic}, {"direct", StateKind::direct}, {"width-free", StateKind::width_free}}};

constexpr std::uint64_t kMost32 = 0xFFFFFFFFu;
constexpr std::uint64_t kMost64 = std::numeric_limits<std::uint64_t>::max();

std::vector<Key> make_table() {
  using K = KeyKind;
  const std::string steps_grammar = fmt::format(
      "none, every:K, log:K (K <= {} points a decade) or at:[t1,t2,...]", StepSchedule::kMaxPerDecade);
  return {
      choice_key<&Config::algorithm, kAlgorithms>("algorithm",
                                                  "update rule; oscillation is the chain of Lemma 4.4"),
      integer_key<&Config::d, 1, kMaxDimension>("d", "input dimension"),
      {"m", "width: number of neurons", "an integer >= 1", K::integer, parse_width, print_width},
      {"n", "training inputs; fresh draws new ones each step, population takes the exact expectation",
       fmt::format("an integer from 1 to {}, fresh or population", kMaxSamples), K::integer, parse_samples,
       print_samples},
      real_key<&Config::eta, false>("eta", "step size"),
      real_key<&Config::sigma, true>("sigma", "label noise: +-sigma, or its standard deviation"),
      real_key<&Config::theta_norm, true>("theta_norm", "length of theta*"),
      integer_key<&Config::steps, 0, kStepLimit - 1>("steps", "steps to take"),
      {"batch", "samples a step, drawn with replacement; full-batch rules take full",
       fmt::format("an integer from 1 to {} or full", kMaxBatch), K::integer, parse_batch, print_batch},
      choice_key<&Config::loss, kLosses>("loss", "r^2/2 or r^2 of the residual r"),
      choice_key<&Config::noise, kNoiseLaws>("noise", "law of the label noise"),
      schedule_key<&Config::schedule>("schedule",
                                      "label noise on, off, or on for P steps and off for Q in turn",
                                      "on, off or periodic:P:Q with integers P, Q >= 1"),
      real_key<&Config::rho, true>("rho", "radius of sam"),
      {"amplitude", "of the oscillations; auto is eta^(1/4)", "a positive number or auto", K::real,
       parse_amplitude, print_amplitude},
      {"init", "start, scaled by FACTOR; chain, Lemma 4.4's, is the default of oscillation",
       "ntk, ntk:FACTOR, balanced, balanced:FACTOR (FACTOR > 0) or chain", K::other, parse_init, print_init},
      schedule_key<&Config::record>("record", "steps whose observables are recorded", steps_grammar),
      schedule_key<&Config::snapshots>("snapshots", "steps at which every neuron is written", steps_grammar),
      integer_key<&Config::watch, 0, kMaxWatched>("watch", "so many first neurons are followed step by step"),
      choice_key<&Config::state, kStates>("state",
                                          "representation: (W, a) itself, or one that does not grow with m"),
      integer_key<&Config::replicas, 1, kMost32>("replicas", "independent runs"),
      integer_key<&Config::replica, 0, kMost32>("replica", "index of the first run"),
      integer_key<&Config::seed, 0, kMost64>("seed", "of every random number"),
      {"precision",
       "arithmetic: double, BITS or mpfr:BITS (auto: as many as eta needs), or enclosures (256 BITS unless "
       "said)",
       "double, auto, BITS, mpfr:BITS, certified or certified:BITS with BITS from 2 to 1000000", K::other,
       parse_precision, print_precision},
  };
}

// The key that was probably meant, or nothing.
std::string nearest_key(std::string_view name) {
  constexpr std::size_t kLongest = 40;
  if (name.size() > kLongest) return {};
  std::string lower(name);
  for (char& c : lower) c = c == '-' ? '_' : (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  const Key* best = nullptr;
  std::size_t fewest = 0;
  for (const Key& key : keys()) {
    // `algo` and `batch_size` are near whatever the number of edits.
    const bool contains = lower.size() >= 3 &&
                          (key.name.find(lower) == 0 || (key.name.size() >= 3 && lower.find(key.name) == 0));
    const std::size_t edits = contains ? 1 : edit_distance(lower, key.name);
    if (best == nullptr || edits < fewest) {
      best = &key;
      fewest = edits;
    }
  }
  const std::size_t shorter = std::min(lower.size(), best->name.size());
  const bool near = fewest < shorter && fewest <= std::max<std::size_t>(1, shorter / 3);
  return near ? best->name : std::string();
}

}  // namespace

const std::vector<Key>& keys() {
  static const std::vector<Key> table = make_table();
  return table;
}

const Key& find_key(std::string_view name, const std::string& where) {
  for (const Key& key : keys())
    if (key.name == name) return key;
  std::string expected = "a configuration key";
  if (const std::string near = nearest_key(name); !near.empty()) {
    expected += fmt::format("; the nearest is '{}'", near);
  } else {
    expected += ", one of";
    for (const Key& key : keys()) expected += (&key == &keys().front() ? " " : ", ") + key.name;
  }
  throw InputError(where, std::string(name), expected);
}

void apply(Config& config, std::string_view key, std::string_view value, const std::string& where) {
  const Key& row = find_key(key, where);
  if (!row.parse(value, config)) throw InputError(where, row.name, row.expected, std::string(value));
  config.sources.insert_or_assign(row.name, where);
}

std::string key_help() {
  const Config defaults;
  std::string text;
  for (const Key& key : keys()) {
    text += fmt::format("  {:<10} {} [{}]\n", key.name, key.doc, key.print(defaults));
    text += fmt::format("  {:<10} {}\n", "", key.expected);
  }
  return text;
}

}  // namespace escapement::config
