// Asks questions whose answers are known, over many fixed seeds, and counts wrong decisions: `./dev calibrate`.
//   calibrate [SEEDS] [--short] [--only TEXT] [--threads N]
// Exit status: 0 every family keeps its promise, 1 one does not, 2 bad arguments.
#include <algorithm>
#include <charconv>
#include <cmath>
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
using calibration::Experiment;
using calibration::Family;

constexpr std::uint32_t kSeeds = 250, kShortSeeds = 240;

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

// The outcomes of an experiment, family by family.
std::vector<std::vector<theory::Outcome>> run(const Experiment& experiment, std::uint32_t seeds,
                                              std::uint32_t threads) {
  const auto asked = experiment.cases > 0 ? experiment.cases
                                          : static_cast<std::uint32_t>(std::ceil(seeds * experiment.share));
  std::vector<std::vector<theory::Outcome>> answered(asked);
  engine::for_each_piece(threads, asked, [&](std::uint32_t i) { answered[i] = experiment.ask(i); });
  std::vector<std::vector<theory::Outcome>> outcomes(experiment.families.size());
  for (const auto& answers : answered)
    for (std::size_t f = 0; f < outcomes.size(); ++f) outcomes[f].push_back(answers[f]);
  return outcomes;
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
  calibration::Catalogue catalogue;
  calibration::add_sampled_rows(catalogue);
  calibration::add_laws(catalogue);
  calibration::add_statistics(catalogue);
  const auto chosen = [&](const Family& f) {
    return (f.brief || !arguments->brief) && f.name.find(arguments->only) != std::string::npos;
  };
  std::vector<std::vector<theory::Outcome>> outcomes(catalogue.families.size());
  std::vector<std::string> beyond(
      catalogue.families.size());  // a configuration that is worse than its family
  for (const Experiment& experiment : catalogue.experiments) {
    if (arguments->brief && !experiment.brief) continue;
    if (std::none_of(experiment.families.begin(), experiment.families.end(),
                     [&](std::size_t f) { return chosen(catalogue.families[f]); }))
      continue;
    const auto some = run(experiment, seeds, arguments->threads);
    for (std::size_t i = 0; i < some.size(); ++i) {
      const std::size_t f = experiment.families[i];
      outcomes[f].insert(outcomes[f].end(), some[i].begin(), some[i].end());
      if (calibration::exceeds(calibration::count(catalogue.families[f].truth, some[i])))
        beyond[f] += " (" + experiment.name + ")";
    }
  }
  fmt::print("| family | where | truth | asked | decided | wrong | 99% bound | power | at least | ok |\n");
  fmt::print("|---|---|---|---|---|---|---|---|---|---|\n");
  std::uint32_t counted = 0, failed = 0;
  for (std::size_t f = 0; f < catalogue.families.size(); ++f) {
    const Family& family = catalogue.families[f];
    if (outcomes[f].empty() || !chosen(family)) continue;
    const calibration::Count c = calibration::count(family.truth, outcomes[f]);
    const double upper = calibration::upper_bound(c);
    const bool few = family.strict ? c.wrong == 0 : upper <= calibration::kAlpha && beyond[f].empty();
    const bool border = family.truth == calibration::Truth::border;
    const bool ok = few && (border || c.power() >= family.minimum_power);
    fmt::print("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {}{} |\n", family.name, family.where,
               truth_text(family.truth), c.asked, c.decided, c.wrong,
               family.strict ? "none allowed" : fmt::format("{:.4f}", upper),
               border ? "" : fmt::format("{:.3f}", c.power()),
               border ? "" : fmt::format("{}", family.minimum_power), ok ? "yes" : "NO", beyond[f]);
    ++counted;
    failed += ok ? 0 : 1;
  }
  fmt::print("\n{} families, {} seeds, alpha = {}: {}\n", counted, seeds, calibration::kAlpha,
             failed == 0 ? "every one keeps its promise" : fmt::format("{} do not keep theirs", failed));
  return failed == 0 && counted > 0 ? 0 : 1;
}
