#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "escapement/cli/check_command.h"
#include "escapement/cli/output_options.h"
#include "escapement/theory/registry.h"

namespace escapement::cli {

namespace {

std::string footer() {
  std::string text = "Statements (id, clauses and readings):\n";
  for (const theory::Statement& statement : theory::statements()) {
    std::string rows;
    for (const theory::Claim& claim : statement.claims)
      rows += (rows.empty() ? "" : ", ") + (claim.clause.empty() ? "" : claim.clause + " ") + claim.reading;
    text += fmt::format("  {:<21} {}\n{:24}{}\n", statement.id, statement.title, "", rows);
  }
  return text +
         "\nWithout --preset and --config the parameters are those of the preset two-phase, the paper's own; "
         "keys of --set "
         "are listed by run --help.\nA budget is turned into amounts of work for a nominal machine of two "
         "cores, never into "
         "a clock: the same question gets the same answer everywhere.\nExit codes: 0 every row holds or is "
         "supported, 1 a claim is violated, 2 bad input, 3 a row is undecided or vacuous (with --strict: or "
         "supported) and none is violated, 4 a bug of ours, 130 interrupted.\n";
}

}  // namespace

CLI::App* declare_check(CLI::App& tool, CheckArguments& a) {
  CLI::App* app = tool.add_subcommand("check", "judge statements: a table of verdicts, or a validity map");
  app->add_option("ids", a.ids, "statements (default: all of them, listed below)")->type_name("ID");
  app->add_option("--reading", a.reading, "rows of this reading only")->type_name("NAME");
  app->add_option("--clause", a.clause, "rows of this clause only")->type_name("NAME");
  app->add_option(
         "--over", a.over,
         "map where the claim holds over one or two keys: KEY=a:b:log[:COUNT], :lin, or KEY=v1,v2,...")
      ->type_name("KEY=RANGE")
      ->allow_extra_args(false);
  app->add_flag(
      "--inside", a.inside,
      "at a point that meets Condition 1, chosen from d, sigma and --c-data: by limits and closed forms");
  app->add_option("--alpha", a.alpha, "error probability of all sampled rows together (default 0.05)")
      ->type_name("P");
  app->add_option("--budget", a.budget, "work for all rows together, in nominal seconds (default 200s)")
      ->type_name("SECONDS");
  app->add_option("--constant", a.constant,
                  "put for the constant in O(1/m) where a test needs a number (default 100)")
      ->type_name("X");
  app->add_flag("--calibrate", a.calibrate,
                "measure the tests' false alarms at the border of the null instead");
  app->add_option("--preset", a.preset, "a named starting point, see run --help")->type_name("NAME");
  app->add_option("--config", a.config_file, "configuration in TOML")->type_name("FILE.toml");
  app->add_option("--set", a.sets, "set one key; repeatable, wins over files and presets")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  app->add_option("--seed", a.seed, "seed of every random draw")->type_name("S");
  app->add_option("--precision", a.precision, "of runs: double, [mpfr:]BITS, auto or certified[:BITS]")
      ->type_name("P");
  app->add_option("--threads", a.threads, "threads (default: all); no result depends on it")
      ->type_name("N")
      ->check(CLI::Range(1u, 4096u));
  declare_condition_options(*app, a.condition);
  app->add_option("--again", a.again, "repeat the check of this record: the same rows, settings and means")
      ->type_name("verdicts.json|map.json");
  app->add_option("--out", a.out, "write verdicts.json and report.html there, or map.json and map.svg")
      ->type_name("DIR");
  app->add_flag("--resume", a.resume, "take what an earlier process of this check finished from DIR");
  declare_take_over(*app, a.take_over);
  app->add_flag("--strict", a.strict, "exit code 3 also if a row is supported without being shown to hold");
  app->add_flag("--json", a.json, "machine-readable result on standard output, nothing else there");
  app->add_flag("--quiet", a.quiet, "no progress, no table");
  app->footer(footer());
  return app;
}

}  // namespace escapement::cli
