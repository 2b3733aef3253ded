#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "escapement/cli/hunt_command.h"
#include "escapement/cli/hunt_rows.h"
#include "escapement/cli/output_options.h"

namespace escapement::cli {

namespace {

std::string footer() {
  std::string text = "Statements with their clauses and readings:\n", id, rows;
  const auto line = [&] {
    if (!id.empty()) text += fmt::format("  {:<21} {}\n", id, rows);
  };
  const HuntRows all;
  for (const HuntRow& t : all.all()) {
    if (t.id() != id) {
      line();
      id = t.id();
      rows.clear();
    }
    rows += (rows.empty() ? "" : ", ") + (t.clause().empty() ? "" : t.clause() + " ") + t.reading() +
            (t.runs ? "*" : "");
  }
  line();
  return text +
         "\nA find is confirmed in double, in MPFR at two precisions and by an enclosure, stored the moment "
         "it is found, "
         "and\nshrunk: the simplest (with at least half of the best margin) and the most dramatic one are "
         "kept. Rows marked * are "
         "about\nprobabilities over whole runs: a find is a configuration at which a sequential test on "
         "fresh "
         "streams refutes the\nbound. The same seed gives the same finds on any number of threads; the "
         "budget "
         "only says when to give up.\nExit codes: 1 "
         "found, 2 bad input, 3 no counterexample found, which proves nothing, 4 a bug of ours, 130 "
         "interrupted.\n";
}

}  // namespace

CLI::App* declare_hunt(CLI::App& tool, HuntArguments& a) {
  CLI::App* app =
      tool.add_subcommand("hunt", "search for a counterexample to a statement, shrink it, store it");
  app->add_option("id", a.id, "the statement (listed below)")->type_name("ID");
  app->add_option("--reading", a.reading, "this reading only")->type_name("NAME");
  app->add_option("--clause", a.clause, "this clause only")->type_name("NAME");
  app->add_option("--budget", a.budget, "seconds of the clock for all rows together (default 60s)")
      ->type_name("SECONDS");
  app->add_option("--rounds", a.rounds,
                  "at most so many rounds of search for each row, whatever the clock says")
      ->type_name("N");
  app->add_option("--seed", a.seed, "of the search (default 1)")->type_name("S");
  app->add_option("--constant", a.constant, "put for the constant in O(.) (default 100)")->type_name("K");
  CLI::Option* inside =
      app->add_flag("--inside", a.inside, "only where all that the statement assumes of Condition 1 holds");
  app->add_flag("--anywhere", a.anywhere, "wherever its other hypotheses hold (default); A1..A6 are reported")
      ->excludes(inside);
  app->add_option("--keep", a.keep,
                  "one of A1..A6, or spanning (the inputs span R^d), that has to hold; repeatable")
      ->type_name("NAME")
      ->allow_extra_args(false);
  app->add_option("--over", a.over,
                  "search KEY in a range only, KEY=LOW:HIGH; keys d, m, n, steps, eta, sigma, theta_norm, "
                  "x_norm (of every input); for rows marked * those of their statement")
      ->type_name("KEY=RANGE")
      ->allow_extra_args(false);
  app->add_option("--fix", a.fix, "one value only, KEY=VALUE")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  app->add_option("--frontier", a.frontier,
                  "then walk from the simplest find to where it meets the claim, along constant, eta, sigma, "
                  "rho, start "
                  "(a factor of Z(0)) or theta_norm (a factor of theta*), where the row has it")
      ->type_name("KEY");
  declare_condition_options(*app, a.condition);
  app->add_option("--corpus", a.corpus,
                  "stored cases to try first (default: the folder corpus, where there is one)")
      ->type_name("DIR");
  app->add_option(
         "--again", a.again,
         "repeat the hunt of this record, which --out has: the same finds unless the clock ended one of "
         "the two, so give --rounds and a large --budget; --corpus: where its stored cases are now")
      ->type_name("hunt.json");
  app->add_option("--out", a.out, "where finds are stored (default finds)")->type_name("DIR");
  app->add_flag("--resume", a.resume, "go on where a hunt with the same question and --out was ended");
  declare_take_over(*app, a.take_over);
  app->add_option("--threads", a.threads, "threads (default: all); no result depends on it")
      ->type_name("N")
      ->check(CLI::Range(1u, 4096u));
  app->add_flag("--json", a.json, "machine-readable result on standard output, nothing else there");
  app->add_flag("--quiet", a.quiet, "no progress, no text");
  app->footer(footer());
  return app;
}

}  // namespace escapement::cli
