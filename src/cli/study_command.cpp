#include "escapement/cli/study_command.h"

#include <algorithm>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "escapement/cli/interrupt.h"
#include "escapement/cli/output_directory.h"
#include "escapement/cli/output_options.h"
#include "escapement/cli/record.h"
#include "escapement/cli/standard_streams.h"
#include "escapement/cli/status_line.h"
#include "escapement/config/input_error.h"
#include "escapement/judge/engine_laboratory.h"
#include "escapement/report/draw_scripts.h"
#include "escapement/report/study_figure.h"
#include "escapement/report/study_file.h"
#include "escapement/report/table.h"
#include "escapement/study/registry.h"

namespace escapement::cli {

namespace {

std::string listing() {
  report::Table table({"", ""});
  for (const study::Study& study : study::studies()) table.add_row({study.name, study.question});
  return table.text(2);
}

std::string fits_text(const study::Result& result) {
  report::Table table({"fit", "estimate", "interval", "from"});
  for (const study::Fit& fit : result.findings.fits)
    table.add_row(
        {fit.name, fmt::format("{:.6g}", fit.estimate),
         fit.interval ? fmt::format("{:.6g} to {:.6g}", fit.interval->first, fit.interval->second) : "",
         fit.basis});
  table.align(2, report::Align::left);
  return table.text();
}

std::vector<std::string> figure_names(const std::string& study) {
  return {study + ".gp", study + ".svg", study + ".png"};
}

// Everything in the directory, or nothing; then the figure, which needs the table there.
void write(const study::Result& result, OutputDirectory& out) {
  out.write("study.json", report::study_json(result));
  out.write(result.name + ".csv", report::study_csv(result));
  out.commit();
  const auto script = report::study_script(result);
  if (!script) return;
  out.expect_figures(figure_names(script->name));
  const report::FigureResult drawn = report::draw_scripts({*script}, out.path(), "gnuplot", interrupted);
  if (!drawn.problem.empty()) say("escapement: {}\n", drawn.problem);
}

// The arguments with those of the record in the place of --again; the same without it.
StudyArguments recalled(const StudyArguments& given) {
  StudyArguments a = given;
  if (!a.again) return a;
  refuse_beside_again(GivenOptions{{"name", a.name.has_value()},
                                   {"--set", !a.sets.empty()},
                                   {"--seed", a.seed.has_value()},
                                   {"--quick", a.quick}});
  std::vector<std::string> unsealed;
  const report::StudySummary record = report::read_study(*a.again, &unsealed);
  if (!unsealed.empty())
    throw config::InputError(a.again->string(), "checksum",
                             "this key, which records of earlier versions have not");
  a.name = record.name;
  a.seed = record.seed;
  a.quick = record.quick;
  for (const auto& [key, value] : record.parameters)
    if (key != "seed") a.sets.push_back(key + "=" + value);
  return a;
}

}  // namespace

CLI::App* declare_study(CLI::App& tool, StudyArguments& a) {
  CLI::App* app =
      tool.add_subcommand("study", "small step sizes: a question answered by a table, fits, a figure");
  app->add_option("name", a.name, "which study; without it they are listed")->type_name("NAME");
  app->add_flag("--quick", a.quick, "few points and replicas: a look in seconds");
  app->add_option("--set", a.sets, "set one key that the study depends on; repeatable")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  app->add_option("--again", a.again, "repeat the study of this record: the same numbers")
      ->type_name("study.json");
  app->add_option("--seed", a.seed, "seed of every random draw")->type_name("S");
  app->add_option("--threads", a.threads, "threads (default: all); no result depends on it")
      ->type_name("N")
      ->check(CLI::Range(1u, 4096u));
  app->add_option("--out", a.out, "write study.json, the table NAME.csv and the figure NAME.svg there")
      ->type_name("DIR");
  declare_take_over(*app, a.take_over);
  app->add_flag("--json", a.json, "rows and fits on standard output, nothing else there");
  app->add_flag("--quiet", a.quiet, "no progress, no table");
  app->footer("Studies:\n" + listing() +
              "Exit codes: 0 done, 2 bad input, 4 a bug of ours, 130 interrupted (nothing is written).\n");
  return app;
}

int study_command(const StudyArguments& given) {
  const StudyArguments a = recalled(given);
  if (!a.name) {
    fmt::print("{}", listing());
    return 0;
  }
  const study::Study& study = study::find_study(*a.name);
  study::Task task;
  task.config = study::configure(study, a.sets, a.seed);
  task.quick = a.quick;
  task.threads = a.threads != 0 ? a.threads : std::max(1u, std::thread::hardware_concurrency());
  task.interrupted = interrupted;
  StatusLine status("study " + study.name, "runs", !a.quiet);
  task.progress = [&](std::size_t done, std::size_t total, const std::string& what) {
    status.at({0, total, static_cast<double>(done)}, what);
  };
  std::optional<OutputDirectory> out;
  if (a.out) {
    out.emplace(*a.out, "study", a.take_over);
    std::vector<std::string> names = figure_names(study.name);
    names.insert(names.end(), {"study.json", study.name + ".csv"});
    out->claim(names);
  }
  catch_interrupts();
  judge::EngineLaboratory laboratory(task.threads, 0, interrupted);
  study::Result result;
  try {
    result = study::conduct(study, task, laboratory);
  } catch (const judge::Interrupted&) {
    return kInterrupted;
  }
  status.finish();
  result.version = ESCAPEMENT_VERSION;
  result.command = a.command_line;
  if (out) write(result, *out);
  if (a.json) {
    fmt::print("{}", report::findings_json(result));
  } else if (!a.quiet) {
    fmt::print("{}\n\n{}", result.question, fits_text(result));
    fmt::print("\n{} rows{}\n", result.findings.rows.size(),
               a.out ? ", written to " + a.out->string()
                     : ": --json prints them, --out DIR writes them with a figure");
  }
  return interrupted() ? kInterrupted : 0;
}

}  // namespace escapement::cli
