#include "escapement/hunt/chance/chance_hunter.h"

#include <algorithm>
#include <chrono>
#include <set>

#include <fmt/format.h>

#include "escapement/hunt/chance/chance_confirm.h"
#include "escapement/hunt/chance/chance_shrink.h"
#include "escapement/hunt/chance/chance_state.h"
#include "escapement/hunt/stored_object.h"
#include "escapement/judge/engine_laboratory.h"

namespace escapement::hunt {

namespace {

constexpr std::uint64_t kDegenerateRounds = 20;  // after a degenerate find, for an honest one
constexpr std::uint64_t kSaveEvery = 8;          // rounds
constexpr std::size_t kConfirmed = 2;            // suspects a round

class ChanceHunter {
 public:
  ChanceHunter(const ChanceTarget& target, const ChanceOptions& options)
      : target_(target), options_(options) {
    state_.question = question_of(target, options);
    if (!options.resume || options.directory.empty()) return;
    if (auto saved = load_chance(state_.question, state_file())) state_ = std::move(*saved);
  }

  ChanceHunted run() {
    try {
      if (state_.round == 0 && state_.finds.empty()) try_corpus();
      while (!enough() && !stopped()) next_round();
      save_state();
      for (const bool honest : {true, false}) shrink_one(honest);
    } catch (const judge::Interrupted&) {  // Ctrl-C: what was found is told as it was found
      result_.finds.clear();
      for (const StoredChance& found : state_.finds)
        result_.finds.push_back({found, options_.directory.empty()
                                            ? std::filesystem::path()
                                            : options_.directory / file_name(found.values)});
    }
    return finish();
  }

 private:
  std::filesystem::path state_file() const { return options_.directory / (target_.slug() + ".state.json"); }
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }
  bool interrupted() const { return options_.interrupted && options_.interrupted(); }
  bool stopped() const { return seconds() >= options_.budget_seconds || interrupted(); }
  bool enough() const {
    if (state_.round >= options_.most_rounds || state_.found_round) return true;
    return state_.degenerate_round && state_.round > *state_.degenerate_round + kDegenerateRounds;
  }
  Laboratories within_budget() const {
    return {options_.threads, [this] { return stopped(); }};
  }
  void tell(const char* stage) const {
    if (!options_.progress) return;
    const ChanceElite* best = state_.niches.best();
    options_.progress({stage, state_.round, state_.configurations, best ? best->margin : kNoScore});
  }
  void save_state() const {
    if (!options_.directory.empty()) save(state_, state_file());
  }

  // Not cut short by the budget.
  std::optional<StoredChance> confirm_fresh(const ChanceCase& c, std::uint64_t k, Lineage lineage) const {
    lineage.round = state_.round;
    lineage.seed = std::to_string(options_.seed);
    return confirm(target_, options_.domain, c, options_.seed, k, options_.alpha,
                   {options_.threads, options_.interrupted}, std::move(lineage));
  }

  // Stores the find at once if it stands.
  void confirm_and_keep(const ChanceElite& suspect) {
    auto found = confirm_fresh(suspect.values, ++state_.confirmations, {"found", "", "", 0, 0});
    if (!found) return;
    auto& first = suspect.honest ? state_.found_round : state_.degenerate_round;
    if (!first) first = state_.round;
    if (seconds_to_first_ == 0) seconds_to_first_ = seconds();
    if (!options_.directory.empty()) {
      const std::string name = file_name(found->values);
      if (holds_other_text(options_.directory / name, to_json(*found))) stored_before_.insert(name);
      write_chance(options_.directory, *found);
    }
    state_.finds.push_back(std::move(*found));
    save_state();
  }

  void confirm_some(std::vector<ChanceElite> suspects) {
    std::stable_sort(suspects.begin(), suspects.end(), [](const ChanceElite& a, const ChanceElite& b) {
      return std::pair(a.honest, a.margin) > std::pair(b.honest, b.margin);
    });
    std::size_t asked = 0;
    for (const ChanceElite& suspect : suspects) {
      if (state_.found_round || (!suspect.honest && state_.degenerate_round)) continue;
      if (asked++ == kConfirmed) break;
      confirm_and_keep(suspect);
    }
  }

