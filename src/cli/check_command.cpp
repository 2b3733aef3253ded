#include "escapement/cli/check_command.h"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "escapement/cli/calibrate.h"
#include "escapement/cli/interrupt.h"
#include "escapement/cli/output_directory.h"
#include "escapement/cli/status_line.h"
#include "escapement/config/load.h"
#include "escapement/judge/validity_map.h"
#include "escapement/report/html_page.h"
#include "escapement/report/map_figure.h"
#include "escapement/report/map_file.h"
#include "escapement/report/verdict_file.h"
#include "escapement/report/verdict_table.h"

namespace escapement::cli {

using config::InputError;
using numeric::Exact;
using theory::Outcome;

namespace {

constexpr int kInterrupted = 130;
constexpr std::int64_t kLeastPart = 1'000'000'000'000'000;

config::Config load_config(const CheckArguments& a) {
  config::Request request;
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

judge::Means means_of(const CheckArguments& a) {
  judge::Means means;
  means.threads = a.threads != 0 ? a.threads : std::max(1u, std::thread::hardware_concurrency());
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
std::string reproduce(const CheckArguments& a, const std::string& id, const std::string& clause,
                      const std::string& reading, const std::string& means) {
  std::string line = "escapement check " + id;
  const auto add = [&](const char* option, const std::optional<std::string>& value) {
    if (value) line += fmt::format(" {} {}", option, quoted(*value));
  };
  if (!clause.empty()) add("--clause", clause);
  add("--reading", reading);
  if (a.inside) line += " --inside";
  add("--preset", a.preset);
  if (a.config_file) add("--config", a.config_file->string());
  for (const std::string& set : a.sets) add("--set", set);
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

int exit_code(const std::vector<Outcome>& outcomes) {
  const auto any = [&](Outcome o) {
    return std::find(outcomes.begin(), outcomes.end(), o) != outcomes.end();
  };
  if (any(Outcome::violated)) return 1;
  return any(Outcome::undecided) || any(Outcome::vacuous) ? 3 : 0;
}

void write_page(OutputDirectory& out, const CheckArguments& a, report::Contents contents) {
  out.write("report.html", report::html_page(contents, {a.command_line, {out.path().string()}}));
}

const std::vector<std::string> kFiles{"verdicts.json", "map.json", "map.svg", "report.html"};

int check_rows(const CheckArguments& a, const config::Config& config, judge::Means means,
               const std::vector<judge::Row>& rows, OutputDirectory* out) {
  StatusLine status("check", !a.quiet);
  means.progress = [&](std::size_t done, std::size_t total, const judge::Row& row) {
    status.at(done, total,
              row.statement->id + " " + row.claim->clause + (row.claim->clause.empty() ? "" : " ") +
                  row.claim->reading);
  };
  judge::Judged judged = judge::judge_all(rows, config, means);
  status.finish();
  const double share = judge::sampled_share(rows);
  const std::string own =
      fmt::format(" --alpha {} --budget {}s", means.alpha * share, means.budget_seconds * share);
  std::vector<Outcome> outcomes;
  for (theory::Verdict& v : judged.verdicts) {
    v.reproduce = reproduce(a, v.statement, v.clause, v.reading, own);
    outcomes.push_back(v.outcome);
  }
  if (out != nullptr && !judged.verdicts.empty()) {
    out->write("verdicts.json", report::verdicts_json(judged.verdicts));
    write_page(*out, a, {judged.verdicts, {}, {}});
    out->commit(kFiles);
  }
  if (a.json)
    fmt::print("{}", report::verdicts_json(judged.verdicts));
  else if (!a.quiet)
    fmt::print("{}", report::verdict_table_text(judged.verdicts));
  return judged.interrupted ? kInterrupted : exit_code(outcomes);
}

std::string map_summary(const theory::ValidityMap& map) {
  std::size_t counts[4] = {};
  for (const theory::MapPoint& point : map.points) ++counts[static_cast<std::size_t>(point.outcome)];
  std::string text = fmt::format("{} {}{}{}: {} points", map.statement, map.clause,
                                 map.clause.empty() ? "" : " ", map.reading, map.points.size());
  for (const Outcome o : {Outcome::holds, Outcome::violated, Outcome::vacuous, Outcome::undecided})
    text += fmt::format(", {} {}", counts[static_cast<std::size_t>(o)], to_string(o));
  return text + "\n";
}

int map_rows(const CheckArguments& a, const config::Config& config, judge::Means means,
             const std::vector<judge::Row>& rows, OutputDirectory* out) {
  if (a.over.size() > 2) throw InputError("command line", "--over", "one or two keys", a.over[2]);
  std::vector<judge::Axis> axes;
  std::string over;
  for (const std::string& text : a.over) {
    axes.push_back(judge::parse_axis(text));
    over += " --over " + quoted(text);
  }
  if (axes.size() == 2 && axes[0].sweep.key == axes[1].sweep.key)
    throw InputError("--over", axes[0].sweep.key, "two different keys");
  StatusLine status("map", !a.quiet);
  means.progress = [&](std::size_t done, std::size_t total, const judge::Row& row) {
    status.at(done, total, row.statement->id + " " + row.claim->reading);
  };
  means.budget_seconds /= static_cast<double>(rows.size());
  std::vector<theory::ValidityMap> maps;
  bool stopped = false;
  for (const judge::Row& row : rows) {
    judge::Mapped mapped = judge::validity_map(row, config, means, axes);
    theory::ValidityMap& map = mapped.map;
    map.reproduce =
        reproduce(a, map.statement, map.clause, map.reading,
                  over + fmt::format(" --alpha {} --budget {}s", means.alpha, means.budget_seconds));
    maps.push_back(std::move(map));
    stopped = mapped.interrupted;
    if (stopped) break;
  }
  status.finish();
  std::vector<Outcome> outcomes;
  for (const theory::ValidityMap& map : maps)
    for (const theory::MapPoint& point : map.points) outcomes.push_back(point.outcome);
  if (out != nullptr && !outcomes.empty()) {
    out->write("map.json", report::map_json(maps));
    out->write("map.svg", report::map_svg(maps.front()));
    write_page(*out, a, {{}, maps, {}});
    out->commit(kFiles);
  }
  if (a.json)
    fmt::print("{}", report::map_json(maps));
  else if (!a.quiet)
    for (const theory::ValidityMap& map : maps) fmt::print("{}", map_summary(map));
  return stopped ? kInterrupted : exit_code(outcomes);
}

}  // namespace

int check_command(const CheckArguments& a) {
  judge::Means means = means_of(a);
  if (a.calibrate) return calibrate(a, means.alpha);
  const config::Config config = load_config(a);
  const std::vector<judge::Row> rows = judge::select({a.ids, a.reading, a.clause, a.inside});
  std::optional<OutputDirectory> out;
  if (a.out) out.emplace(*a.out);
  catch_interrupts();
  const int code = a.over.empty() ? check_rows(a, config, means, rows, out ? &*out : nullptr)
                                  : map_rows(a, config, means, rows, out ? &*out : nullptr);
  if (out && !a.quiet && !a.json) fmt::print("written to {}\n", out->path().string());
  return code;
}

}  // namespace escapement::cli
