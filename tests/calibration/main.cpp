// Asks questions whose answers are known, over many fixed seeds, and counts wrong decisions: `./dev calibrate`.
//   calibrate [SEEDS] [--short] [--only TEXT] [--threads N]
// Exit status: 0 every family keeps its promise, 1 one does not, 2 bad arguments.
#include <charconv>
#include <cstdio>
#include <cstring>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "escapement/engine/parallel.h"
#include "escapement/stats/intervals.h"

#include "calibration/family.h"

namespace {

using namespace escapement;
using calibration::Family;

constexpr std::uint32_t kSeeds = 1000, kShortSeeds = 120;

struct Arguments {
  std::optional<std::uint32_t> seeds;
  bool brief = false;
  std::string only;
  std::uint32_t threads = std::max(1u, std::thread::hardware_concurrency());
};

std::optional<std::uint32_t> positive(const char* text) {
  std::uint32_t value = 0;
  const char* end = text + std::strlen(text);
  const auto [last, error] = std::from_chars(text, end, value);
  return error == std::errc() && last == end && value > 0 ? std::optional(value) : std::nullopt;
}

std::optional<Arguments> arguments_of(int argc, char** argv) {
  Arguments result;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const char* next = i + 1 < argc ? argv[i + 1] : "";
    if (argument == "--short") {
      result.brief = true;
    } else if (argument == "--only" && *next != '\0') {
      result.only = argv[++i];
    } else if (argument == "--threads" && positive(next)) {
      result.threads = *positive(argv[++i]);
    } else if (const auto seeds = positive(argv[i]); seeds && !result.seeds) {
      result.seeds = seeds;
    } else {
      fmt::print(stderr, "calibrate: expected [SEEDS] [--short] [--only TEXT] [--threads N], found '{}'\n",
                 argument);
      return std::nullopt;
    }
  }
  return result;
}

calibration::Count run(const Family& family, std::uint32_t seeds, std::uint32_t threads) {
  const std::uint32_t asked = family.cases > 0 ? family.cases : seeds;
  std::vector<theory::Outcome> outcomes(asked);
  // Seeds from 1; cases from 0.
  const std::uint32_t first = family.cases > 0 ? 0 : 1;
  engine::for_each_piece(threads, asked, [&](std::uint32_t i) { outcomes[i] = family.decide(first + i); });
  return calibration::count(family, outcomes);
}

std::string truth_text(calibration::Truth truth) {
  switch (truth) {
    case calibration::Truth::holds: return "holds";
    case calibration::Truth::violated: return "violated";
    case calibration::Truth::border: return "border";
    case calibration::Truth::vacuous: return "vacuous";
    case calibration::Truth::claims: return "not vacuous";
    case calibration::Truth::bounded: return "bounded";
    case calibration::Truth::growing: return "growing";
  }
  return "";
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Arguments> arguments = arguments_of(argc, argv);
  if (!arguments) return 2;
  const std::uint32_t seeds = arguments->seeds.value_or(arguments->brief ? kShortSeeds : kSeeds);
  if (stats::clopper_pearson(seeds, 0, 2 * (1 - calibration::kConfidence)).high > calibration::kAlpha) {
    fmt::print(stderr,
               "calibrate: expected enough seeds for a bound of {} with no wrong decision, found {}\n",
               calibration::kAlpha, seeds);
    return 2;
  }
  std::vector<Family> families = calibration::sampled_families();
  for (const auto& more : {calibration::law_families(), calibration::statistics_families()})
    families.insert(families.end(), more.begin(), more.end());
  fmt::print("| family | truth | q/p | asked | decided | wrong | 99% bound | power | at least | ok |\n");
  fmt::print("|---|---|---|---|---|---|---|---|---|---|\n");
  std::uint32_t counted = 0, failed = 0;
  for (const Family& family : families) {
    if (arguments->brief && !family.brief) continue;
    if (family.name.find(arguments->only) == std::string::npos) continue;
    const calibration::Count c = run(family, seeds, arguments->threads);
    const bool border = family.truth == calibration::Truth::border;
    const std::string fact = truth_text(family.truth) + (family.fact.empty() ? "" : ", " + family.fact);
    fmt::print("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", family.name, fact,
               family.ratio > 0 ? fmt::format("{:.3f}", family.ratio) : "", c.asked, c.decided, c.wrong,
               family.cases > 0 ? "none allowed" : fmt::format("{:.4f}", c.upper),
               border ? "" : fmt::format("{:.3f}", c.power()),
               border ? "" : fmt::format("{}", family.minimum_power), c.ok ? "yes" : "NO");
    std::fflush(stdout);
    ++counted;
    failed += c.ok ? 0 : 1;
  }
  fmt::print("\n{} families, {} seeds where seeds matter, alpha = {}: {}\n", counted, seeds,
             calibration::kAlpha,
             failed == 0 ? "every one keeps its promise" : fmt::format("{} do not keep theirs", failed));
  return failed == 0 && counted > 0 ? 0 : 1;
}
