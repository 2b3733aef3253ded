// The slow flow against label-noise SGD at small step sizes that NumPy ran (tests/oracles/label_noise_runs.py).
#include <cmath>
#include <fstream>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "escapement/numeric/exact.h"
#include "escapement/reduction/slow_flow.h"

using namespace escapement;
using namespace escapement::reduction;
using nlohmann::json;
using numeric::Exact;

namespace {

using Table = std::vector<std::vector<Exact>>;

Exact exact(const json& text) { return numeric::parse_exact(text.get<std::string>()).value(); }

Table table(const json& rows) {
  Table result;
  for (const json& row : rows) {
    result.emplace_back();
    for (const json& x : row) result.back().push_back(exact(x));
  }
  return result;
}

double number(const json& text) { return std::stod(text.get<std::string>()); }

SlowFlow<double> flow_of(const Table& inputs, const Table& start) {
  const std::size_t d = inputs[0].size();
  numeric::Symmetric<double> covariance(d);
  numeric::Vector<double> theta(d);
  numeric::Rows<double> rows(start.size(), d);
  for (std::size_t i = 0; i < d; ++i) {
    Exact predictor = 0;  // the start is on the manifold
    for (const auto& row : start) predictor += row[i] * row[d];
    theta.set(i, numeric::from_exact<double>(predictor));
    for (std::size_t j = 0; j <= i; ++j) {
      Exact sum = 0;
      for (const auto& x : inputs) sum += x[i] * x[j];
      covariance.set(i, j, numeric::from_exact<double>(Exact(sum / inputs.size())));
    }
  }
  for (std::size_t i = 0; i < start.size(); ++i)
    for (std::size_t j = 0; j <= d; ++j) rows.set(i, j, numeric::from_exact<double>(start[i][j]));
  return SlowFlow<double>(covariance, theta, rows, {});
}

}  // namespace

// tests/oracles/label_noise_runs.py: means of S over 4,096 runs at each of three step sizes, with their standard errors. A mean
// at eta is the flow's value, b eta, and O(eta^2): twice one mean minus that of twice the step lacks b eta, and what it still
// lacks is about a third of the distance between two such. Of 12 comparisons at 6.2 standard errors, one fails by chance
// with probability 10^-8.
TEST_CASE("NumPy's own runs tend to the slow flow as eta goes to 0, with an error of the order of eta") {
  std::ifstream file(std::string(ESCAPEMENT_TEST_DATA) + "/../oracles/recorded/label-noise-runs.json");
  REQUIRE(file);
  const json recorded = json::parse(file);
  auto flow = flow_of(table(recorded["inputs"]), table(recorded["start"]));
  const json& runs = recorded["runs"];
  REQUIRE(runs.size() == 3);
  for (std::size_t k = 0; k < 3; ++k) REQUIRE(exact(runs[k]["eta"]) == Exact(1, 32 << k));
  int seen = 0;
  for (std::size_t at = 0; at < runs[0]["at"].size(); ++at) {
    INFO("tau = " << runs[0]["at"][at]["tau"]);
    REQUIRE(flow.advance(numeric::from_exact<double>(exact(runs[0]["at"][at]["tau"]))) == FlowEnd::reached);
    CHECK(flow.fast_time() == 0);
    const numeric::Symmetric<double> s = flow.gram();
    for (std::size_t c = 0; c < 6; ++c) {
      INFO(recorded["columns"][c]);
      const std::size_t row[] = {0, 0, 1, 0, 1, 2}, column[] = {0, 1, 1, 2, 2, 2};
      double mean[3], error[3];
      for (std::size_t k = 0; k < 3; ++k) {
        mean[k] = number(runs[k]["at"][at]["mean"][c]);
        error[k] = number(runs[k]["at"][at]["error"][c]);
        CHECK(error[k] < 0.0024);
      }
      const double limit = s.get(row[c], column[c]);
      const double coarse = 2 * mean[1] - mean[0], fine = 2 * mean[2] - mean[1];
      CHECK(std::fabs(fine - limit) <
            6.2 * std::hypot(2 * error[2], error[1]) + std::fabs(fine - coarse) / 3);
      // Where the error at the largest step is seen well, it halves with the step.
      const double gap = mean[0] - limit, half = mean[1] - limit;
      if (std::fabs(gap) < 8 * error[0]) continue;
      ++seen;
      CHECK(std::fabs(gap - 2 * half) < 6.2 * std::hypot(error[0], 2 * error[1]) + std::fabs(gap) / 4);
    }
  }
  CHECK(seen >= 4);
}
