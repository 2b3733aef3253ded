#include "escapement/cli/hunt_again.h"

#include "escapement/cli/record.h"
#include "escapement/numeric/checksum.h"
#include "escapement/report/sealed_file.h"

namespace escapement::cli {

using config::InputError;
using report::Json;
using report::JsonCursor;

namespace {

constexpr const char* kFormat = "escapement-hunt-record/1";

TextOptions texts_of(HuntArguments& a) {
  TextOptions texts{{"reading", &a.reading}, {"clause", &a.clause},     {"budget", &a.budget},
                    {"seed", &a.seed},       {"constant", &a.constant}, {"frontier", &a.frontier}};
  add_condition_options(texts, a.condition);
  return texts;
}

ListOptions lists_of(HuntArguments& a) { return {{"over", &a.over}, {"fix", &a.fix}, {"keep", &a.keep}}; }

}  // namespace

std::string hunt_record(const HuntArguments& given, const HuntCorpus& corpus, const std::string& question) {
  HuntArguments a = given;
  Json record{{"format", kFormat}, {"version", ESCAPEMENT_VERSION}, {"command", a.command_line}};
  Json again{{"fingerprint", numeric::checksum(question)}, {"id", a.id}};
  put_options(again, texts_of(a));
  put_options(again, lists_of(a));
  again["rounds"] = a.rounds ? Json(*a.rounds) : Json();
  again["inside"] = a.inside;
  again["corpus"] = corpus.folder.empty() ? Json() : Json(corpus.folder.string());
  again["corpus_checksum"] = corpus.sum;
  record["again"] = std::move(again);
  return report::sealed(report::dump_json(record));
}

HuntArguments recalled(const HuntArguments& given) {
  HuntArguments a = given;
  if (!a.again) return a;
  refuse_beside_again(GivenOptions{{"id", !a.id.empty()},
                                   {"--inside", a.inside},
                                   {"--anywhere", a.anywhere},
                                   {"--rounds", a.rounds.has_value()}});
  refuse_beside_again(texts_of(a));
  refuse_beside_again(lists_of(a));
  const std::string file = a.again->string();
  const Json json = read_record(*a.again, {kFormat});
  const JsonCursor root(json, file);
  const JsonCursor again = root.at("again");
  a.id = again.at("id").text();
  take_options(again, texts_of(a));
  take_options(again, lists_of(a));
  if (const JsonCursor rounds = again.at("rounds"); !rounds.is_null()) a.rounds = rounds.count();
  a.inside = again.at("inside").flag();
  if (!a.corpus) {
    if (const auto folder = text_or_null(again.at("corpus")))
      a.corpus = *folder;
    else
      a.no_corpus = true;
  }
  a.fingerprint = again.at("fingerprint").text();
  a.corpus_sum = again.at("corpus_checksum").text();
  a.command_line = root.at("command").text();
  return a;
}

void check_recalled(const HuntArguments& a, const HuntCorpus& corpus, const std::string& question) {
  if (!a.again) return;
  check_fingerprint(*a.again, a.fingerprint, numeric::checksum(question));
  if (corpus.sum != a.corpus_sum)
    throw InputError(corpus.folder.string(), "", "the stored cases of the record, unchanged");
}

}  // namespace escapement::cli