  // The simplest first: it is the one that is shrunk.
  void try_corpus() {
    std::vector<std::pair<Simplicity, ChanceElite>> known;
    for (ChanceCase c : options_.corpus) {
      if (stopped() || c.claim != target_.statement->id || c.clause != target_.claim->clause ||
          c.reading != target_.claim->reading)
        continue;
      tell("corpus");
      if (c.constant != 1) c.constant = options_.domain.constant;
      if (const auto chance = admit(target_, options_.domain, c))
        known.emplace_back(simplicity(c, *chance), ChanceElite{c, 0, chance->degenerate.empty(), true});
    }
    std::stable_sort(known.begin(), known.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<ChanceElite> suspects;
    for (auto& [size, elite] : known) suspects.push_back(std::move(elite));
    confirm_some(std::move(suspects));
  }

  void next_round() {
    tell("search");
    ChanceRound round;
    try {
      round = search_chance(target_, options_.domain, state_.niches, options_.seed, state_.round,
                            within_budget());
    } catch (const judge::Interrupted&) {
      return;  // a round that the clock cut short does not count, so that none depends on it
    }
    state_.configurations += round.configurations;
    state_.trials += round.trials;
    std::vector<ChanceElite> suspects;
    for (const auto& [kind, elite] : round.elites)
      if (state_.niches.offer(kind, elite) && elite.suspect) suspects.push_back(elite);
    confirm_some(std::move(suspects));
    ++state_.round;
    if (state_.round % kSaveEvery == 0) save_state();
  }

  // Its own confirmations are not in the state: a hunt that is resumed shrinks again, to the same end.
  void shrink_one(bool honest) {
    const auto found = std::find_if(state_.finds.begin(), state_.finds.end(),
                                    [&](const StoredChance& s) { return s.degenerate.empty() == honest; });
    if (found == state_.finds.end()) return;
    ChanceShrinking how;
    how.seed = options_.seed;
    how.honest = honest;
    how.laboratories = {options_.threads, options_.interrupted};
    how.stop = [this] { return stopped(); };
    how.smaller = [this](const ChanceCase&) { tell("shrink"); };
    const ChanceShrunk shrunk = shrink(target_, options_.domain, found->values, how);
    result_.configurations += shrunk.configurations;
    result_.trials += shrunk.trials;
    std::optional<StoredChance> simplest;
    if (shrunk.taken > 0)
      simplest = confirm_fresh(
          shrunk.values, state_.confirmations + ++result_.confirmations,
          {honest ? "simplest" : "degenerate", "", content_hash(found->values), 0, shrunk.taken});
    ChanceFind find{simplest ? std::move(*simplest) : *found, {}};
    if (!options_.directory.empty()) {
      find.file = write_chance(options_.directory, find.stored);
      std::error_code ignored;
      const std::string before = file_name(found->values);
      if (find.file.filename() != before && stored_before_.count(before) == 0 && !stopped())
        std::filesystem::remove(options_.directory / before, ignored);
    }
    result_.finds.push_back(std::move(find));
  }

  ChanceHunted finish() {
    result_.rounds = state_.round;
    result_.configurations += state_.configurations;
    result_.trials += state_.trials;
    result_.confirmations += state_.confirmations;
    result_.cleared = state_.confirmations - state_.finds.size();
    if (const ChanceElite* best = state_.niches.best()) {
      result_.best = best->margin;
      if (const auto chance = chance_at(target_, best->values))
        result_.nearest = summary(best->values, *chance);
    }
    result_.seconds = seconds();
    result_.seconds_to_first = seconds_to_first_;
    result_.interrupted = interrupted();
    return std::move(result_);
  }

  const ChanceTarget& target_;
  const ChanceOptions& options_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  ChanceState state_;
  std::set<std::string> stored_before_;  // files of earlier hunts, which are not removed
  double seconds_to_first_ = 0;
  ChanceHunted result_;
};

}  // namespace

std::string question_of(const ChanceTarget& target, const ChanceOptions& options) {
  std::string text = fmt::format("{}, seed {}, K = {}, alpha = {}", target.name(), options.seed,
                                 numeric::to_string(options.domain.constant), options.alpha);
  for (const auto& [key, range] : options.domain.ranges)
    text += fmt::format(", {} in [{}, {}]", key, numeric::to_string(range.first),
                        numeric::to_string(range.second));
  for (const std::string& name : options.domain.keep) text += ", " + name;
  return text + (options.domain.inside ? ", inside" : "");
}

void check_outputs(const ChanceTarget& target, const std::filesystem::path& directory) {
  check_outputs(directory, target.slug(), "escapement-runs-hunt/1", ".runs.json", "escapement-runs/1");
}

ChanceHunted hunt(const ChanceTarget& target, const ChanceOptions& options) {
  return ChanceHunter(target, options).run();
}

}  // namespace escapement::hunt
