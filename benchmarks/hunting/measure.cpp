// What the hunter finds of what was planted, and what it "finds" in claims that hold. Lines of JSON are added to FILE; what stands there
// already, from a run that was ended, is not measured again. Times are CPU seconds; of a first find, to the end of its round.
//   hunting faults FILE [--seeds 10] [--budget 60]        each fault and seed
//   hunting minima FILE [--seeds 30]                      the shrinking set: the simplest case of each fault and seed
//   hunting theorems FILE [--budget 3600] [--seed 1]      seconds for all of them together; exit code 1 at a false find
//   hunting rapidcheck FILE [--seeds 10] [--cases 100000] [--budget 60] the same faults by RapidCheck's own doubles and shrinking
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "escapement/hunt/hunter.h"

#include "hunting/faults.h"
#include "hunting/plain.h"
#include "hunting/results.h"

namespace {

using namespace escapement;
using namespace escapement::hunting;

struct Options {
  std::uint64_t seeds = 0, seed = 1, cases = 100'000;
  unsigned threads = 1;
  double budget = 60;
  std::string only;
};

constexpr std::uint64_t kMoreRounds = 3;

bool asked(const Claim& claim, const Options& o) {
  return claim.target.name().find(o.only) != std::string::npos;
}

hunt::Hunted hunt_once(const Claim& claim, std::uint64_t seed, double budget, unsigned threads,
                       std::function<void(const hunt::HuntProgress&)> progress = {}) {
  hunt::HuntOptions options;
  options.seed = seed;
  options.budget_seconds = budget;
  options.threads = threads;
  options.domain = claim.domain;
  options.progress = std::move(progress);
  return hunt::hunt(claim.target, options);
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

bool certified(const hunt::Hunted& h) {
  return !h.finds.empty() && h.finds[0].stored.rung == hunt::Rung::certified;
}

void one_fault(const Claim& fault, std::uint64_t seed, double budget, unsigned threads, Results& results) {
  const std::string key =
      fmt::format("\"fault\": {}, \"seed\": {}, \"budget\": {}", quoted(fault.target.name()), seed, budget);
  if (results.has(key)) return;
  const double begin = cpu_seconds();
  std::vector<double> started;  // each round
  const hunt::Hunted h = hunt_once(fault, seed, budget, threads, [&](const hunt::HuntProgress& progress) {
    if (progress.stage == "search" && started.size() == progress.round)
      started.push_back(cpu_seconds() - begin);
  });
  // Three rounds more are searched after a find: it was made before the first of them.
  const std::size_t next = h.rounds < kMoreRounds ? 0 : h.rounds - kMoreRounds;
  const double first = certified(h) && next < started.size() ? started[next] : cpu_seconds() - begin;
  std::string answer = fmt::format(
      "{}, \"statement\": {}, \"kind\": {}, \"first\": {:.4f}, \"seconds\": {:.3f}, \"round\": {}",
      certified(h), quoted(fault.statement), quoted(fault.kind), first, cpu_seconds() - begin, next);
  if (certified(h)) {
    const hunt::Case& c = h.finds[0].stored.values;
    answer += fmt::format(", \"numbers\": {}, \"characters\": {}, \"case\": {}, \"summary\": {}",
                          c.numbers().size(), hunt::simplicity(c).sizes[5], quoted(hunt::content_hash(c)),
                          quoted(hunt::summary(c)));
  }
  results.add(key, answer);
}

void faults(const Options& o, Results& results) {
  for (const Claim& fault : planted_faults())
    for (std::uint64_t seed = 1; asked(fault, o) && seed <= o.seeds; ++seed)
      one_fault(fault, seed, o.budget, o.threads, results);
}

// The shrinking set: claims whose minimum is a handful of numbers.
void minima(const Options& o, Results& results) {
  constexpr double kBudget = 600;  // shrinking is not cut short
  for (const char* name : {"norm: constant x 2 theorem", "norm: a_i(0) left out theorem",
                           "oscillation: constant x 1.1 theorem", "displacement: |x| left out theorem",
                           "imbalance-upper: constant / 2 theorem", "sign: hypothesis dropped theorem",
                           "predictor: inequality flipped theorem", "balanced: constant / 2 theorem"})
    for (const Claim& fault : planted_faults())
      for (std::uint64_t seed = 1; fault.target.name() == name && asked(fault, o) && seed <= o.seeds; ++seed)
        one_fault(fault, seed, kBudget, o.threads, results);
}

int theorems_hunted(const Options& o, Results& results) {
  std::vector<Claim> all;
  for (Claim& claim : theorems())
    if (asked(claim, o)) all.push_back(std::move(claim));
  int finds = 0;
  for (const Claim& claim : all) {
    const double budget = o.budget / static_cast<double>(all.size());
    const std::string key = fmt::format("\"theorem\": {}, \"seed\": {}, \"budget\": {:.1f}",
                                        quoted(claim.target.name()), o.seed, budget);
    if (results.has(key)) continue;
    const hunt::Hunted h = hunt_once(claim, o.seed, budget, o.threads);
    finds += static_cast<int>(h.finds.size());
    results.add(key,
                fmt::format("{}, \"evaluations\": {}, \"cleared\": {}, \"best\": {:.3g}, \"seconds\": {:.1f}",
                            !h.finds.empty(), h.evaluations, h.cleared, h.best, h.seconds));
  }
  return finds == 0 ? 0 : 1;
}

// As anybody would write it: RapidCheck's arbitrary doubles, its own shrinking, margin in double with a tolerance.
void rapidcheck(const Options& o, Results& results) {
  for (const Claim& fault : planted_faults())
    for (std::uint64_t seed = 1; asked(fault, o) && seed <= o.seeds; ++seed) {
      const std::string key = fmt::format("\"fault\": {}, \"seed\": {}, \"of\": {}, \"budget\": {}",
                                          quoted(fault.target.name()), seed, o.cases, o.budget);
      if (results.has(key)) continue;
      const PlainResult r = plain_rapidcheck(fault.target, fault.domain, seed, o.cases, o.budget);
      results.add(key,
                  fmt::format("{}, \"seconds\": {:.3f}, \"cases\": {}, \"numbers\": {}, \"characters\": {}",
                              r.found, r.seconds, r.cases, r.numbers, r.characters));
    }
}

int run(const std::string& what, const Options& o, Results& results) {
  if (what == "theorems") return theorems_hunted(o, results);
  (what == "faults" ? faults : what == "minima" ? minima : rapidcheck)(o, results);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  if (argc < 3 || (what != "faults" && what != "minima" && what != "theorems" && what != "rapidcheck")) {
    fmt::print(stderr,
               "usage: hunting faults|minima|theorems|rapidcheck FILE [--seeds N] [--seed N] [--budget S] "
               "[--cases N] [--threads N] [--only TEXT]\n");
    return 2;
  }
  Options o;
  o.seeds = what == "minima" ? 30 : 10;
  if (what == "theorems") o.budget = 3600;
  for (int i = 3; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--seeds") o.seeds = std::strtoull(argv[i + 1], nullptr, 10);
    if (option == "--seed") o.seed = std::strtoull(argv[i + 1], nullptr, 10);
    if (option == "--cases") o.cases = std::strtoull(argv[i + 1], nullptr, 10);
    if (option == "--threads") o.threads = static_cast<unsigned>(std::strtoul(argv[i + 1], nullptr, 10));
    if (option == "--budget") o.budget = std::strtod(argv[i + 1], nullptr);
    if (option == "--only") o.only = argv[i + 1];
  }
  try {
    Results results(argv[2]);
    return run(what, o, results);
  } catch (const std::exception& error) {
    fmt::print(stderr, "hunting: {}\n", error.what());
    return 2;
  }
}
