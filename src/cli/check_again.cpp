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

// Options by their names: those with one text, and those with a list of them.
template <class Arguments>
auto texts_of(Arguments& a) {
  return std::vector{std::pair("reading", &a.reading),
                     {"clause", &a.clause},
                     {"alpha", &a.alpha},
                     {"budget", &a.budget},
                     {"constant", &a.constant},
                     {"preset", &a.preset},
                     {"seed", &a.seed},
                     {"precision", &a.precision},
                     {"c-data", &a.condition.c_data},
                     {"K", &a.condition.K},
                     {"c", &a.condition.c},
                     {"omega", &a.condition.omega},
                     {"footnote", &a.condition.footnote}};
}
template <class Arguments>
auto lists_of(Arguments& a) {
  return std::vector{std::pair("ids", &a.ids), {"over", &a.over}, {"set", &a.sets}};
}

void refuse_beside(const CheckArguments& a) {
  refuse_beside_again({{"ids", !a.ids.empty()}, {"--over", !a.over.empty()}, {"--set", !a.sets.empty()}});
  for (const auto& [name, text] : texts_of(a)) {
    const std::string option = std::string("--") + name;
    refuse_beside_again({{option.c_str(), text->has_value()}});
  }
  refuse_beside_again(
      {{"--config", a.config_file.has_value()}, {"--inside", a.inside}, {"--calibrate", a.calibrate}});
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

Json check_head(const char* format, const CheckArguments& a, const config::Config& config,
                const std::string& question) {
  Json head{{"format", format}, {"version", ESCAPEMENT_VERSION}, {"command", a.command_line}};
  Json again{{"fingerprint", numeric::checksum(question)}};
  for (const auto& [name, list] : lists_of(a)) again[name] = *list;
  for (const auto& [name, text] : texts_of(a)) again[name] = or_null(*text);
  again["config-file"] =
      or_null(a.config_file ? std::optional(a.config_file->string()) : std::optional<std::string>());
  again["inside"] = a.inside;
  again["config"] = config_json(config);
  head["again"] = std::move(again);
  return head;
}

CheckArguments recalled(const CheckArguments& given) {
  CheckArguments a = given;
  if (!a.again) return a;
  refuse_beside(a);
  const std::string file = a.again->string();
  const Json json = read_record(*a.again, {report::kVerdictsFormat, report::kMapFormat});
  const JsonCursor root(json, file);
  const JsonCursor again = root.at("again");
  for (const auto& [name, list] : lists_of(a))
    for (const JsonCursor& entry : again.at(name).entries()) list->push_back(entry.text());
  for (const auto& [name, text] : texts_of(a)) *text = text_or_null(again.at(name));
  if (const auto path = text_or_null(again.at("config-file"))) a.config_file = *path;
  a.inside = again.at("inside").flag();
  a.recorded = settings_of(again.at("config"));
  a.fingerprint = again.at("fingerprint").text();
  a.command_line = root.at("command").text();
  return a;
}

}  // namespace escapement::cli
