#include "escapement/cli/corpus_command.h"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "escapement/cli/interrupt.h"
#include "escapement/config/input_error.h"
#include "escapement/hunt/certificate_of_case.h"
#include "escapement/hunt/corpus.h"
#include "escapement/hunt/export_case.h"
#include "escapement/hunt/written_out.h"

namespace escapement::cli {

using config::InputError;
using nlohmann::ordered_json;

namespace {

std::string assumptions_of(const hunt::StoredCase& s) {
  std::string text;
  for (const hunt::Hypothesis& h : s.hypotheses)
    if (!h.own && h.holds == numeric::Truth::yes) text += (text.empty() ? "" : " ") + h.name;
  return text;
}

bool does_not_span(const hunt::StoredCase& s) {
  return std::any_of(s.hypotheses.begin(), s.hypotheses.end(), [](const hunt::Hypothesis& h) {
    return h.name == "spanning" && h.holds == numeric::Truth::no;
  });
}

int list_cases(const CorpusArguments& a) {
  ordered_json list = ordered_json::array();
  for (const hunt::CorpusEntry& entry : hunt::read_corpus(a.directory)) {
    const hunt::StoredCase& s = entry.stored;
    const std::string name =
        s.values.claim + (s.values.clause.empty() ? "" : " " + s.values.clause) + " " + s.values.reading;
    if (a.json)
      list.push_back({{"case", entry.file.string()},
                      {"claim", name},
                      {"kind", s.lineage.kind},
                      {"rung", to_string(s.rung)},
                      {"degenerate", s.degenerate},
                      {"assumptions", assumptions_of(s)},
                      {"summary", hunt::summary(s.values)}});
    else
      fmt::print("{}\n    {}, {}, {}{}\n    {}{}{}\n", entry.file.string(), name, s.lineage.kind,
                 to_string(s.rung), s.degenerate.empty() ? "" : ", degenerate: " + s.degenerate,
                 hunt::summary(s.values), assumptions_of(s).empty() ? "" : "; meets " + assumptions_of(s),
                 does_not_span(s) ? "; inputs do not span the space" : "");
  }
  if (a.json) fmt::print("{}\n", list.dump(1));
  return 0;
}

int minimise_cases(const CorpusArguments& a) {
  const std::vector<hunt::Target> targets = hunt::paper_targets();
  const theory::ConditionInputs inputs = condition_inputs(a.condition);
  catch_interrupts();
  for (const hunt::CorpusEntry& entry : hunt::read_corpus(a.directory)) {
    if (interrupted()) break;
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
  return 0;
}

int prune_cases(const CorpusArguments& a) {
  const auto corpus = hunt::read_corpus(a.directory);
  const auto list = hunt::dispensable(hunt::paper_targets(), corpus);
  for (const hunt::Dispensable& d : list) {
    fmt::print("{}: {}{}\n", d.file.string(), a.dry_run ? "would go: " : "removed: ", d.reason);
    if (!a.dry_run) std::filesystem::remove(d.file);
  }
  fmt::print("{} of {} cases stay\n", corpus.size() - list.size(), corpus.size());
  return 0;
}

int export_case(const CorpusArguments& a) {
  if (int{a.catch2} + int{a.python} + int{a.instance} + int{a.coq} != 1)
    throw InputError("command line", "export", "one of --catch2, --python, --instance, --coq");
  const hunt::StoredCase stored = hunt::read_case(a.file);
  const std::string text = a.catch2   ? hunt::catch2_test(stored)
                           : a.python ? hunt::python_snippet(stored)
                           : a.coq    ? hunt::certificate_text_of_case(stored.values)
                                      : hunt::instance_text(hunt::one_by_one(stored.values, a.file.string()));
  if (a.out)
    hunt::write_atomically(*a.out, text);
  else
    fmt::print("{}", text);
  return 0;
}

}  // namespace

CLI::App* declare_corpus(CLI::App& tool, CorpusArguments& a) {
  CLI::App* app = tool.add_subcommand("corpus", "stored cases: list, minimise, prune, export");
  app->require_subcommand(1);
  const auto folder = [&](const char* name, const char* what, bool& chosen) {
    CLI::App* sub = app->add_subcommand(name, what);
    sub->add_option("directory", a.directory, "folder of *.case.json (default corpus)")->type_name("DIR");
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
