#include "escapement/cli/check_command.h"

#include <cstdio>

#include <fmt/format.h>

#include "escapement/cli/calibrate.h"
#include "escapement/cli/check_again.h"
#include "escapement/cli/check_summary.h"
#include "escapement/cli/check_work.h"
#include "escapement/cli/interrupt.h"
#include "escapement/cli/output_directory.h"
#include "escapement/cli/record.h"
#include "escapement/cli/shared_rows.h"
#include "escapement/cli/standard_streams.h"
#include "escapement/cli/status_line.h"
#include "escapement/cluster/journal.h"
#include "escapement/config/load.h"
#include "escapement/config/precision_advice.h"
#include "escapement/judge/settings_check.h"
#include "escapement/judge/verdict_text.h"
#include "escapement/numeric/check.h"
#include "escapement/numeric/checksum.h"
#include "escapement/report/html_page.h"
#include "escapement/report/map_figure.h"
#include "escapement/report/map_file.h"
#include "escapement/report/verdict_file.h"
#include "escapement/report/verdict_table.h"
#include "escapement/theory/registry.h"

namespace escapement::cli {

using config::InputError;
using numeric::Exact;
using theory::Outcome;

namespace {

constexpr std::int64_t kLeastPart = 1'000'000'000'000'000;

config::Config load_config(const CheckArguments& a) {
  config::Request request;
  if (a.again) {
    request.options = a.recorded;
    return config::load(request);
  }
  request.preset = a.preset;
  if (!a.preset && !a.config_file) request.preset = "two-phase";
  request.file = a.config_file;
  request.sets = a.sets;
  if (a.seed) request.options.push_back({"seed", *a.seed, "--seed"});
  if (a.precision) request.options.push_back({"precision", *a.precision, "--precision"});
  return config::load(request);
}

double between(const char* option, const std::optional<std::string>& text, double fallback,
               const Exact& least, const Exact& most, const char* expected) {
  if (!text) return fallback;
  std::string number = *text;
  if (std::string_view(option) == "--budget" && number.size() > 1 && number.back() == 's') number.pop_back();
  const auto value = numeric::parse_exact(number);
  if (!value || *value < least || *value > most) throw InputError("command line", option, expected, *text);
  return static_cast<double>(*value);
}

judge::Means means_of(const CheckArguments& a, unsigned threads) {
  judge::Means means;
  means.threads = threads;
  // Low enough that a row's share of what a user may well give can be given again (`reproduce`).
  means.alpha = between("--alpha", a.alpha, means.alpha, Exact(1, kLeastPart), Exact(1, 2),
                        "a probability from 1e-15 to 1/2");
  means.budget_seconds = between("--budget", a.budget, means.budget_seconds, Exact(1, kLeastPart), 10'000'000,
                                 "seconds from 1e-15 to 10^7, such as 60s");
  if (a.constant) {
    const auto value = numeric::parse_exact(*a.constant);
    if (!value || *value <= 0)
      throw InputError("command line", "--constant", "a positive number", *a.constant);
    means.constant = *value;
  }
  means.condition = condition_inputs(a.condition);
  means.interrupted = interrupted;
  means.inside = a.inside;
  return means;
}

std::string quoted(const std::string& word) {
  if (word.find_first_of(" '\"\\$`!*?[](){}<>|&;~#") == std::string::npos && !word.empty()) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// The command line that gives a row again by itself: its own alpha and budget, everything else as asked.
std::string reproduce(const CheckArguments& a, const config::Config& config, const std::string& id,
                      const std::string& clause, const std::string& reading, const std::string& means) {
  const theory::Statement& statement = theory::find_statement(id, "command line");
  std::string line = "escapement check " + id;
  const auto add = [&](const char* option, const std::optional<std::string>& value) {
    if (value) line += fmt::format(" {} {}", option, quoted(*value));
  };
  if (!clause.empty()) add("--clause", clause);
  add("--reading", reading);
  if (a.inside) line += " --inside";
  add("--preset", a.preset);
  if (a.config_file) add("--config", a.config_file->string());
  for (const std::string& set : a.sets)  // without those that the statement does not use
    if (!judge::refusal(statement, set.substr(0, set.find('=')), config, a.inside)) add("--set", set);
  add("--seed", a.seed);
  add("--precision", a.precision);
  add("--constant", a.constant);
  add("--c-data", a.condition.c_data);
  add("--K", a.condition.K);
  add("--c", a.condition.c);
  add("--omega", a.condition.omega);
  add("--footnote", a.condition.footnote);
  return line + means;
}

void write_page(OutputDirectory& out, const CheckArguments& a, report::Contents contents) {
  out.write("report.html", report::html_page(contents, {a.command_line, {out.path().string()}}));
}

const std::vector<std::string> kFiles{"verdicts.json", "map.json", "map.svg", "report.html"};

// A result that was handed over or read whole is in our own format.
template <class T>
T known_good(std::optional<T> value) {
  ESCAPEMENT_CHECK(value.has_value());
  return std::move(*value);
}

int check_rows(const CheckArguments& a, const judge::Means& means, const config::Config& config,
               const std::vector<judge::Row>& rows, const std::string& question, CheckCrew& crew,
               OutputDirectory* out) {
  std::vector<std::optional<theory::Verdict>> found = judge_rows(means, config, rows, crew);

  const judge::Shares share = judge::shares_of(rows);
  const std::string own =
      fmt::format(" --alpha {} --budget {}s", means.alpha * share.alpha, means.budget_seconds * share.budget);
  std::vector<theory::Verdict> verdicts;
  std::vector<Outcome> outcomes;
  for (std::optional<theory::Verdict>& v : found) {
    if (!v) continue;
    v->reproduce = reproduce(a, config, v->statement, v->clause, v->reading, own);
    outcomes.push_back(v->outcome);
    verdicts.push_back(std::move(*v));
  }
  crew.finish();
  if (out != nullptr && !verdicts.empty()) {
    out->write("verdicts.json",
               report::verdicts_file(check_head(report::kVerdictsFormat, a, config, question), verdicts));
    write_page(*out, a, {verdicts, {}, {}});
    out->commit();
  }
  if (a.json)
    fmt::print("{}", report::verdicts_json(verdicts));
  else if (!a.quiet)
    fmt::print("{}", report::verdict_table_text(verdicts));
  return crew.interrupted() ? kInterrupted : exit_code(outcomes, a.strict);
}

std::vector<judge::Axis> axes_of(const CheckArguments& a) {
  if (a.over.size() > 2) throw InputError("command line", "--over", "one or two keys", a.over[2]);
  std::vector<judge::Axis> axes;
  for (const std::string& text : a.over) axes.push_back(judge::parse_axis(text));
  if (axes.size() == 2 && axes[0].sweep.key == axes[1].sweep.key)
    throw InputError("--over", axes[0].sweep.key, "two different keys");
  return axes;
}

int map_rows(const CheckArguments& a, const config::Config& config, const judge::Means& means,
             const std::vector<judge::Row>& rows, const std::vector<judge::Axis>& axes,
             const std::string& question, CheckCrew& crew, OutputDirectory* out) {
  std::string over;
  for (const std::string& text : a.over) over += " --over " + quoted(text);
  std::vector<theory::ValidityMap> maps;
  for (std::size_t r = 0; r < rows.size() && !crew.interrupted(); ++r) {
    const auto everywhere = [&](const std::vector<judge::Place>& places) {
      std::vector<std::string> units;
      for (const judge::Place& place : places) units.push_back(CheckWork::place_unit(r, place));
      judge::JudgedPlaces judged;
      for (const auto& text : crew.results(units)) {
        judged.points.emplace_back();
        if (text && !text->empty()) judged.points.back() = known_good(judge::map_point_of(*text));
      }
      judged.interrupted = crew.interrupted();
      return judged;
    };
    theory::ValidityMap map = judge::validity_map(rows[r], config, means, axes, everywhere).map;
    map.reproduce =
        reproduce(a, config, map.statement, map.clause, map.reading,
                  over + fmt::format(" --alpha {} --budget {}s", means.alpha, means.budget_seconds));
    maps.push_back(std::move(map));
  }
  crew.finish();
  std::vector<Outcome> outcomes;
  for (const theory::ValidityMap& map : maps)
    for (const theory::MapPoint& point : map.points) outcomes.push_back(point.outcome);
  if (out != nullptr && !outcomes.empty()) {
    out->write("map.json", report::map_file(check_head(report::kMapFormat, a, config, question), maps));
    out->write("map.svg", report::map_svg(maps.front()));
    write_page(*out, a, {{}, maps, {}});
    out->commit();
  }
  if (a.json)
    fmt::print("{}", report::map_json(maps));
  else if (!a.quiet)
    for (const theory::ValidityMap& map : maps) fmt::print("{}", map_summary(map));
  return crew.interrupted() ? kInterrupted : exit_code(outcomes, a.strict);
}

}  // namespace

int check_command(const CheckArguments& given, cluster::Transport& ranks) {
  const CheckArguments a = recalled(given);
  const unsigned threads = threads_of(a.threads, ranks);
  judge::Means means = means_of(a, threads);
  if (a.calibrate) return ranks.rank() == 0 ? calibrate(a, means.alpha) : stand_by(ranks);
  const config::Config config = load_config(a);
  const std::vector<judge::Row> rows = judge::select({a.ids, a.reading, a.clause, a.inside});
  for (const std::string& note : judge::check_settings(rows, config, !a.ids.empty(), a.inside))
    if (ranks.rank() == 0 && !a.quiet) say("escapement check: {}\n", note);
  const std::vector<judge::Axis> axes = axes_of(a);
  if (a.resume && !a.out) throw InputError("command line", "--resume", "--out DIR with the journal");
  // A row has all threads for itself; the places of a map are many and small, and have one each.
  const unsigned slots = axes.empty() ? 1 : threads;
  if (!axes.empty()) {
    means.threads = 1;
    means.budget_seconds /= static_cast<double>(rows.size());
  }
  const std::string question = question_of(a, config, means, rows);
  if (a.again) check_fingerprint(*a.again, *a.fingerprint, numeric::checksum(question));
  catch_interrupts();
  std::optional<OutputDirectory> out;
  if (a.out && ranks.rank() == 0) {
    out.emplace(*a.out, "check", a.take_over);
    out->claim(kFiles);
  }
  if (const auto warning = config::precision_warning(config); warning && ranks.rank() == 0 && !a.inside)
    say("escapement: {}\n", *warning);
  const std::filesystem::path folder = a.out ? *a.out / cluster::kJournalFolder : std::filesystem::path();
  CheckWork work(rows, config, means, axes);
  std::optional<cluster::Journal> journal;
  if (a.out) journal.emplace(folder, ranks.rank(), question);
  const auto compute = [&](const std::string& unit) {
    std::string result = work.compute(unit);
    if (journal) journal->add(unit, result);
    return result;
  };
  cluster::Hands own = hands(slots, compute, [&] { return work.pulse(); });
  if (ranks.rank() != 0) {
    cluster::serve(ranks, own);
    return 0;
  }

  std::map<std::string, std::string> known;
  if (a.out) {
    const bool any = cluster::check_journals(folder);
    if (!a.resume) cluster::remove_journals(folder);
    if (a.resume && !any)
      say("escapement: nothing to resume in {}: the check starts anew\n", a.out->string());
    if (a.resume) known = cluster::read_journals(folder, question);
  }
  const bool parts = shares_replicas(means, rows, ranks.size());
  StatusLine status(axes.empty() ? "check" : "map",
                    !axes.empty() ? "points"
                    : parts       ? "parts"
                                  : "rows",
                    !a.quiet);
  CheckCrew crew(ranks, std::move(own), std::move(known), status, a.out ? a.out->string() : "");
  const int code = axes.empty()
                       ? check_rows(a, means, config, rows, question, crew, out ? &*out : nullptr)
                       : map_rows(a, config, means, rows, axes, question, crew, out ? &*out : nullptr);
  if (a.out && code != kInterrupted) cluster::remove_journals(folder);
  if (out && !a.quiet && !a.json) fmt::print("written to {}\n", out->path().string());
  return code;
}

}  // namespace escapement::cli
