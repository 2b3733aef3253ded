#include "escapement/cli/hunt_command.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "escapement/cli/hunt_domain.h"
#include "escapement/cli/hunt_report.h"
#include "escapement/cli/interrupt.h"
#include "escapement/cli/output_directory.h"
#include "escapement/cli/terminal_line.h"
#include "escapement/config/input_error.h"
#include "escapement/hunt/corpus.h"

namespace escapement::cli {

using config::InputError;
using numeric::Exact;

namespace {

constexpr int kInterrupted = 130;

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

std::vector<hunt::Case> corpus_of(const HuntArguments& a) {
  const std::filesystem::path folder = a.corpus.value_or("corpus");
  std::error_code error;
  if (!a.corpus && !std::filesystem::is_directory(folder, error)) return {};
  std::vector<hunt::Case> cases;
  for (const hunt::CorpusEntry& entry : hunt::read_corpus(folder)) cases.push_back(entry.stored.values);
  return cases;
}

// The last progress, as a line on the terminal.
class ProgressLine {
 public:
  ProgressLine(std::string name, double budget, bool enabled)
      : name_(std::move(name)),
        budget_(budget),
        line_(enabled, [this](double seconds) { return text(seconds); }) {}
  void at(const hunt::HuntProgress& progress) {
    const std::lock_guard<std::mutex> lock(mutex_);
    last_ = progress;
  }

 private:
  std::string text(double seconds) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const std::string best = last_.best > hunt::kNoScore ? fmt::format("{:+.3g}", last_.best) : "none";
    return fmt::format("hunt {}: {}, round {}, {} instances, best margin {}, {:.0f} of {:.0f} s", name_,
                       last_.stage, last_.round, last_.evaluations, best, seconds, budget_);
  }

  std::string name_;
  double budget_;
  std::mutex mutex_;
  hunt::HuntProgress last_;
  TerminalLine line_;  // last: it asks for the text until it is gone
};

}  // namespace

int hunt_command(const HuntArguments& a) {
  const std::vector<hunt::Target> all = hunt::paper_targets();
  const std::vector<const hunt::Target*> targets = hunt::select(all, a.id, a.clause, a.reading);
  if (a.frontier) hunt::check_frontier_key(*a.frontier);
  hunt::HuntOptions options;
  options.domain = domain_of(a);
  options.seed = seed_of(a.seed);
  options.budget_seconds = seconds_of(a.budget) / static_cast<double>(targets.size());
  options.most_rounds = a.rounds.value_or(options.most_rounds);
  options.threads = a.threads != 0 ? a.threads : std::max(1u, std::thread::hardware_concurrency());
  options.corpus = corpus_of(a);
  options.resume = a.resume;
  options.interrupted = interrupted;
  const OutputDirectory out(a.out);
  options.directory = out.path();
  catch_interrupts();
  std::vector<HuntedRow> rows;
  for (const hunt::Target* target : targets) {
    HuntedRow row{target, {}, a.frontier.value_or(""), {}};
    {
      ProgressLine line(target->name(), options.budget_seconds, !a.quiet);
      options.progress = [&](const hunt::HuntProgress& progress) { line.at(progress); };
      row.hunted = hunt::hunt(*target, options);
    }
    if (a.frontier && !row.hunted.finds.empty())
      row.borders =
          hunt::frontier(*target, options.domain, row.hunted.finds.front().stored.values, *a.frontier);
    if (!a.json && !a.quiet) fmt::print("{}", hunted_text(row));
    rows.push_back(std::move(row));
    if (interrupted()) break;
  }
  if (a.json) fmt::print("{}", hunted_json(rows));
  const bool found =
      std::any_of(rows.begin(), rows.end(), [](const HuntedRow& r) { return !r.hunted.finds.empty(); });
  if (found) return 1;
  return interrupted() ? kInterrupted : 3;
}

}  // namespace escapement::cli
