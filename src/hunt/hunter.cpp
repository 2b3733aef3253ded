#include "escapement/hunt/hunter.h"

#include <algorithm>
#include <chrono>
#include <set>

#include <fmt/format.h>

#include "escapement/hunt/hunt_state.h"
#include "escapement/hunt/search_round.h"
#include "escapement/hunt/shrink.h"
#include "escapement/hunt/stored_object.h"

namespace escapement::hunt {

namespace {

constexpr std::uint64_t kMoreRounds = 3;         // after the first find, for a more dramatic one
constexpr std::uint64_t kDegenerateRounds = 30;  // after a degenerate one, for an honest one
constexpr std::uint64_t kSaveEvery = 8;          // rounds
constexpr std::size_t kConfirmed = 3;            // suspects a round
constexpr double kLikelyMargin = 1e-6;           // that a box keeps: it fails with all it has or not at all
constexpr double kDramaticShare = 0.99;          // of the best margin
constexpr double kCorpusShare = 0.2;             // of the budget, at most

class Hunter {
 public:
  Hunter(const Target& target, const HuntOptions& options) : target_(target), options_(options) {
    state_.question = question_of(target, options);
    if (!options.resume || options.directory.empty()) return;
    if (auto saved = load(state_.question, state_file())) state_ = std::move(*saved);
  }

  Hunted run() {
    if (state_.round == 0) try_corpus();
    while (!enough() && !stopped()) next_round();
    confirm_leftovers();
    save_state();
    if (options_.shrinks) shrink_all();
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
    if (state_.round >= options_.most_rounds) return true;
    if (state_.found_round && state_.round > *state_.found_round + kMoreRounds) return true;
    return !state_.found_round && state_.degenerate_round &&
           state_.round > *state_.degenerate_round + kDegenerateRounds;
  }
  void tell(const char* stage) const {
    if (!options_.progress) return;
    const Elite *honest = state_.niches.best(true), *any = state_.niches.best(false);
    options_.progress({stage, state_.round, state_.evaluations,
                       honest != nullptr ? honest->margin
                       : any != nullptr  ? any->margin
                                         : kNoScore});
  }
  void save_state() const {
    if (!options_.directory.empty()) save(state_, state_file());
  }

  // Stores the case at once if it stands. Whether it does.
  bool confirm_and_keep(Case c) {
    const Confirmation confirmation = confirm(target_, c);
    if (confirmation.rung != Rung::certified) {
      if (confirmation.rung == Rung::none) {
        ++state_.cleared;
        state_.niches.correct(c, enclosed_margin(target_, c).value_or(kNoScore));
      } else {
        uncertified_.emplace_back(std::move(c), confirmation);
      }
      return false;
    }
    const bool honest = target_.degenerate(c).empty();
    auto& first = honest ? state_.found_round : state_.degenerate_round;
    if (!first) first = state_.round;
    if (seconds_to_first_ == 0) seconds_to_first_ = seconds();
    state_.finds.push_back(c);
    if (!options_.directory.empty()) {
      const StoredCase stored = described(c, confirmation, "found", "", 0);
      if (holds_other_text(options_.directory / file_name(c), to_json(stored)))
        stored_before_.insert(file_name(c));
      write_case(options_.directory, stored);
      save_state();
    }
    return true;
  }

  StoredCase described(const Case& c, const Confirmation& confirmation, const char* kind,
                       const std::string& parent, std::uint64_t shrinks) const {
    return describe(target_, c, confirmation, options_.domain.inputs,
                    {kind, std::to_string(options_.seed), parent, state_.round, shrinks});
  }

  void try_corpus() {
    for (Case c : options_.corpus) {
      if (seconds() > kCorpusShare * options_.budget_seconds || interrupted()) return;
      tell("corpus");
      if (!admit(target_, options_.domain, c)) continue;
      const double value = score(target_, c);
      ++state_.evaluations;
      if (value > 0 && keeps_assumptions(target_, options_.domain, c)) confirm_and_keep(c);
      state_.niches.offer({c, value, target_.degenerate(c).empty()});
    }
  }

  void next_round() {
    tell("search");
    std::vector<Elite> suspects;
    const auto tasks = search_round(target_, options_.domain, state_.niches, options_.seed, state_.round,
                                    options_.threads, [this] { return stopped(); });
    const bool whole = !stopped();  // else what it found counts, but not as a round that can be gone on from
    for (const TaskResult& task : tasks) {
      state_.evaluations += task.evaluations;
      for (const Elite& elite : task.elites) {
        const bool kept = whole ? state_.niches.offer(elite) : !state_.found_round;
        if (kept && elite.margin > 0) suspects.push_back(elite);
      }
    }
    std::stable_sort(suspects.begin(), suspects.end(), [](const Elite& a, const Elite& b) {
      return a.honest != b.honest ? a.honest : a.margin > b.margin;
    });
    std::size_t asked = 0;
    for (const Elite& suspect : suspects) {
      if (!suspect.honest && state_.degenerate_round) continue;
      if (asked++ == kConfirmed) break;
      confirm_and_keep(suspect.values);
    }
    if (!whole) return;
    ++state_.round;
    if (state_.round % kSaveEvery == 0) save_state();
  }

