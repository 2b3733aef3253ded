#include "escapement/report/map_figure.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "escapement/report/ladder_figure.h"
#include "escapement/report/map_cells.h"

#include "report/sample_run.h"
#include "report/sample_verdicts.h"
#include "report/svg_check.h"

using namespace escapement::report;
using namespace escapement::test;
using namespace escapement::theory;
using Catch::Contains;

TEST_CASE("the check for well-formed XML finds what is not") {
  CHECK(well_formed("<a b=\"1\"><c/>x &amp; y</a>\n"));
  for (const char* bad : {"<a>", "<a></b>", "<a/><b></b><c></c>", "<a>&</a>", "<a><</a>", "<a>x", ""})
    CHECK_FALSE(well_formed(bad));
}

TEST_CASE("a cell is as wide as the coarse grid, halved for each level") {
  const std::vector<Span> spans = cell_spans({0, 1, 3, 0.5, 1.75}, {0, 0, 0, 1, 2});
  CHECK(spans[0].low == -0.5);
  CHECK(spans[0].high == 0.5);
  CHECK(spans[1].low == 0.5);
  CHECK(spans[1].high == 2);
  CHECK(spans[2].high == 4);
  CHECK(spans[3].low == 0.25);
  CHECK(spans[3].high == 0.75);
  CHECK(spans[4].low == 1.5);
  CHECK(spans[4].high == 2);
  CHECK(cell_spans({5}, {3})[0].low == 4.5);
  CHECK(cell_spans({}, {}).empty());
}

TEST_CASE("finer cells lie over coarser ones, and areas and borders are those of the owners") {
  const Plot plot(Axis{0, 4, false, {}}, Axis{0, 4, false, {}}, {0, 0, 40, 40});
  const std::vector<Span> x{{0, 4}, {0, 2}}, y{{0, 4}, {2, 4}};
  const MapCells cells(plot, x, y, {0, 1});
  CHECK(cells.area([](int k) { return k == 1; }) == "M0 0h20v20h-20z");
  CHECK(cells.area([](int k) { return k == 0; }) == "M20 0h20v20h-20zM0 20h40v20h-40z");
  CHECK(cells.border([](int a, int b) { return a != b; }) == "M20 0V20M0 20H20");
  CHECK(cells.area([](int k) { return k == MapCells::kNobody; }).empty());
}

TEST_CASE("a map shows each outcome with its pattern, the conditions and the paper's values") {
  const std::string svg = map_svg(sample_maps().at(0), "one");
  CHECK(well_formed(svg));
  for (const char* part :
       {"holds (", "supported (", "violated (", "vacuous (", "undecided (", "pale: outside",
        "border of the conditions", "paper: eta = 0.001, m = 1000", "url(#one-violated)",
        "url(#one-supported)", "id=\"one-undecided\"", "lemma-4.3 1a, typical"})
    CHECK_THAT(svg, Contains(part));
  CHECK_THAT(svg, !Contains("<script") && !Contains("href") && !Contains("nan") && !Contains("inf\""));
  CHECK(count(svg, "<title>eta = ") == sample_maps().at(0).points.size());
}

TEST_CASE("a map far below double has ticks, distinct places, and an arrow to what lies beyond") {
  const std::string svg = map_svg(sample_maps().at(1));
  CHECK(well_formed(svg));
  CHECK_THAT(svg, Contains("−740</tspan>") && Contains("600</tspan>") && Contains("beyond the map"));
  CHECK(count(svg, " class=\"cells\"") == 1);
  CHECK_THAT(svg, Contains("holds (") && Contains("violated (") && !Contains("supported ("));
}

TEST_CASE("a map over one key is a strip; of nothing there is none") {
  const std::string svg = map_svg(sample_maps().at(2));
  CHECK(well_formed(svg));
  CHECK_THAT(svg, Contains("paper: eta = 0.001") && !Contains("rotate(-90"));
  CHECK(map_svg(ValidityMap{}).empty());
  CHECK(well_formed(map_svg(hostile_map())));
}

TEST_CASE("one point, equal points and linear axes are drawn") {
  ValidityMap map = hostile_map();
  map.points.resize(1);
  CHECK(well_formed(map_svg(map)));
  map.points.push_back(map.points.front());
  CHECK(well_formed(map_svg(map)));
  map.x_log = map.y_log = true;
  map.y_key = "m";
  for (MapPoint& p : map.points) p.y = "1e500";
  CHECK(well_formed(map_svg(map)));
  map.x_log = map.y_log = false;
  CHECK_THAT(map_svg(map), Contains("m / 10"));
}

TEST_CASE("a ladder shows its rungs, the exponent, and what cannot be drawn") {
  const Ladder ladder = *sample_verdicts().at(5).ladder;
  const std::string svg = ladder_svg(ladder, "it");
  CHECK(well_formed(svg));
  CHECK(count(svg, "<circle") == 6);
  CHECK_THAT(svg, Contains("exponent −0.21 [−0.26, −0.16] at 95%") && Contains("not shown: 1 of 7 rungs") &&
                      Contains("<title>eta = 1/400: constant 0.768</title>"));
  Ladder none = ladder;
  none.rungs = {ladder.rungs.back()};
  CHECK(ladder_svg(none, "it").empty());
  none.rungs = {ladder.rungs.front()};
  none.exponent = std::numeric_limits<double>::quiet_NaN();
  CHECK(well_formed(ladder_svg(none, "it")));
  CHECK(exponent_text(none) == "not fitted");
}

TEST_CASE("a ladder beyond double is drawn like any other") {
  Ladder ladder = *sample_verdicts().at(5).ladder;
  for (Rung& rung : ladder.rungs) {
    rung.limit = rung.limit * decimal("1e700");
    rung.constant = rung.constant * decimal("1e-500");
  }
  const std::string svg = ladder_svg(ladder, "it");
  CHECK(count(svg, "<circle") == 6);
  CHECK_THAT(svg, Contains("704</tspan>") && Contains("−500</tspan>"));
}
