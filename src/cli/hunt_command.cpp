#include "escapement/cli/hunt_command.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>
#include <mutex>

#include <fmt/format.h>

#include "escapement/cli/hunt_again.h"
#include "escapement/cli/hunt_domain.h"
#include "escapement/cli/hunt_work.h"
#include "escapement/cli/interrupt.h"
#include "escapement/cli/output_directory.h"
#include "escapement/cli/ranks.h"
#include "escapement/cli/standard_streams.h"
#include "escapement/cli/terminal_line.h"
#include "escapement/cluster/journal.h"
#include "escapement/config/input_error.h"
#include "escapement/hunt/chance/chance_frontier.h"
#include "escapement/hunt/corpus.h"
#include "escapement/hunt/stored_object.h"
#include "escapement/numeric/checksum.h"

namespace escapement::cli {

using config::InputError;
using numeric::Exact;

namespace {

double seconds_of(const std::optional<std::string>& text) {
  if (!text) return 60;
  std::string number = *text;
  if (number.size() > 1 && number.back() == 's') number.pop_back();
  const auto value = numeric::parse_exact(number);
  if (!value || *value <= 0 || *value > 10'000'000)
    throw InputError("command line", "--budget", "seconds, at most 10^7, such as 60s", *text);
  return static_cast<double>(*value);
}

std::uint64_t seed_of(const std::optional<std::string>& text) {
  if (!text) return 1;
  const auto value = numeric::parse_integer(*text);
  if (!value || *value < 0 || *value > ~std::uint64_t{0})
    throw InputError("command line", "--seed", "an integer from 0 to 2^64 - 1", *text);
  return static_cast<std::uint64_t>(*value);
}

struct Corpus {
  std::vector<hunt::Case> cases;
  std::vector<hunt::ChanceCase> runs;
  HuntCorpus recorded;
};

Corpus corpus_of(const HuntArguments& a) {
  const std::filesystem::path folder = a.corpus.value_or("corpus");
  std::error_code error;
  Corpus corpus;
  numeric::Checksum sum;
  if (!a.no_corpus && (a.corpus || std::filesystem::is_directory(folder, error))) {
    corpus.recorded.folder = folder;
    for (const hunt::CorpusEntry& entry : hunt::read_corpus(folder)) {
      corpus.cases.push_back(entry.stored.values);
      sum.add(hunt::text_of_file(entry.file));
    }
    for (const hunt::ChanceEntry& entry : hunt::read_chances(folder)) {
      corpus.runs.push_back(entry.stored.values);
      sum.add(hunt::text_of_file(entry.file));
    }
  }
  corpus.recorded.sum = sum.hex();
  return corpus;
}

bool any_state(const std::vector<HuntRow>& rows, const std::filesystem::path& folder) {
  return std::any_of(rows.begin(), rows.end(), [&](const HuntRow& row) {
    const std::string slug = row.instance ? row.instance->slug() : row.runs->slug();
    std::error_code error;
    return std::filesystem::exists(folder / (slug + ".state.json"), error);
  });
}

// What the ranks are at, as a line on the terminal, and the rows in their order as soon as those before them are there.
class HuntDesk {
 public:
  HuntDesk(std::size_t claims, bool line, bool rows) : lines_(claims), with_line_(line), with_rows_(rows) {
    draw();
  }
  void watch(const std::vector<cluster::Pulse>& pulses) {
    const std::lock_guard<std::mutex> lock(mutex_);
    note_.clear();
    std::size_t busy = 0;
    for (const cluster::Pulse& pulse : pulses)
      if (!pulse.note.empty() && busy++ == 0) note_ = "hunt " + pulse.note;
    if (busy > 1) note_ += fmt::format(" (and {} more)", busy - 1);
  }
  void accept(std::size_t claim, std::string line) {
    lines_[claim] = std::move(line);
    drawn_.reset();
    for (; said_ < lines_.size() && lines_[said_]; ++said_) say(*lines_[said_]);
    draw();
  }
  void finish() {  // after an interruption there are gaps
    drawn_.reset();
    for (; said_ < lines_.size(); ++said_)
      if (lines_[said_]) say(*lines_[said_]);
  }
  std::vector<std::string> lines() const {
    std::vector<std::string> there;
    for (const auto& line : lines_)
      if (line) there.push_back(*line);
    return there;
  }

 private:
  void say(const std::string& line) const {
    if (!with_rows_) return;
    fmt::print("{}", hunted_text(line));
    flush_standard_output();
  }
  void draw() {
    drawn_.emplace(with_line_, [this](double) {
      const std::lock_guard<std::mutex> lock(mutex_);
      return note_;
    });
  }

