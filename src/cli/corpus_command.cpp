#include "escapement/cli/corpus_command.h"

#include <algorithm>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "escapement/cli/chance_report.h"
#include "escapement/cli/interrupt.h"
#include "escapement/cli/standard_streams.h"
#include "escapement/config/input_error.h"
#include "escapement/hunt/certificate_of_case.h"
#include "escapement/hunt/chance/chance_export.h"
#include "escapement/hunt/chance/chance_replay.h"
#include "escapement/hunt/corpus.h"
#include "escapement/hunt/export_case.h"
#include "escapement/hunt/stored_object.h"
#include "escapement/hunt/written_out.h"
#include "escapement/judge/engine_laboratory.h"

namespace escapement::cli {

using config::InputError;
using nlohmann::ordered_json;

namespace {

std::string assumptions_of(const std::vector<hunt::Hypothesis>& hypotheses) {
  std::string text;
  for (const hunt::Hypothesis& h : hypotheses)
    if (!h.own && h.holds == numeric::Truth::yes) text += (text.empty() ? "" : " ") + h.name;
  return text;
}

bool does_not_span(const hunt::StoredCase& s) {
  return std::any_of(s.hypotheses.begin(), s.hypotheses.end(), [](const hunt::Hypothesis& h) {
    return h.name == "spanning" && h.holds == numeric::Truth::no;
  });
}

// What both kinds of finds say of themselves.
struct Listed {
  std::string file, claim, kind, rung, degenerate, assumptions, summary;
  std::optional<hunt::RefutedConstants> refuted;
  bool spans = true;
};

std::string claim_of(const std::string& id, const std::string& clause, const std::string& reading) {
  return id + (clause.empty() ? "" : " " + clause) + " " + reading;
}

// A folder as far as it can be read. Names each damaged file on standard error; no command replaces or removes one.
struct Folder {
  std::vector<hunt::CorpusEntry> cases;
  std::vector<hunt::ChanceEntry> runs;
  std::size_t damaged = 0;

