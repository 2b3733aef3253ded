// Mutated verdicts, maps and studies: whatever comes in, a page without anything that runs or loads, or an InputError comes out.
//   report_fuzz [--cases N] [--seed S] [--only I]
// Reads the files of report/ in the folder that ESCAPEMENT_TEST_DATA names.
#include "escapement/report/html_page.h"
#include "escapement/report/map_file.h"
#include "escapement/report/study_file.h"
#include "escapement/report/verdict_file.h"
#include "escapement/report/verdict_table.h"

#include "support/texts.h"

namespace {

namespace fs = std::filesystem;
namespace fuzz = escapement::fuzz;
namespace report = escapement::report;

const std::vector<std::string_view> kTokens =
    fuzz::json_tokens({"1e-99999",
                       "\"inf\"",
                       "\"-inf\"",
                       "\"1e-713\"",
                       "\"0\"",
                       "\\u202e",
                       "<script>",
                       "<img src=x>",
                       "'\\\"><b>",
                       "&",
                       "|",
                       "\"holds\"",
                       "\"supported\"",
                       "\"proved\"",
                       "\"certified\"",
                       "\"counterexample\"",
                       "\"decides\": true",
                       "\"disproves\": true",
                       "\"says\": \"<b>\",",
                       "\"scope\": \"<b>\",",
                       "\"theorems\": [],",
                       "\"radius\": \"0\",",
                       "\"support\": null,",
                       "\"range\": []",
                       "{\"key\": \"eta\", \"low\": \"1e-640\", \"high\": \"1/100\"}",
                       ".case.json",
                       ".cert",
                       "\"radius\": {\"limit\": \"1e9\"},",
                       "\"margin_radius\": \"2\",",
                       "\"level\": 9"});

// The list alone, or the file with its head. Checksums are not in the way: parse_* do not look at them.
std::string in_turn(std::size_t turn, const std::string& list, const std::string& file) {
  return turn % 2 == 0 ? list : file;
}

std::string head_of(const char* format) { return std::string("{\n \"format\": \"") + format + "\"\n}\n"; }

// Each verdict and the beginning of each map, alone.
std::vector<std::string> read_corpus() {
  std::vector<std::string> corpus;
  if (fuzz::data_folder().empty()) return corpus;
  for (const char* name : {"paper", "hostile"}) {
    const fs::path folder = fuzz::data_folder() / "report" / name;
    for (const auto& verdict : report::read_verdicts(folder / "verdicts.json"))
      corpus.push_back(in_turn(corpus.size(), report::verdicts_json({verdict}),
                               report::verdicts_file(head_of(report::kVerdictsFormat), {verdict})));
    for (auto map : report::read_maps(folder / "map.json")) {
      map.points.resize(std::min<std::size_t>(map.points.size(), 12));
      corpus.push_back(in_turn(corpus.size(), report::map_json({map}),
                               report::map_file(head_of(report::kMapFormat), {map})));
    }
  }
  for (std::string& study : fuzz::texts_of(fuzz::data_folder() / "report", "study.json"))
    corpus.push_back(std::move(study));
  return corpus;
}

std::string page_of(const std::string& text) {
  report::Contents contents;
  if (text.find("escapement-study/") != std::string::npos) {
    contents.studies.push_back(report::parse_study(text, "fuzz.json"));
  } else if (text.find("x_key") == std::string::npos) {
    contents.verdicts = report::parse_verdicts(text, "fuzz.json");
    report::parse_verdicts(report::verdicts_json(contents.verdicts), "again.json");
    report::verdict_table_text(contents.verdicts);
    report::verdict_table_markdown(contents.verdicts);
    report::verdict_table_latex(contents.verdicts);
  } else {
    contents.maps = report::parse_maps(text, "fuzz.json");
    report::parse_maps(report::map_json(contents.maps), "again.json");
  }
  return report::html_page(contents, {"escapement report", {"fuzz"}});
}

fuzz::Outcome one_case(const std::vector<std::string>& corpus, fuzz::Random& random, bool show) {
  const std::string text = fuzz::mutated_text(corpus, kTokens, random, show);
  return fuzz::guarded_again(text, [&]() -> std::string {
    const std::string page = page_of(text);
    for (const char* word : {"<script", "<img", "<b>", "\u202E"})
      if (page.find(word) != std::string::npos) return "the page holds " + std::string(word);
    return "";
  });
}

}  // namespace

int main(int argc, char** argv) { return fuzz::fuzz_texts(argc, argv, read_corpus(), 10, one_case); }
