#include "escapement/cli/check_again.h"

#include <fmt/format.h>

#include "escapement/cli/record.h"
#include "escapement/numeric/checksum.h"
#include "escapement/report/map_file.h"
#include "escapement/report/verdict_file.h"

namespace escapement::cli {

using report::Json;
using report::JsonCursor;

namespace {

TextOptions texts_of(CheckArguments& a) {
  TextOptions texts{{"reading", &a.reading}, {"clause", &a.clause},      {"alpha", &a.alpha},
                    {"budget", &a.budget},   {"constant", &a.constant},  {"preset", &a.preset},
                    {"seed", &a.seed},       {"precision", &a.precision}};
  add_condition_options(texts, a.condition);
  return texts;
}

ListOptions lists_of(CheckArguments& a) { return {{"ids", &a.ids}, {"over", &a.over}, {"set", &a.sets}}; }

void refuse_beside(CheckArguments& a) {
  refuse_beside_again(GivenOptions{{"ids", !a.ids.empty()}});
  refuse_beside_again(lists_of(a));
  refuse_beside_again(texts_of(a));
  refuse_beside_again(GivenOptions{
      {"--config", a.config_file.has_value()}, {"--inside", a.inside}, {"--calibrate", a.calibrate}});
}

}  // namespace

std::string question_of(const CheckArguments& a, const config::Config& config, const judge::Means& means,
                        const std::vector<judge::Row>& rows) {
  std::string text = fmt::format("{} {:a} {:a} {}", config::fingerprint(config), means.alpha,
                                 means.budget_seconds, numeric::to_string(means.constant));
  for (const judge::Row& row : rows)
    text += fmt::format("\n{};{};{}", row.statement->id, row.claim->clause, row.claim->reading);
  for (const std::string& over : a.over) text += "\n--over " + over;
  if (a.inside) text += "\n--inside";
  const ConditionOptions& c = a.condition;
  for (const auto* option : {&c.c_data, &c.K, &c.c, &c.omega, &c.footnote})
    text += "\n" + option->value_or("-");
  return text;
}

std::string check_head(const char* format, const CheckArguments& given, const config::Config& config,
                       const std::string& question) {
  CheckArguments a = given;
  Json head{{"format", format}, {"version", ESCAPEMENT_VERSION}, {"command", a.command_line}};
  Json again{{"fingerprint", numeric::checksum(question)}};
  put_options(again, lists_of(a));
  put_options(again, texts_of(a));
  again["config-file"] =
      or_null(a.config_file ? std::optional(a.config_file->string()) : std::optional<std::string>());
  again["inside"] = a.inside;
  again["config"] = config_json(config);
  head["again"] = std::move(again);
  return report::dump_json(head);
}

CheckArguments recalled(const CheckArguments& given) {
  CheckArguments a = given;
  if (!a.again) return a;
  refuse_beside(a);
  const std::string file = a.again->string();
  const Json json = read_record(*a.again, {report::kVerdictsFormat, report::kMapFormat});
  const JsonCursor root(json, file);
  const JsonCursor again = root.at("again");
  take_options(again, lists_of(a));
  take_options(again, texts_of(a));
  if (const auto path = text_or_null(again.at("config-file"))) a.config_file = *path;
  a.inside = again.at("inside").flag();
  a.recorded = settings_of(again.at("config"));
  a.fingerprint = again.at("fingerprint").text();
  a.command_line = root.at("command").text();
  return a;
}

}  // namespace escapement::cli
