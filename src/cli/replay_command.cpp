#include "escapement/cli/replay_command.h"

#include <algorithm>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "escapement/certify/certificate_file.h"
#include "escapement/cli/hunt_report.h"
#include "escapement/cli/replay_certificate.h"
#include "escapement/cli/replay_runs.h"
#include "escapement/cli/standard_streams.h"
#include "escapement/config/input_error.h"
#include "escapement/hunt/replay.h"
#include "escapement/report/text_file.h"

namespace escapement::cli {

using config::InputError;
using hunt::Replay;
using nlohmann::ordered_json;

namespace {

bool is_instance(const std::string& text) {
  const auto root = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  return root.is_object() && root.contains("format") && root["format"] == "escapement-instance/1";
}

hunt::StoredCase load(const ReplayArguments& a, const std::vector<hunt::Target>& targets,
                      const std::filesystem::path& file) {
  const std::string text = report::read_text(file);
  if (!is_instance(text)) {
    if (a.claim)
      throw InputError(file.string(), "format", "\"escapement-instance/1\" where --claim is given");
    return hunt::parse_case(text, file.string());
  }
  if (!a.claim)
    throw InputError("command line", "--claim", "a statement's id, for an instance file has none");
  const auto rows = hunt::select(targets, *a.claim, a.clause, a.reading);
  if (rows.size() != 1) {
    std::string names;
    for (const hunt::Target* t : rows) names += (names.empty() ? "" : ", ") + t->name();
    throw InputError("command line", "--claim", "one row, by --clause and --reading, of " + names, *a.claim);
  }
  const auto constant = a.constant ? numeric::parse_exact(*a.constant) : std::optional<numeric::Exact>(100);
  if (!constant || *constant <= 0)
    throw InputError("command line", "--constant", "a positive number", *a.constant);
  return hunt::case_of_instance(model::parse_instance(text, file.string()), *rows[0], *constant);
}

std::string digits(const numeric::Ball& x) {
  constexpr int kDigits = 12;
  const std::string radius = x.radius_string();
  return x.mid_string(kDigits) + (radius == "0" ? "" : " +/- " + radius);
}

using Refuted = std::optional<hunt::RefutedConstants>;

ordered_json to_json(const std::filesystem::path& file, const hunt::StoredCase& s, const hunt::Replayed& r,
                     const Refuted& refuted) {
  const bool read = r.reading.margin.has_value();
  ordered_json entry = {{"case", file.string()},
                        {"statement", s.values.claim},
                        {"clause", s.values.clause},
                        {"reading", s.values.reading},
                        {"outcome", to_string(r.outcome)},
                        {"detail", r.detail},
                        {"bits", r.bits},
                        {"left", read ? ordered_json(digits(r.reading.left)) : ordered_json()},
                        {"right", read ? ordered_json(digits(r.reading.right)) : ordered_json()},
                        {"margin", read ? ordered_json(digits(*r.reading.margin)) : ordered_json()}};
  add_refuted(entry, refuted);
  return entry;
}

void print(const std::filesystem::path& file, const hunt::StoredCase& s, const hunt::Replayed& r,
           const Refuted& refuted) {
  fmt::print("{}: {}\n", file.string(), to_string(r.outcome));
  if (!r.detail.empty()) fmt::print("    {}\n", r.detail);
  if (r.outcome == Replay::stale || r.outcome == Replay::unknown_claim) return;
  fmt::print("    {}\n", s.text);
  fmt::print("{}", case_text(s));
  if (!r.reading.margin) return;
  fmt::print("    left {}, right {}, margin {} at {} bits\n", digits(r.reading.left), digits(r.reading.right),
             digits(*r.reading.margin), r.bits);
  fmt::print("{}", refuted_line(refuted));
}

}  // namespace

CLI::App* declare_replay(CLI::App& tool, ReplayArguments& a) {
  CLI::App* app = tool.add_subcommand("replay", "ask stored cases again at any precision");
  app->add_option("files", a.files, "stored cases, certificates (*.cert), or an instance with --claim")
      ->type_name("FILE")
      ->required();
  app->add_option(
         "--precision", a.precision,
         "double, BITS (MPFR) or certified[:BITS], enclosures up to so many bits (default certified; for "
         "finds about runs double, which is what they were found in)")
      ->type_name("P");
  app->add_option("--claim", a.claim, "hold an instance file (escapement-instance/1) against this statement")
      ->type_name("ID");
  app->add_option("--clause", a.clause, "and this clause")->type_name("NAME");
  app->add_option("--reading", a.reading, "in this reading")->type_name("NAME");
  app->add_option("--constant", a.constant,
                  "put for the constant in O(.) (default 100); a stored case has its own")
      ->type_name("K");
  CLI::Option* fresh =
      app->add_flag("--fresh", a.fresh, "finds about runs on new streams, of a seed that is then said");
  app->add_option("--seed", a.seed, "finds about runs on the replicas of this seed")
      ->type_name("S")
      ->excludes(fresh);
  app->add_option("--threads", a.threads, "threads (default: all); no result depends on it")
      ->type_name("N")
      ->check(CLI::Range(1u, 4096u));
  app->add_flag("--json", a.json, "machine-readable result on standard output, nothing else there");
  app->add_flag("--quiet", a.quiet, "exit code only");
  app->footer(
      "Outcomes: reproduced (the claim is violated), not reproduced, undecided, stale (the claim's text has "
      "changed "
      "since),\nunknown claim; of a certificate, accepted or rejected by the checker, in its own "
      "integers.\nExit codes: 1 one case is reproduced or one certificate accepted, 0 none is and each is "
      "decided, 2 bad "
      "input, 3 "
      "undecided, stale, unknown or rejected.\n");
  return app;
}

namespace {

// One of the three.
struct Replayable {
  std::filesystem::path file;
  std::optional<hunt::StoredCase> stored;
  std::optional<hunt::StoredChance> runs;
  std::optional<certify::Certificate> certificate;
};

Replayable read(const ReplayArguments& a, const std::vector<hunt::Target>& targets,
                const std::filesystem::path& file) {
  Replayable result{file, {}, {}, {}};
  if (is_certificate(file)) {
    if (a.claim) throw InputError(file.string(), "", "an instance file where --claim is given");
    result.certificate = certify::read_certificate(file);
  } else if (const std::string text = report::read_text(file); hunt::is_chance_text(text)) {
    if (a.claim) throw InputError(file.string(), "", "an instance file where --claim is given");
    result.runs = hunt::parse_chance(text, file.string());
  } else {
    result.stored = load(a, targets, file);
  }
  if ((a.fresh || a.seed) && !result.runs)
    throw InputError(file.string(), "format",
                     fmt::format("\"escapement-runs/1\" where {} is given", a.fresh ? "--fresh" : "--seed"));
  return result;
}

}  // namespace

int replay_command(const ReplayArguments& a) {
  const std::vector<hunt::Target> targets = hunt::paper_targets();
  const std::vector<hunt::ChanceTarget> chance_targets = hunt::chance_targets();
  const hunt::Arithmetic arithmetic = hunt::parse_arithmetic(a.precision.value_or("certified"));
  const config::PrecisionChoice precision = precision_of_runs(a.precision);
  const std::optional<std::uint64_t> seed = new_seed_of(a.seed, a.fresh);
  const unsigned threads = a.threads == 0 ? std::max(1u, std::thread::hardware_concurrency()) : a.threads;
  std::vector<Replayable> all;  // read before anything is said
  bool damaged = false;
  for (const std::filesystem::path& file : a.files) {
    try {
      all.push_back(read(a, targets, file));
    } catch (const InputError& error) {
      if (a.files.size() == 1 || error.where() == "command line") throw;
      damaged = true;
      say("escapement: {}\n", error.what());
    }
  }
  bool reproduced = false, decided = true;
  ordered_json list = ordered_json::array();
  for (const Replayable& one : all) {
    if (one.certificate) {
      const certify::CertificateAnswer answer = certify::check_certificate(*one.certificate);
      reproduced |= answer.accepted;
      decided &= answer.accepted;
      if (a.json)
        list.push_back(certificate_answer_json(one.file, *one.certificate, answer));
      else if (!a.quiet)
        fmt::print("{}", certificate_answer_text(one.file, *one.certificate, answer));
      continue;
    }
    if (one.runs) {
      const hunt::ChanceReplay answer =
          hunt::replay(chance_targets, *one.runs, seed, precision, {threads, {}});
      reproduced |= answer.outcome == Replay::reproduced;
      decided &= answer.outcome == Replay::reproduced || answer.outcome == Replay::not_reproduced;
      const Refuted refuted =
          answer.outcome == Replay::reproduced
              ? hunt::refuted_constants(*hunt::target_of(chance_targets, one.runs->values), one.runs->values,
                                        answer.sample.low)
              : std::nullopt;
      if (a.json) {
        list.push_back(runs_answer_json(one.file, *one.runs, answer));
        add_refuted(list.back(), refuted);
      } else if (!a.quiet) {
        fmt::print("{}{}", runs_answer_text(one.file, *one.runs, answer), refuted_line(refuted));
      }
      continue;
    }
    const hunt::Replayed result = hunt::replay(targets, *one.stored, arithmetic);
    reproduced |= result.outcome == Replay::reproduced;
    decided &= result.outcome == Replay::reproduced || result.outcome == Replay::not_reproduced;
    const Refuted refuted =
        result.outcome == Replay::reproduced
            ? hunt::refuted_constants(*target_of(targets, one.stored->values), one.stored->values)
            : std::nullopt;
    if (a.json)
      list.push_back(to_json(one.file, *one.stored, result, refuted));
    else if (!a.quiet)
      print(one.file, *one.stored, result, refuted);
  }
  if (a.json) fmt::print("{}\n", (a.files.size() == 1 ? list[0] : list).dump(1));
  return damaged ? 2 : reproduced ? 1 : decided ? 0 : 3;
}

}  // namespace escapement::cli