  std::vector<std::optional<std::string>> lines_;
  bool with_line_, with_rows_;
  std::size_t said_ = 0;
  std::mutex mutex_;
  std::string note_;
  std::optional<TerminalLine> drawn_;  // last: it asks for the note until it is gone
};

// A claim at hand here does not outlive the end of what the others do. Throws Failed after an interruption of several ranks.
void share_out(cluster::Transport& ranks, cluster::Hands own, const std::vector<std::string>& units,
               const std::string& directory, const std::function<void(std::size_t, std::string)>& accept,
               const std::function<void(const std::vector<cluster::Pulse>&)>& watch) {
  cluster::Leader leader(ranks, std::move(own), watch);
  try {
    if (!leader.each(units, accept) && ranks.size() > 1) stopped_among_ranks(directory);
  } catch (...) {
    ask_to_stop();
    throw;
  }
}

}  // namespace

int hunt_command(const HuntArguments& given, cluster::Transport& ranks) {
  const HuntArguments a = recalled(given);
  if (a.id.empty())
    throw InputError("command line", "id", "a statement (see --help), or --again with a record");
  const HuntRows all;
  const std::vector<HuntRow> targets = all.select(a.id, a.clause, a.reading);
  if (a.frontier)
    for (const HuntRow& row : targets)
      row.instance ? hunt::check_frontier_key(*a.frontier) : hunt::check_frontier_key(*row.runs, *a.frontier);
  hunt::HuntOptions options;
  options.domain = domain_of(a, targets);
  options.seed = seed_of(a.seed);
  options.budget_seconds = seconds_of(a.budget) / static_cast<double>(targets.size());
  options.most_rounds = a.rounds.value_or(options.most_rounds);
  options.threads = threads_of(a.threads, ranks);
  Corpus corpus = corpus_of(a);
  options.corpus = std::move(corpus.cases);
  options.resume = a.resume;
  options.interrupted = interrupted;
  options.directory = a.out;
  for (const HuntRow& row : targets)
    row.instance ? hunt::check_outputs(*row.instance, a.out) : hunt::check_outputs(*row.runs, a.out);
  HuntWork work(targets, options, std::move(corpus.runs), a.frontier.value_or(""));
  const std::string whole = work.question();
  check_recalled(a, corpus.recorded, whole);
  catch_interrupts();
  std::optional<OutputDirectory> out;
  if (ranks.rank() == 0) {
    out.emplace(a.out, "hunt", a.take_over);
    out->claim({kHuntRecord});
  }
  // The unit's name has the question, and states refuse another one: the journal's own says no more than what it is of.
  const std::filesystem::path folder = a.out / cluster::kJournalFolder;
  const std::string question = "hunt";
  cluster::Journal journal(folder, ranks.rank(), question);
  const auto compute = [&](const std::string& unit) {
    HuntWork::Done done = work.compute(unit);
    if (!done.interrupted) journal.add(unit, done.line);
    // Alone, what there is so far is said; among ranks it could be taken for the whole.
    else if (ranks.size() > 1)
      throw cluster::Failed(kInterrupted, "");
    return std::move(done.line);
  };
  cluster::Hands own = hands(1, compute, [&] { return work.pulse(); });
  if (ranks.rank() != 0) {
    cluster::serve(ranks, own);
    return 0;
  }

  std::map<std::string, std::string> known;
  const bool any = cluster::check_journals(folder) || any_state(targets, a.out);
  if (a.resume && !any) say("escapement: nothing to resume in {}: the hunt starts anew\n", a.out.string());
  if (a.resume)
    known = cluster::read_journals(folder, question);
  else
    cluster::remove_journals(folder);
  HuntDesk desk(targets.size(), !a.quiet, !a.json && !a.quiet);
  std::vector<std::string> units;
  std::vector<std::size_t> claims;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    std::string unit = work.unit(i);
    if (const auto found = known.find(unit); found != known.end()) {
      desk.accept(i, found->second);
      continue;
    }
    units.push_back(std::move(unit));
    claims.push_back(i);
  }
  share_out(
      ranks, std::move(own), units, a.out.string(),
      [&](std::size_t i, std::string line) { desk.accept(claims[i], std::move(line)); },
      [&](const auto& pulses) { desk.watch(pulses); });
  desk.finish();
  out->write(kHuntRecord, hunt_record(a, corpus.recorded, whole));
  out->commit();
  if (!interrupted()) cluster::remove_journals(folder);
  const std::vector<std::string> lines = desk.lines();
  if (a.json) fmt::print("{}", hunted_json(lines));
  if (std::any_of(lines.begin(), lines.end(), hunted_found)) return 1;
  return interrupted() ? kInterrupted : 3;
}

}  // namespace escapement::cli
