#include <CLI/CLI.hpp>

#include "escapement/cli/output_options.h"
#include "escapement/cli/run_command.h"
#include "escapement/config/keys.h"
#include "escapement/config/presets.h"

namespace escapement::cli {

namespace {

std::string footer() {
  std::string text = "Presets:\n";
  for (const config::Preset& preset : config::presets())
    text += "  " + std::string(preset.name) +
            std::string(22 - std::min<std::size_t>(21, preset.name.size()), ' ') + std::string(preset.doc) +
            "\n";
  text += "\nKeys (for --set, --sweep and TOML files; numbers are exact: 0.001, 1/1000, 2^-10, 0x1p-10):\n";
  text += config::key_help();
  text +=
      "\nExit codes: 0 done (also when a run diverged: the step is reported), 2 bad input, 3 undecided (an "
      "enclosure "
      "became too wide, a number is not finite, or --certify missed its radius), 4 a bug of ours, 130 "
      "interrupted.\n";
  return text;
}

}  // namespace

void declare_run(CLI::App& run, RunArguments& a) {
  run.add_option("--preset", a.preset, "a named starting point (listed below)")->type_name("NAME");
  run.add_option("--config", a.config_file, "configuration in TOML, `key = value` lines")
      ->type_name("FILE.toml");
  run.add_option("--instance", a.instance_file,
                 "an explicit instance (escapement-instance/1), or a stored case")
      ->type_name("FILE.json");
  run.add_option(
         "--again", a.again,
         "repeat the run of this record: the same numbers, with other --threads, --out and figures only")
      ->type_name("run.json");
  run.add_option("--set", a.sets, "set one key; repeatable, wins over files and presets")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  run.add_option("--sweep", a.sweeps,
                 "run for several values: KEY=v1,v2,.. or KEY=a:b:log[:COUNT] or :lin; repeatable (a grid)")
      ->type_name("KEY=VALUES")
      ->allow_extra_args(false);
  run.add_option("--replicas", a.replicas, "independent replicas, with bands over them")->type_name("R");
  run.add_option("--seed", a.seed, "seed of every random draw")->type_name("S");
  run.add_option("--precision", a.precision,
                 "double, [mpfr:]BITS, auto (as many bits as eta needs) or certified[:BITS] (enclosures)")
      ->type_name("P");
  run.add_flag(
      "--certify", a.certify,
      "enclosures, at a precision that is raised until --radius is reached or more bits do not help");
  run.add_option("--radius", a.radius, "with --certify: the radius asked for at the end (default 1e-10)")
      ->type_name("X");
  run.add_option("--start-radius", a.start_radius,
                 "with --certify: enclose every start whose entries differ by at most X (default 0)")
      ->type_name("X");
  run.add_option("--max-bits", a.most_bits, "with --certify: the most bits to try (default 200000)")
      ->type_name("BITS");
  run.add_option("--threads", a.threads, "threads for replicas (default: all); no result depends on it")
      ->type_name("N")
      ->check(CLI::Range(1u, 4096u));
  run.add_option("--out", a.out, "write tables and figures there; without it only a summary is printed")
      ->type_name("DIR");
  run.add_flag("--resume", a.resume, "go on from the checkpoints in DIR, bit for bit");
  declare_take_over(run, a.take_over);
  run.add_flag("--no-figures", a.no_figures, "write the tables only");
  run.add_flag("--json", a.json, "machine-readable result on standard output, nothing else there");
  run.add_flag("--quiet", a.quiet, "no progress, no summary");
  run.footer(footer());
}

}  // namespace escapement::cli
