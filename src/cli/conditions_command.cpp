#include "escapement/cli/conditions_command.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace escapement::cli {

namespace {

constexpr int kTextDigits = 30, kJsonDigits = 50, kMostDigits = 10'000;

constexpr const char* kFooter =
    R"(Keys of --set: d, n, m (integers of any length; n also fresh or population), sigma, eta, theta_norm, loss, seed,
replica. --preset, --config and --instance describe a run, and all of its values count as given. Without them only
what --set says does, beside d = 20 and sigma = 4 as in the paper's experiments. What is not given is put on the
border of its assumption (eta = eta_max, m = m_min, n = n_min, |theta*| = theta_max) and listed as assumed.
Without --c-data, C_data is max |x_k| of the data set: that of --data or --instance, else the one that `run` draws
for d, n and the seed (200 inputs where n is not given).
Nothing is claimed here: the exit code is 0 whether A1-A6 hold or not, 2 for bad input.
)";

}  // namespace

CLI::App* declare_conditions(CLI::App& tool, ConditionsArguments& a) {
  CLI::App* app =
      tool.add_subcommand("conditions", "Condition 1: A1-A6 with margins, the sizes it takes, T1");
  app->add_option("--set", a.sets, "set one key; repeatable, wins over files and presets")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  app->add_option("--preset", a.preset, "a named starting point, see run --help")->type_name("NAME");
  app->add_option("--config", a.config_file, "configuration in TOML")->type_name("FILE.toml");
  app->add_option("--instance", a.instance_file,
                  "an explicit instance (escapement-instance/1), or a stored case")
      ->type_name("FILE.json");
  app->add_option(
         "--data", a.data_file,
         "the inputs: one x_k a line, d numbers separated by commas or blanks; a header line is skipped")
      ->type_name("FILE.csv");
  declare_condition_options(*app, a.condition);
  app->add_option("--digits", a.digits, "significant digits (default 30, with --json 50)")
      ->type_name("N")
      ->check(CLI::Range(1, kMostDigits));
  app->add_flag("--json", a.json, "machine-readable result on standard output, nothing else there");
  app->footer(kFooter);
  return app;
}

int conditions_command(const ConditionsArguments& arguments) {
  const ConditionsQuestion question = resolve_conditions(arguments);
  const int digits = arguments.digits.value_or(arguments.json ? kJsonDigits : kTextDigits);
  const theory::Condition condition =
      theory::evaluate_condition(question.point, question.inputs, digits * 10L / 3 + 32);
  if (arguments.json)
    fmt::print("{}\n", conditions_json(question, condition, digits));
  else
    fmt::print("{}", conditions_text(question, condition, digits));
  return 0;
}

}  // namespace escapement::cli
