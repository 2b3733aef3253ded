#include "escapement/report/study_file.h"

#include <cmath>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "escapement/config/input_error.h"
#include "escapement/report/html_page.h"
#include "escapement/report/study_figure.h"

#include "support/scratch_folder.h"

namespace escapement::report {

using Catch::Contains;
using study::Kind;
using study::Mark;

namespace {

study::Result sample() {
  study::Result result;
  result.name = "sample";
  result.question = "How many <b>?";
  result.columns = {{"who", Kind::label, "which"},
                    {"x", Kind::number, "where"},
                    {"y", Kind::number, "what"},
                    {"n", Kind::count, "how many"}};
  result.findings.rows = {
      {"a", "1e-2", "1e-3", "7"}, {"a", "1e-4", "", "123456789012345678901"}, {"b", "1e-2", "0", ""}};
  result.findings.fits = {{"slope", -2, std::pair(-2.5, -1.5), "3 points"},
                          {"none", std::nan(""), {}, "0 points"}};
  result.figure = {{"head",
                    "x",
                    "x axis",
                    "y axis",
                    true,
                    true,
                    {{"of a", "y", "", "", {{"who", "a"}}, Mark::joined},
                     {"of b", "y", "", "", {{"who", "b"}}, Mark::dashed}},
                    {{"guide", 0.5}},
                    {}}};
  result.parameters = {{"d", "20"}};
  result.seed = "1";
  result.command = "escapement study sample";
  result.version = "0";
  return result;
}

std::filesystem::path written(const std::string& text) {
  static const test::ScratchFolder scratch;
  scratch.write("study.json", text);
  return scratch.path() / "study.json";
}

}  // namespace

TEST_CASE("study.json is read back as it was written") {
  const study::Result result = sample();
  const StudySummary read = read_study(written(study_json(result)));
  CHECK(read.name == "sample");
  CHECK(read.findings.rows == result.findings.rows);
  REQUIRE(read.findings.fits.size() == 2);
  CHECK(read.findings.fits[0].interval == result.findings.fits[0].interval);
  CHECK(std::isnan(read.findings.fits[1].estimate));
  CHECK(read.parameters == result.parameters);
  CHECK(study_csv(result) == "who,x,y,n\na,1e-2,1e-3,7\na,1e-4,,123456789012345678901\nb,1e-2,0,\n");
}

TEST_CASE("what study --json prints") {
  CHECK(findings_json(sample()) == R"({
 "rows": [
  {"who":"a","x":"1e-2","y":"1e-3","n":7},
  {"who":"a","x":"1e-4","y":null,"n":"123456789012345678901"},
  {"who":"b","x":"1e-2","y":"0","n":null}
 ],
 "fits": [
  {"name":"slope","estimate":-2.0,"interval":[-2.5,-1.5],"basis":"3 points"},
  {"name":"none","estimate":null,"interval":null,"basis":"0 points"}
 ]
}
)");
}

TEST_CASE("a damaged study.json is bad input, with its place") {
  const std::string good = study_json(sample());
  const auto broken = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  CHECK_THROWS_WITH(parse_study(broken("escapement-study/1", "escapement-study/2"), "study.json"),
                    Contains("format"));
  CHECK_THROWS_WITH(parse_study(broken("\"label\"", "\"word\""), "study.json"), Contains("columns[0].kind"));
  CHECK_THROWS_WITH(parse_study(broken("\"y\":\"1e-3\"", "\"z\":\"1e-3\""), "study.json"),
                    Contains("rows[0]"));
  CHECK_THROWS_WITH(parse_study(broken("[-2.5,-1.5]", "[-2.5]"), "study.json"), Contains("fits[0].interval"));
  CHECK_THROWS_WITH(parse_study(broken("[-2.5,-1.5]", "\"x\""), "study.json"), Contains("fits[0].interval"));
  CHECK_THROWS_WITH(read_study(written(broken("-2.5", "-2.6"))), Contains("checksum"));
}

TEST_CASE("the figure leaves out what a logarithmic axis cannot show, and filters by the cells named") {
  const auto script = study_script(sample());
  REQUIRE(script);
  CHECK(script->name == "sample");
  CHECK_THAT(script->text, Contains("'sample.csv' using (strcol(\"who\") eq \"a\" ? column(\"x\") : NaN)"));
  CHECK_THAT(script->text, !Contains("eq \"b\""));  // y = 0: no curve
  CHECK_THAT(script->text, Contains("'of a'") && Contains("'guide'") && Contains("'head'"));
  study::Result empty = sample();
  empty.findings.rows.clear();
  CHECK(!study_script(empty));
}

TEST_CASE("a page of a study escapes its texts") {
  Contents contents;
  contents.studies.push_back(read_study(written(study_json(sample()))));
  const std::string page = html_page(contents, {"escapement report x", {"x"}});
  CHECK_THAT(page, Contains("<h1>Studies</h1>") && Contains("How many &lt;b&gt;?") && Contains(" to "));
}

}  // namespace escapement::report
