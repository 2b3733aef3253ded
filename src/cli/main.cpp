#include <exception>
#include <new>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "escapement/cli/check_command.h"
#include "escapement/cli/conditions_command.h"
#include "escapement/cli/report_command.h"
#include "escapement/cli/run_command.h"
#include "escapement/cli/study_command.h"
#include "escapement/config/input_error.h"
#include "escapement/judge/proofs.h"

namespace {

std::string typed(int argc, char** argv) {
  std::string line = "escapement";
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
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

}  // namespace

int main(int argc, char** argv) {
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
  escapement::cli::StudyArguments study_arguments;
  CLI::App* study = escapement::cli::declare_study(app, study_arguments);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& request) {  // --help, --version
    return app.exit(request);
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "escapement: command line: {} (see --help)\n",
               escapement::config::printable(error.what(), 300));
    return 2;
  }
  run_arguments.command_line = report_arguments.command_line = check_arguments.command_line =
      study_arguments.command_line = typed(argc, argv);
  try {
    if (conditions->parsed()) return escapement::cli::conditions_command(conditions_arguments);
    if (report->parsed()) return escapement::cli::report_command(report_arguments);
    if (check->parsed()) return escapement::cli::check_command(check_arguments);
    if (study->parsed()) return escapement::cli::study_command(study_arguments);
    return escapement::cli::run_command(run_arguments);
  } catch (const escapement::config::InputError& error) {
    fmt::print(stderr, "escapement: {}\n", error.what());
    return 2;
  } catch (const escapement::judge::Contradiction& error) {
    fmt::print(stderr, "escapement: CONTRADICTION: {}; one of the two is a bug, please report it\n",
               error.what());
    return 4;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "escapement: not enough memory for this configuration\n");
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "escapement: internal error: {}; this is a bug, please report it\n", error.what());
    return 4;
  }
}
