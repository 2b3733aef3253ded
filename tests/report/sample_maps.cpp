#include <cmath>
#include <map>

#include <fmt/format.h>

#include "report/sample_verdicts.h"

namespace escapement::test {

using namespace theory;

namespace {

struct Found {
  Outcome outcome;
  Truth inside;
};
using Law = Found (*)(double log_x, double log_y);

std::string power_of_ten(double log10) {
  const double whole = std::floor(log10), mantissa = std::pow(10.0, log10 - whole);
  return fmt::format("{:.6g}e{}", mantissa, static_cast<long>(whole));
}

// A grid of cells whose middles are judged; those whose neighbours differ are halved, as a judge does.
struct Grid {
  Law law;
  double x0, x1, y0, y1;
  int columns, rows;
  bool plane;

  Found at(double i, double j) const { return law(x0 + (x1 - x0) * i / columns, y0 + (y1 - y0) * j / rows); }
  void refine(double i, double j, double half, unsigned level, unsigned deepest, ValidityMap& map) const {
    const Found here = at(i, j);
    const double x = x0 + (x1 - x0) * i / columns, y = y0 + (y1 - y0) * j / rows;
    map.points.push_back(
        {power_of_ten(x), plane ? power_of_ten(y) : "", here.outcome, here.inside, "0.42", "0.1", level});
    if (level == deepest) return;
    bool differs = false;
    for (const double di : {-1.5, 0.0, 1.5})
      for (const double dj : {-1.5, 0.0, 1.5}) {
        const Found near = at(i + di * half, plane ? j + dj * half : j);
        differs = differs || near.outcome != here.outcome || near.inside != here.inside;
      }
    if (!differs) return;
    for (const double di : {-0.5, 0.5})
      for (const double dj : {-0.5, 0.5}) {
        if (!plane && dj > 0) continue;
        refine(i + di * half, plane ? j + dj * half : j, half / 2, level + 1, deepest, map);
      }
  }
  void fill(ValidityMap& map, unsigned deepest) const {
    for (int i = 0; i < columns; ++i)
      for (int j = 0; j < rows; ++j) refine(i + 0.5, plane ? j + 0.5 : 0, 0.5, 0, deepest, map);
  }
};

Found near_one(double log_eta, double log_m) {
  const Truth inside = numeric::truth(log_m > -log_eta / 2 && log_m < 9 + log_eta);
  const double border = log_m + 0.8 * std::sin(2 * log_eta);
  if (log_m < 5.6) return {Outcome::vacuous, inside};
  if (log_eta > -1.1 - 0.06 * log_m) return {Outcome::violated, inside};
  if (border > 9.1 && log_eta < -2) return {Outcome::undecided, inside};
  if (log_m < 7.2 && log_eta < -1.9) return {Outcome::supported, inside};
  return {Outcome::holds, inside};
}

Found condition_one(double log_eta, double log_m) {
  const Truth inside = numeric::truth(log_eta < -713.4 && log_m > -log_eta / 2);
  if (log_m < 12) return {Outcome::vacuous, inside};
  if (log_m > -log_eta * 0.72) return {Outcome::violated, inside};
  if (log_m > -log_eta * 0.66) return {Outcome::undecided, inside};
  return {Outcome::holds, inside};
}

}  // namespace

std::vector<ValidityMap> sample_maps() {
  std::vector<ValidityMap> maps;
  ValidityMap map;
  map.statement = "lemma-4.3";
  map.clause = "1a";
  map.reading = "typical";
  map.claim = "P(ΔW_i(j) > 0) ≤ ρ m^(−1/8) for a neuron drawn at random";
  map.x_key = "eta";
  map.y_key = "m";
  map.x_log = map.y_log = true;
  map.marked = {{"eta", "0.001"}, {"m", "1000"}};
  map.parameters = {{"d", "20"}, {"sigma", "4"}, {"n", "200"}};
  map.reproduce = "escapement check lemma-4.3 --reading typical --over eta=1e-5:1:log --over m=10:1e12:log";
  Grid{near_one, -5, 0, 1, 12, 14, 11, true}.fill(map, 2);
  maps.push_back(map);

  map.points.clear();
  map.statement = "lemma-4.6";
  map.clause = "1";
  map.reading = "non-degenerate";
  map.claim = "‖θ(t3) − θ*‖ ≤ K η ln(1/η)";
  map.marked = {{"eta", "0.001"}, {"m", "1000"}};
  map.reproduce = "escapement check lemma-4.6 --over eta=1e-760:1e-680:log --over m=1:1e600:log";
  Grid{condition_one, -760, -680, 0, 600, 8, 8, true}.fill(map, 2);
  maps.push_back(map);

  map.points.clear();
  map.statement = "lemma-4.3";
  map.clause = "1a";
  map.reading = "literal";
  map.claim = "P(ΔW_i(j) > 0 for some i) ≤ ρ m^(−1/8), m = 10^7.5";
  map.y_key = "";
  map.y_log = false;
  map.marked = {{"eta", "0.001"}};
  map.reproduce = "escapement check lemma-4.3 --reading literal --over eta=1e-5:1:log";
  Grid{[](double x, double) { return near_one(x, 7.5); }, -5, 0, 0, 1, 16, 1, false}.fill(map, 3);
  maps.push_back(map);
  return maps;
}

}  // namespace escapement::test
