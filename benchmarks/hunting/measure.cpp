// What the hunter finds of what was planted, and what it "finds" in theorems.
//   measure faults [--seeds 10] [--budget 60] [--only TEXT]   a line of JSON for each fault and seed
//   measure minima [--seeds 30]                               the shrinking set: simplest minimum by seed
//   measure theorems [--budget 3600] [--seed 1]               seconds for all of them together; false finds
//   measure rapidcheck [--seeds 10] [--cases 100000]          the same faults by RapidCheck's own doubles and shrinking
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "escapement/hunt/hunter.h"

#include "hunting/faults.h"
#include "hunting/plain.h"

namespace {

using namespace escapement;
using namespace escapement::hunting;

struct Options {
  std::uint64_t seeds = 0, seed = 1, cases = 100'000;
  double budget = 60;
  std::string only;
};

hunt::Hunted hunt_once(const hunt::Target& target, std::uint64_t seed, double budget) {
  hunt::HuntOptions options;
  options.seed = seed;
  options.budget_seconds = budget;
  options.threads = 2;
  options.domain.constant = 1;
  return hunt::hunt(target, options);
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return out;
}

void faults(const Options& o) {
  for (const Fault& fault : planted_faults()) {
    const std::string name = fault.target.name();
    if (name.find(o.only) == std::string::npos) continue;
    for (std::uint64_t seed = 1; seed <= o.seeds; ++seed) {
      const hunt::Hunted h = hunt_once(fault.target, seed, o.budget);
      const bool found = !h.finds.empty() && h.finds[0].stored.rung == hunt::Rung::certified;
      std::string summary, hash;
      std::uint64_t numbers = 0, characters = 0;
      if (found) {
        const hunt::Case& c = h.finds[0].stored.values;
        numbers = c.numbers().size();
        characters = hunt::simplicity(c).sizes[5];
        summary = hunt::summary(c);
        hash = hunt::content_hash(c);
      }
      fmt::print(
          "{{\"fault\": \"{}\", \"statement\": \"{}\", \"kind\": \"{}\", \"seed\": {}, \"found\": {}, "
          "\"first\": {:.4f}, \"seconds\": {:.3f}, \"numbers\": {}, \"characters\": {}, \"case\": \"{}\", "
          "\"summary\": \"{}\"}}\n",
          escaped(name), fault.statement, escaped(fault.kind), seed, found, h.seconds_to_first, h.seconds,
          numbers, characters, hash, summary);
      std::fflush(stdout);
    }
  }
}

// The shrinking set: claims whose minimum is a handful of numbers.
void minima(const Options& o) {
  for (const char* name : {"norm: constant x 2 theorem", "norm: a_i(0) left out theorem",
                           "oscillation: constant x 1.1 theorem", "displacement: |x| left out theorem",
                           "imbalance-upper: constant / 2 theorem", "sign: hypothesis dropped theorem",
                           "predictor: inequality flipped theorem", "balanced: constant / 2 theorem"})
    for (const Fault& fault : planted_faults()) {
      if (fault.target.name() != name) continue;
      std::map<std::string, std::uint64_t> counts;
      std::string most, shown;
      for (std::uint64_t seed = 1; seed <= o.seeds; ++seed) {
        const hunt::Hunted h = hunt_once(fault.target, seed, 600);
        if (h.finds.empty()) continue;
        const std::string hash = hunt::content_hash(h.finds[0].stored.values);
        const std::uint64_t count = ++counts[hash];
        if (most.empty() || count > counts[most]) {
          most = hash;
          shown = hunt::summary(h.finds[0].stored.values);
        }
      }
      fmt::print(
          "{{\"fault\": \"{}\", \"same\": {}, \"seeds\": {}, \"different\": {}, \"summary\": \"{}\"}}\n",
          escaped(name), counts[most], o.seeds, counts.size(), shown);
      std::fflush(stdout);
    }
}

int theorems_hunted(const Options& o) {
  const std::vector<hunt::Target> all = theorems();
  int finds = 0;
  for (const hunt::Target& target : all) {
    const hunt::Hunted h = hunt_once(target, o.seed, o.budget / static_cast<double>(all.size()));
    finds += static_cast<int>(h.finds.size());
    fmt::print(
        "{{\"theorem\": \"{}\", \"finds\": {}, \"evaluations\": {}, \"refuted\": {}, \"best\": {:.3g}, "
        "\"seconds\": {:.1f}}}\n",
        escaped(target.name()), h.finds.size(), h.evaluations, h.refuted, h.best, h.seconds);
    std::fflush(stdout);
  }
  return finds == 0 ? 0 : 1;
}

// As anybody would write it: RapidCheck's arbitrary doubles, its own shrinking, margin in double with a tolerance.
void rapidcheck(const Options& o) {
  for (const Fault& fault : planted_faults()) {
    if (fault.target.name().find(o.only) == std::string::npos) continue;
    for (std::uint64_t seed = 1; seed <= o.seeds; ++seed) {
      const PlainResult r = plain_rapidcheck(fault.target, seed, o.cases);
      fmt::print(
          "{{\"fault\": \"{}\", \"seed\": {}, \"found\": {}, \"seconds\": {:.3f}, \"cases\": {}, "
          "\"numbers\": {}, "
          "\"characters\": {}}}\n",
          escaped(fault.target.name()), seed, r.found, r.seconds, r.cases, r.numbers, r.characters);
      std::fflush(stdout);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc > 1 ? argv[1] : "";
  Options o;
  o.seeds = what == "minima" ? 30 : 10;
  if (what == "theorems") o.budget = 3600;
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--seeds") o.seeds = std::strtoull(argv[i + 1], nullptr, 10);
    if (option == "--seed") o.seed = std::strtoull(argv[i + 1], nullptr, 10);
    if (option == "--cases") o.cases = std::strtoull(argv[i + 1], nullptr, 10);
    if (option == "--budget") o.budget = std::strtod(argv[i + 1], nullptr);
    if (option == "--only") o.only = argv[i + 1];
  }
  if (what == "faults")
    faults(o);
  else if (what == "minima")
    minima(o);
  else if (what == "theorems")
    return theorems_hunted(o);
  else if (what == "rapidcheck")
    rapidcheck(o);
  else {
    fmt::print(stderr,
               "usage: measure faults|minima|theorems|rapidcheck [--seeds N] [--seed N] [--budget S] "
               "[--cases N] [--only TEXT]\n");
    return 2;
  }
  return 0;
}
