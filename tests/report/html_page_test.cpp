#include "escapement/report/html_page.h"

#include <set>

#include <catch2/catch.hpp>

#include "escapement/config/input_error.h"
#include "escapement/report/outcome_style.h"
#include "escapement/report/verdict_table.h"

#include "report/sample_run.h"
#include "report/sample_verdicts.h"

using namespace escapement::report;
using namespace escapement::test;
using Catch::Contains;
using escapement::config::InputError;

namespace {

std::vector<std::string> between(const std::string& text, const std::string& open, char close) {
  std::vector<std::string> found;
  for (auto at = text.find(open); at != std::string::npos; at = text.find(open, at + 1)) {
    const auto from = at + open.size();
    found.push_back(text.substr(from, text.find(close, from) - from));
  }
  return found;
}

std::string page_of_everything() {
  Contents contents{sample_verdicts(), sample_maps(), {}};
  for (const auto& v : hostile_verdicts()) contents.verdicts.push_back(v);
  contents.maps.push_back(hostile_map());
  return html_page(contents, {"escapement report 'a b'", {"a b"}});
}

const char* const kRun =
    R"({"format": "escapement-run/1", "version": "0.1.0", "command": "escapement run", "seed": 1,
  "precision": "double", "fingerprint": "00", "config": {"eta": {"value": "1/1000", "source": "preset"}},
  "result": {"stop": "completed", "steps": 10, "final": {"mean_norm": "0.5", "escaped_share": null}}})";

}  // namespace

TEST_CASE("every link of the page has its element, every element its own name") {
  const std::string page = page_of_everything();
  const auto ids = between(page, " id=\"", '"');
  const std::set<std::string> unique(ids.begin(), ids.end());
  CHECK(unique.size() == ids.size());
  const auto links = between(page, "href=\"#", '"');
  CHECK(links.size() > 20);
  for (const std::string& link : links) CHECK(unique.count(link) == 1);
  for (const std::string& fill : between(page, "url(#", ')')) CHECK(unique.count(fill) == 1);
  CHECK(between(page, "href=\"", '"').size() == links.size() + 1);  // the empty icon
}

TEST_CASE("nothing in the page comes from elsewhere or runs") {
  const std::string page = page_of_everything();
  for (const char* word : {"<script", "<img", "onerror=alert(2)>", "refresh", "@import"})
    CHECK_THAT(page, !Contains(word));
  CHECK(count(page, "http://") == count(page, "xmlns=\"http://www.w3.org/2000/svg\""));
  CHECK(count(page, "https://") == 0);
  CHECK_THAT(page, Contains("default-src 'none'"));
  CHECK_THAT(page, !Contains("\u202E"));
}

TEST_CASE("the page has each verdict's words, the table first") {
  const std::string page = page_of_everything();
  CHECK(page.find("<table class=\"verdicts\">") < page.find("How to read a verdict</h2>"));
  for (const auto& v : sample_verdicts()) {
    CHECK_THAT(page, Contains("<h2>" + v.statement + "</h2>"));
    CHECK_THAT(page, Contains("<code>" + v.reproduce + "</code>"));
  }
  CHECK_THAT(page, Contains("6.23539×10<sup>−711</sup>"));
  CHECK_THAT(page, Contains("<strong>2</strong> <span class=\"outcome holds\">"));
  CHECK_THAT(page, Contains("short by a factor 10<sup>710.4</sup>"));
  CHECK_THAT(page, Contains("nothing bounds it"));
  CHECK_THAT(page, Contains("Conditions: outside; A2, A4 fail; A6 not known"));
  CHECK_THAT(page, Contains("e-value 10<sup>301.5</sup>"));
  CHECK_THAT(page, Contains("in [0.341, 0.543] at level 0.99"));
  CHECK_THAT(page, Contains("<dt>theorem</dt><dd><code>norm_identity</code></dd>"));
  CHECK_THAT(page, Contains("<summary>Theorems about this statement: 1 proved, 1 disproved</summary>"));
  CHECK_THAT(page, Contains("Counterexamples at their own parameters: <code>lemma-4.5-flow-time-"));
  CHECK_THAT(page, Contains("<code>escapement report &#39;a b&#39;</code>"));
}

