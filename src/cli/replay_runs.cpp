#include "escapement/cli/replay_runs.h"

#include <random>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "escapement/cli/chance_report.h"
#include "escapement/config/input_error.h"

namespace escapement::cli {

using config::PrecisionChoice;
using nlohmann::ordered_json;

PrecisionChoice precision_of_runs(const std::optional<std::string>& text) {
  if (!text) return {};
  const hunt::Arithmetic arithmetic = hunt::parse_arithmetic(*text);
  constexpr long kEnclosedBits = 128;
  switch (arithmetic.kind) {
    case hunt::Arithmetic::Kind::double_precision: return {};
    case hunt::Arithmetic::Kind::mpfr: return {PrecisionChoice::Kind::multiple, arithmetic.bits, false};
    case hunt::Arithmetic::Kind::certified: break;
  }
  return {PrecisionChoice::Kind::certified, arithmetic.bits == 0 ? kEnclosedBits : arithmetic.bits, false};
}

std::optional<std::uint64_t> new_seed_of(const std::optional<std::string>& seed, bool fresh) {
  if (seed) {
    const auto value = numeric::parse_integer(*seed);
    if (!value || *value < 0 || *value > ~std::uint64_t{0})
      throw config::InputError("command line", "--seed", "an integer from 0 to 2^64 - 1", *seed);
    return static_cast<std::uint64_t>(*value);
  }
  if (!fresh) return std::nullopt;
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

std::string runs_answer_text(const std::filesystem::path& file, const hunt::StoredChance& s,
                             const hunt::ChanceReplay& r) {
  using hunt::Replay;
  std::string text = fmt::format("{}: {}\n", file.string(), to_string(r.outcome));
  if (!r.detail.empty()) text += fmt::format("    {}\n", r.detail);
  if (r.outcome == Replay::stale || r.outcome == Replay::unknown_claim) return text;
  text += fmt::format("    {}\n{}", s.text, chance_text(s));
  if (r.sample.trials == 0) return text;
  return text + fmt::format("    now: {} of {} runs fail{}, e-value 10^{:.2f}, seed {} from replica {}\n",
                            r.sample.failures, r.sample.trials,
                            r.sample.ambiguous > 0 ? fmt::format(" ({} undecided)", r.sample.ambiguous) : "",
                            r.sample.log10_e_violated, r.streams.seed, r.streams.replica);
}

ordered_json runs_answer_json(const std::filesystem::path& file, const hunt::StoredChance& s,
                              const hunt::ChanceReplay& r) {
  return {{"case", file.string()},
          {"statement", s.values.claim},
          {"clause", s.values.clause},
          {"reading", s.values.reading},
          {"outcome", to_string(r.outcome)},
          {"detail", r.detail},
          {"bound", s.test.bound},
          {"alpha", s.test.alpha},
          {"seed", std::to_string(r.streams.seed)},
          {"replica", r.streams.replica},
          {"trials", r.sample.trials},
          {"failures", r.sample.failures},
          {"ambiguous", r.sample.ambiguous},
          {"log10_e", r.sample.log10_e_violated}};
}

}  // namespace escapement::cli