  // Confirms the suspects that no round had room for, so that none is left neither stored nor cleared.
  void confirm_leftovers() {
    for (const Elite& suspect : state_.niches.in_order()) {
      if (suspect.margin <= 0 || interrupted()) return;
      if (suspect.honest ? state_.found_round : state_.degenerate_round) continue;
      const bool known = std::any_of(uncertified_.begin(), uncertified_.end(),
                                     [&](const auto& u) { return u.first == suspect.values; });
      if (!known) confirm_and_keep(suspect.values);
    }
  }

  // The largest margin by enclosures; those that doubles rank below it need none.
  void find_nearest() {
    for (const Elite& elite : state_.niches.in_order()) {
      if (elite.margin <= result_.best) return;
      const std::optional<double> margin = enclosed_margin(target_, elite.values);
      if (!margin || *margin <= result_.best) continue;
      result_.best = *margin;
      result_.nearest = elite.values;
    }
  }

  // The find of this kind with the largest margin.
  const Case* best_find(bool honest, double& margin) const {
    const Case* best = nullptr;
    for (const Case& c : state_.finds) {
      if (target_.degenerate(c).empty() != honest) continue;
      const Reading exact = read_ball(target_, c, 2 * kFirstBits);  // doubles may flatter
      const double value = exact.margin ? exact.margin->mid_double() : score(target_, c);
      if (best != nullptr && value <= margin) continue;
      best = &c;
      margin = value;
    }
    return best;
  }

  void shrink_one(const Case& from, double least, bool honest, std::optional<Case>& slot, const char* kind) {
    Shrinking how;
    how.least = least;
    how.honest = honest;
    how.stop = [this] { return stopped(); };
    how.smaller = [&](const Case& c) {
      slot = c;
      tell("shrink");
      save_state();
    };
    const Case start = slot.value_or(from);
    const Shrunk shrunk = shrink(target_, options_.domain, start, how);
    slot = shrunk.values;
    state_.evaluations += shrunk.tried;
    Case c = shrunk.values;
    const Confirmation confirmation = confirm(target_, c, target_.start == Start::likely);
    result_.finds.push_back({described(c, confirmation, kind, content_hash(from), shrunk.taken), {}});
    Find& find = result_.finds.back();
    if (!options_.directory.empty()) find.file = write_case(options_.directory, find.stored);
    save_state();
  }

  double to_keep(double margin) const {
    return target_.start == Start::likely ? kLikelyMargin : margin_to_keep(margin);
  }

  void shrink_all() {
    double margin = 0;
    if (const Case* best = best_find(true, margin)) {
      shrink_one(*best, to_keep(margin), true, state_.simplest, "simplest");
      if (target_.start != Start::likely)  // the most dramatic box is only the least probable one
        shrink_one(*best, kDramaticShare * margin, true, state_.dramatic, "dramatic");
      if (state_.dramatic && state_.dramatic == state_.simplest) result_.finds.pop_back();
    }
    if (const Case* best = best_find(false, margin))
      shrink_one(*best, to_keep(margin), false, state_.degenerate, "degenerate");
    if (options_.directory.empty() || stopped()) return;
    for (const Case& c : state_.finds) {  // they stay in the state; what they became has files
      const std::string name = file_name(c);
      const bool kept = stored_before_.count(name) != 0 ||
                        std::any_of(result_.finds.begin(), result_.finds.end(),
                                    [&](const Find& find) { return find.file.filename() == name; });
      std::error_code ignored;
      if (!kept) std::filesystem::remove(options_.directory / name, ignored);
    }
  }

  Hunted finish() {
    // What no enclosure decided is not lost, and not sold as more than it is.
    if (state_.finds.empty() && !uncertified_.empty()) {
      auto& [c, confirmation] = uncertified_.front();
      result_.finds.push_back({described(c, confirmation, "found", "", 0), {}});
      if (!options_.directory.empty())
        result_.finds.back().file = write_case(options_.directory, result_.finds.back().stored);
    }
    if (!options_.shrinks)
      for (const Case& found : state_.finds) {
        Case c = found;
        result_.finds.push_back({described(c, confirm(target_, c, true), "found", "", 0), {}});
      }
    result_.rounds = state_.round;
    result_.evaluations = state_.evaluations;
    result_.cleared = state_.cleared;
    find_nearest();
    result_.seconds = seconds();
    result_.seconds_to_first = seconds_to_first_;
    result_.interrupted = interrupted();
    return std::move(result_);
  }

  const Target& target_;
  const HuntOptions& options_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  HuntState state_;
  std::set<std::string> stored_before_;  // files of earlier hunts, which are not removed
  std::vector<std::pair<Case, Confirmation>> uncertified_;
  double seconds_to_first_ = 0;
  Hunted result_;
};

}  // namespace

std::string question_of(const Target& target, const HuntOptions& options) {
  std::string text = fmt::format("{}, seed {}, K = {}", target.name(), options.seed,
                                 numeric::to_string(options.domain.constant));
  for (const auto& [key, range] : options.domain.ranges)
    text += fmt::format(", {} in [{}, {}]", key, numeric::to_string(range.first),
                        numeric::to_string(range.second));
  for (const std::string& name : options.domain.keep) text += ", " + name;
  return text + (options.domain.inside ? ", inside" : "");
}

void check_outputs(const Target& target, const std::filesystem::path& directory) {
  check_outputs(directory, target.slug(), "escapement-hunt/1", ".case.json", "escapement-case/1");
}

Hunted hunt(const Target& target, const HuntOptions& options) { return Hunter(target, options).run(); }

}  // namespace escapement::hunt
