// Config: what to run, in exact values, with the place that each value came from. No numerics here.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "escapement/config/input_error.h"
#include "escapement/config/schedules.h"
#include "escapement/numeric/exact.h"

namespace escapement::config {

using numeric::BigInt;
using numeric::Exact;

inline constexpr std::size_t kMaxDimension = 4096;
inline constexpr std::size_t kMaxSamples = 10'000'000;
inline constexpr std::uint64_t kMaxBatch = 1'000'000;
inline constexpr std::uint64_t kMaxWatched = 1'000'000;

enum class Algorithm {
  label_noise_sgd,
  sgd,  // no label noise
  label_noise_gd,
  gradient_descent,
  sam,                      // with label noise where sigma > 0
  oscillation,              // the three-state chain of Lemma 4.4
  second_layer_oscillation  // the same chain around a_i(0)
};
enum class Loss { half_square, square };      // (1/2) r^2, r^2
enum class NoiseLaw { two_point, gaussian };  // +-sigma, N(0, sigma^2)
enum class Population {
  sample,
  fresh,
  gaussian
};  // n inputs kept; new inputs each step; the exact expectation
enum class StateKind { automatic, direct, width_free };

struct Batch {
  bool full = false;
  std::uint64_t size = 1;  // drawn with replacement; means nothing where full
  bool operator==(const Batch&) const = default;
};

struct Init {
  enum class Kind {
    ntk,
    balanced,
    chain
  };  // chain: Lemma 4.4's, w_i as ntk and a_i in {-amplitude, 0, amplitude}
  Kind kind = Kind::ntk;
  Exact factor = 1;  // > 0, multiplies the whole start; 1 for chain
  bool operator==(const Init&) const = default;
};

struct PrecisionChoice {
  enum class Kind { binary64, multiple, certified };  // double, Mp, Ball
  Kind kind = Kind::binary64;
  long bits = 53;          // 2..1000000; 0: auto, until load() has chosen (precision_advice.h)
  bool only_mpfr = false;  // multiple: not in words of doubles, even where these would do (engine/word_run.h)
  bool operator==(const PrecisionChoice&) const = default;
};

struct Config {
  Algorithm algorithm = Algorithm::label_noise_sgd;
  std::size_t d = 20;
  BigInt m = 1000;
  Population population = Population::sample;
  std::size_t n = 200;   // 0 unless population is sample
  Exact eta{1, 1000};    // > 0
  Exact sigma = 4;       // >= 0
  Exact theta_norm = 1;  // >= 0, |theta*|
  std::uint64_t steps = 400'000;
  Batch batch;
  Loss loss = Loss::half_square;
  NoiseLaw noise = NoiseLaw::two_point;
  NoiseSchedule schedule;
  Exact rho{1, 10};                // >= 0, SAM's radius
  std::optional<Exact> amplitude;  // > 0, of the oscillation; none: eta^(1/4)
  Init init;
  StepSchedule record = StepSchedule::every(1000);
  StepSchedule snapshots;
  std::uint64_t watch =
      0;  // this many first neurons are followed step by step; all of them where m is smaller
  StateKind state = StateKind::automatic;
  std::uint32_t replicas = 1;
  std::uint32_t replica = 0;  // the first one's index; replica + replicas <= 2^32
  std::uint64_t seed = 1;
  PrecisionChoice precision;

  std::map<std::string, std::string, std::less<>> sources;  // key -> place, for the keys that something set

  // The place that set `key`: a file with line, `--set`, `preset NAME`, ..., or `default`.
  std::string source_of(std::string_view key) const;
  bool is_set(std::string_view key) const { return sources.find(key) != sources.end(); }
};

// True for the rules that use all n samples at every step.
bool is_full_batch(Algorithm algorithm);
// True for the two rules that move the second layer by themselves.
bool is_oscillation(Algorithm algorithm);

using Entry = std::pair<std::string, std::string>;  // key, exact value

// Every key in the order of the table with its canonical value: given back to load(), they make the same Config.
std::vector<Entry> canonical_entries(const Config& config);
// One of them. `key` must be in the table.
std::string value_of(const Config& config, std::string_view key);

// 16 hexadecimal digits that identify the values of a Config (FNV-1a over the canonical entries), whatever set them;
// the keys in `without` do not count. Stable across versions as long as the keys are.
std::string fingerprint(const Config& config, const std::vector<std::string>& without = {});

}  // namespace escapement::config
