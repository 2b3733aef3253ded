#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "escapement/cli/check_command.h"
#include "escapement/cli/conditions_command.h"
#include "escapement/cli/corpus_command.h"
#include "escapement/cli/hunt_command.h"
#include "escapement/cli/ranks.h"
#include "escapement/cli/replay_command.h"
#include "escapement/cli/report_command.h"
#include "escapement/cli/run_command.h"
#include "escapement/cli/study_command.h"
#include "escapement/config/input_error.h"

namespace {

std::string typed(int argc, char** argv) {
  std::string line = "escapement";
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--resume") continue;  // what is resumed is what the line gives without it
    const bool plain = !word.empty() && word.find_first_not_of(
                                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                            "0123456789-_=.,:/+^") == std::string::npos;
    line += " ";
    if (plain) {
      line += word;
      continue;
    }
    line += "'";
    for (const char c : word) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += "'";
  }
  return line;
}

// A command of one rank. Ranks other than 0 compute what they are given and say nothing.
int work(int argc, char** argv, escapement::cluster::Transport& ranks) {
  CLI::App app("escapement: a numeric testbed for the learning dynamics of two-layer linear networks");
  app.set_version_flag("--version", "escapement " ESCAPEMENT_VERSION);
  app.require_subcommand(1);
  escapement::cli::RunArguments run_arguments;
  CLI::App* run = app.add_subcommand("run", "simulate: one instance, an ensemble or a sweep");
  escapement::cli::declare_run(*run, run_arguments);
  escapement::cli::ConditionsArguments conditions_arguments;
  CLI::App* conditions = escapement::cli::declare_conditions(app, conditions_arguments);
  escapement::cli::ReportArguments report_arguments;
  CLI::App* report =
      app.add_subcommand("report", "one self-contained page from outputs, or a table of verdicts");
  escapement::cli::declare_report(*report, report_arguments);
  escapement::cli::CheckArguments check_arguments;
  CLI::App* check = escapement::cli::declare_check(app, check_arguments);
  const bool first = ranks.rank() == 0;
  escapement::cli::HuntArguments hunt_arguments;
  CLI::App* hunt = escapement::cli::declare_hunt(app, hunt_arguments);
  escapement::cli::ReplayArguments replay_arguments;
  CLI::App* replay = escapement::cli::declare_replay(app, replay_arguments);
  escapement::cli::CorpusArguments corpus_arguments;
  CLI::App* corpus = escapement::cli::declare_corpus(app, corpus_arguments);
  escapement::cli::StudyArguments study_arguments;
  CLI::App* study = escapement::cli::declare_study(app, study_arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& request) {  // --help, --version
    if (!first) return escapement::cli::stand_by(ranks);
    std::ostringstream text;
    const int code = app.exit(request, text, text);
    fmt::print("{}", text.str());
    return code;
  } catch (const CLI::ParseError& error) {
    throw escapement::cluster::Failed(
        2, "command line: " + escapement::config::printable(error.what(), 300) + " (see --help)");
  }
  run_arguments.command_line = report_arguments.command_line = check_arguments.command_line =
      hunt_arguments.command_line = study_arguments.command_line = typed(argc, argv);
  if (run->parsed()) return escapement::cli::run_command(run_arguments, ranks);
  if (check->parsed()) return escapement::cli::check_command(check_arguments, ranks);
  if (hunt->parsed()) return escapement::cli::hunt_command(hunt_arguments, ranks);
  if (!first) return escapement::cli::stand_by(ranks);  // what follows is rank 0's alone
  if (conditions->parsed()) return escapement::cli::conditions_command(conditions_arguments);
  if (study->parsed()) return escapement::cli::study_command(study_arguments);
  if (replay->parsed()) return escapement::cli::replay_command(replay_arguments);
  if (corpus->parsed()) return escapement::cli::corpus_command(corpus_arguments);
  return escapement::cli::report_command(report_arguments);
}

}  // namespace

int main(int argc, char** argv) {
  return escapement::cli::among_ranks(
      [&](escapement::cluster::Transport& ranks) { return work(argc, argv, ranks); });
}