  explicit Folder(const std::filesystem::path& directory) {
    const auto tell = [this](const InputError& error) {
      ++damaged;
      say("escapement: {}\n", error.what());
    };
    cases = hunt::read_corpus(directory, tell);
    runs = hunt::read_chances(directory, tell);
  }
  int exit_code() const { return damaged == 0 ? 0 : 2; }
};

// None if the claim is unknown today or its text is another one.
std::optional<hunt::RefutedConstants> refuted_by(const std::vector<hunt::Target>& targets,
                                                 const hunt::StoredCase& s) {
  const hunt::Target* target = hunt::target_of(targets, s.values);
  if (target == nullptr || target->text != s.text || s.rung != hunt::Rung::certified) return std::nullopt;
  return hunt::refuted_constants(*target, s.values);
}

std::optional<hunt::RefutedConstants> refuted_by(const std::vector<hunt::ChanceTarget>& targets,
                                                 const hunt::StoredChance& s) {
  const hunt::ChanceTarget* target = hunt::target_of(targets, s.values);
  if (target == nullptr || target->text() != s.text) return std::nullopt;
  return hunt::refuted_constants(*target, s.values, s.test.low);
}

std::vector<Listed> listed(const Folder& folder) {
  std::vector<Listed> all;
  const std::vector<hunt::Target> targets = hunt::paper_targets();
  for (const hunt::CorpusEntry& entry : folder.cases) {
    const hunt::StoredCase& s = entry.stored;
    all.push_back({entry.file.string(), claim_of(s.values.claim, s.values.clause, s.values.reading),
                   s.lineage.kind, to_string(s.rung), s.degenerate, assumptions_of(s.hypotheses),
                   hunt::summary(s.values), refuted_by(targets, s), !does_not_span(s)});
  }
  const std::vector<hunt::ChanceTarget> chance_targets = hunt::chance_targets();
  for (const hunt::ChanceEntry& entry : folder.runs) {
    const hunt::StoredChance& s = entry.stored;
    all.push_back({entry.file.string(), claim_of(s.values.claim, s.values.clause, s.values.reading),
                   s.lineage.kind, "tested", s.degenerate, assumptions_of(s.hypotheses), s.summary,
                   refuted_by(chance_targets, s)});
  }
  return all;
}

int list_cases(const CorpusArguments& a) {
  const Folder folder(a.directory);
  ordered_json list = ordered_json::array();
  for (const Listed& s : listed(folder)) {
    if (a.json) {
      list.push_back({{"case", s.file},
                      {"claim", s.claim},
                      {"kind", s.kind},
                      {"rung", s.rung},
                      {"degenerate", s.degenerate},
                      {"assumptions", s.assumptions},
                      {"summary", s.summary}});
      add_refuted(list.back(), s.refuted);
      continue;
    }
    fmt::print("{}\n    {}, {}, {}{}\n    {}{}{}\n{}", s.file, s.claim, s.kind, s.rung,
               s.degenerate.empty() ? "" : ", degenerate: " + s.degenerate, s.summary,
               s.assumptions.empty() ? "" : "; meets " + s.assumptions,
               s.spans ? "" : "; inputs do not span the space", refuted_line(s.refuted));
  }
  if (a.json) fmt::print("{}\n", list.dump(1));
  return folder.exit_code();
}

hunt::Laboratories all_threads() { return {std::max(1u, std::thread::hardware_concurrency()), interrupted}; }

void minimise_runs(const CorpusArguments& a, const std::vector<hunt::ChanceEntry>& runs,
                   const theory::ConditionInputs& inputs) {
  const std::vector<hunt::ChanceTarget> targets = hunt::chance_targets();
  for (const hunt::ChanceEntry& entry : runs) {
    if (hunt::replay(targets, entry.stored, std::nullopt, {}, all_threads()).outcome !=
        hunt::Replay::reproduced) {
      fmt::print("{}: not reproduced, left as it is\n", entry.file.string());
      continue;
    }
    const hunt::ChanceTarget& target = *hunt::target_of(targets, entry.stored.values);
    const hunt::StoredChance small = hunt::minimise(target, entry.stored, inputs, all_threads());
    if (small.values == entry.stored.values) {
      fmt::print("{}: nothing simpler found\n", entry.file.string());
      continue;
    }
    const std::filesystem::path file = hunt::write_chance(a.directory, small);
    std::filesystem::remove(entry.file);
    fmt::print("{}: now {} ({})\n", entry.file.string(), file.string(), small.summary);
  }
}

int minimise_cases(const CorpusArguments& a) {
  const std::vector<hunt::Target> targets = hunt::paper_targets();
  const theory::ConditionInputs inputs = condition_inputs(a.condition);
  catch_interrupts();
  const Folder folder(a.directory);
  for (const hunt::CorpusEntry& entry : folder.cases) {
    if (interrupted()) return kInterrupted;
    if (hunt::replay(targets, entry.stored, {}).outcome != hunt::Replay::reproduced) {
      fmt::print("{}: not reproduced, left as it is\n", entry.file.string());
      continue;
    }
    const hunt::Target& target = *hunt::target_of(targets, entry.stored.values);
    const hunt::StoredCase small = hunt::minimise(target, entry.stored, inputs, interrupted);
    if (small.values == entry.stored.values) {
      hunt::write_case(a.directory, small);  // with what this build says of it
      fmt::print("{}: nothing simpler found\n", entry.file.string());
      continue;
    }
    const std::filesystem::path file = hunt::write_case(a.directory, small);
    std::filesystem::remove(entry.file);
    fmt::print("{}: now {} ({})\n", entry.file.string(), file.string(), hunt::summary(small.values));
  }
  try {
    minimise_runs(a, folder.runs, inputs);
  } catch (const judge::Interrupted&) {  // what was made smaller so far stays
  }
  return interrupted() ? kInterrupted : folder.exit_code();
}

int prune_cases(const CorpusArguments& a) {
  const Folder folder(a.directory);
  auto list = hunt::dispensable(hunt::paper_targets(), folder.cases);
  for (hunt::Dispensable& d : hunt::dispensable(hunt::chance_targets(), folder.runs, all_threads()))
    list.push_back(std::move(d));
  for (const hunt::Dispensable& d : list) {
    fmt::print("{}: {}{}\n", d.file.string(), a.dry_run ? "would go: " : "removed: ", d.reason);
    if (!a.dry_run) std::filesystem::remove(d.file);
  }
  const std::size_t all = folder.cases.size() + folder.runs.size();
  fmt::print("{} of {} cases stay\n", all - list.size(), all);
  return folder.exit_code();
}

std::string exported_runs(const CorpusArguments& a, const std::string& text) {
  if (!a.python)
    throw InputError("command line", "export", "--python for a find about runs: it has no one instance");
  const hunt::StoredChance stored = hunt::parse_chance(text, a.file.string());
  const std::vector<hunt::ChanceTarget> targets = hunt::chance_targets();
  const hunt::ChanceTarget* target = hunt::target_of(targets, stored.values);
  const auto chance = target ? hunt::chance_at(*target, stored.values) : std::nullopt;
  if (!chance)
    throw InputError(a.file.string(), "claim", "a claim about runs that there is", stored.values.claim);
  return hunt::python_snippet(stored, *chance);
}

std::string exported_case(const CorpusArguments& a, const std::string& text) {
  const hunt::StoredCase stored = hunt::parse_case(text, a.file.string());
  return a.catch2   ? hunt::catch2_test(stored)
         : a.python ? hunt::python_snippet(stored)
         : a.coq    ? hunt::certificate_text_of_case(stored.values)
                    : hunt::instance_text(hunt::one_by_one(stored.values, a.file.string()));
}

int export_case(const CorpusArguments& a) {
  if (int{a.catch2} + int{a.python} + int{a.instance} + int{a.coq} != 1)
    throw InputError("command line", "export", "one of --catch2, --python, --instance, --coq");
  const std::string file = hunt::text_of_file(a.file);
  const std::string text = hunt::is_chance_text(file) ? exported_runs(a, file) : exported_case(a, file);
  if (!a.out) {
    fmt::print("{}", text);
    return 0;
  }
  if (hunt::holds_other_text(*a.out, text))
    throw InputError(a.out->string(), "", "no file of that name, or one of the text that is exported");
  hunt::write_atomically(*a.out, text);
  return 0;
}

}  // namespace

CLI::App* declare_corpus(CLI::App& tool, CorpusArguments& a) {
  CLI::App* app = tool.add_subcommand("corpus", "stored cases: list, minimise, prune, export");
  app->require_subcommand(1);
  const auto folder = [&](const char* name, const char* what, bool& chosen) {
    CLI::App* sub = app->add_subcommand(name, what);
    sub->add_option("directory", a.directory, "folder of *.case.json and *.runs.json (default corpus)")
        ->type_name("DIR");
    sub->callback([&chosen] { chosen = true; });
    return sub;
  };
  folder("list", "what is there", a.list)
      ->add_flag("--json", a.json, "machine-readable result on standard output, nothing else there");
  CLI::App* min =
      folder("min",
             "replace each case by a simpler one that keeps half of its margin, its hypotheses and "
             "those of A1..A6 and spanning that it meets",
             a.min);
  declare_condition_options(*min, a.condition);
  folder("prune", "remove what is not reproduced, and all but the simplest and the most dramatic of a kind",
         a.prune)
      ->add_flag("--dry-run", a.dry_run, "only say what would go");
  CLI::App* exporting = app->add_subcommand("export", "one case in another form");
  exporting->add_option("file", a.file, "a stored case")->type_name("FILE")->required();
  exporting->add_flag("--catch2", a.catch2, "a regression test in C++");
  exporting->add_flag("--python", a.python, "a NumPy snippet that shows the failure without this program");
  exporting->add_flag("--instance", a.instance, "an instance file for `escapement run --instance`");
  exporting->add_flag("--coq", a.coq, "a certificate for the checker that is proved sound in Coq");
  exporting->add_option("--out", a.out, "write it there (default: standard output)")->type_name("FILE");
  return app;
}

int corpus_command(const CorpusArguments& a) {
  if (a.list) return list_cases(a);
  if (a.min) return minimise_cases(a);
  if (a.prune) return prune_cases(a);
  return export_case(a);
}

}  // namespace escapement::cli