TEST_CASE("the page's colours are those of the figures") {
  const std::string style = kPageStyle;
  for (const auto outcome : kOutcomes) {
    std::string colour = style_of(outcome).colour;
    for (char& c : colour) c = static_cast<char>(std::tolower(c));
    CHECK_THAT(style, Contains("--" + to_string(outcome) + ": " + colour));
  }
}

TEST_CASE("a directory's known files are found, a sweep's runs too") {
  const ScratchFolder folder;
  Contents contents;
  CHECK_THROWS_AS(read_contents(folder.path(), contents), InputError);
  CHECK_THROWS_AS(read_contents(folder.path() / "absent", contents), InputError);
  folder.write("sweep.csv", "eta\n");
  for (const char* name : {"eta=2", "eta=1", "other"})
    std::filesystem::create_directory(folder.path() / name);
  folder.write("eta=1/run.json", kRun);
  folder.write("eta=2/run.json", kRun);
  folder.write("eta=2/losses.svg", "<svg onload='alert(1)'/>");
  read_contents(folder.path(), contents);
  REQUIRE(contents.runs.size() == 2);
  CHECK_THAT(contents.runs[0].directory, Catch::EndsWith("eta=1"));
  CHECK(contents.runs[0].figures.empty());
  const std::string page = html_page(contents, {"", {}});
  CHECK_THAT(page,
             Contains("data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9J2FsZXJ0KDEpJy8+\"") && !Contains("onload"));
  CHECK_THAT(page, Contains("<title>Runs") && Contains("<dt>mean_norm</dt><dd>0.5</dd>") &&
                       !Contains("escaped_share"));
  folder.write("eta=2/losses.svg", "no picture");
  CHECK_THROWS_AS(read_contents(folder.path(), contents), InputError);
  folder.write("eta=2/run.json", "{}");
  CHECK_THROWS_WITH(read_contents(folder.path(), contents), Contains("eta=2/run.json") && Contains("format"));
}

TEST_CASE("the table for a terminal, for Markdown and for LaTeX") {
  const auto verdicts = sample_verdicts();
  const std::string text = verdict_table_text({verdicts[3], verdicts[6]});
  CHECK(text ==
        "statement  clause  reading  inside  outcome   evidence   measured         bound  error prob.\n"
        "─────────  ──────  ───────  ──────  ────────  ─────────  ────────  ────────────  ───────────\n"
        "lemma-4.3  1a      typical  no      holds     sampled      0.0127      0.420448         0.01\n"
        "lemma-4.6  1       literal  yes     violated  certified     1e-90  6.23539e-711\n"
        "\n"
        "What these rest on:\n"
        "  lemma-4.3 1a typical  49 failures and 2 ambiguous in 4000 trials, alpha 0.01\n"
        "  lemma-4.6 1 literal   radius 2.31e-1411\n");
  CHECK(verdict_table_text({}).empty());
  CHECK(verdict_table_markdown({verdicts[6]}) ==
        "| statement | clause | reading | inside | outcome | evidence | measured | bound | error probability "
        "|\n"
        "| --- | --- | --- | --- | --- | --- | ---: | ---: | ---: |\n"
        "| lemma-4.6 | 1 | literal | yes | violated | certified | 1e-90 | 6.23539e-711 |  |\n"
        "\nWhat these rest on:\n\n"
        "- lemma-4.6 1 literal: radius 2.31e-1411\n");
  CHECK_THAT(verdict_table_latex({verdicts[6]}),
             Contains("\nlemma-4.6 & 1 & literal & yes & violated & certified & $10^{-90}$ & "
                      "$6.23539\\times10^{-711}$ &  \\\\\n\\bottomrule") &&
                 Contains("\n\\par lemma-4.6 1 literal: radius 2.31e-1411\n}"));
}
