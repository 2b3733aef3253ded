// The closed form of Lemma 4.4's expectation against sign sequences enumerated in rationals (tests/oracles/
// oscillation_moments.py), against the engine's own oscillation, and its enclosure for wide networks against the sum.
#include "escapement/theory/oscillation_moments.h"

#include <cmath>
#include <fstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "escapement/config/load.h"
#include "escapement/engine/run.h"
#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/theory/oscillation_time.h"

namespace numeric = escapement::numeric;
namespace config = escapement::config;
namespace model = escapement::model;
namespace engine = escapement::engine;
using namespace escapement::theory;
using nlohmann::json;
using numeric::Exact;

namespace {

Exact exact(const json& text) { return numeric::parse_exact(text.get<std::string>()).value(); }

json recorded() {
  std::ifstream in(std::string(ESCAPEMENT_TEST_DATA) + "/../oracles/recorded/oscillation-moments.json");
  REQUIRE(in);
  return json::parse(in).at("moments");
}

// m wide neurons one by one, with no enclosure of their number: the sum over k of the binomial law, from the recursion of
// oscillation_moments.h in doubles.
double summed(double eta, int m, double l, double s2, int t) {
  double total = 0;
  for (int k = 0; k <= m; ++k) {
    const double weight =
        std::exp(std::lgamma(m + 1) - std::lgamma(k + 1) - std::lgamma(m - k + 1) - m * std::log(2.0));
    if (weight < 1e-20) continue;
    const auto after = [&](int count, int steps) {
      double v = count;
      const double a2 = std::sqrt(eta);
      for (int i = 0; i < steps; ++i)
        v = v * (1 - 2 * eta * a2 * l + count * eta * eta * a2 * a2 * l * l) +
            count * eta * eta * a2 * l * l * s2;
      return v;
    };
    total += weight * (after(k, (t + 1) / 2) + after(m - k, t / 2));
  }
  return total / m;
}

}  // namespace

TEST_CASE("every sequence of the chain's signs, enumerated in rationals, gives the closed form") {
  const numeric::WorkingPrecision precision(256);
  std::size_t rows = 0;
  for (const json& row : recorded()) {
    OscillationProblem problem;
    problem.eta = exact(row.at("eta"));
    problem.m = row.at("m").get<int>();
    problem.d = row.at("d").get<std::size_t>();
    for (const json& l : row.at("directions"))
      problem.directions.push_back({Ball::from(exact(l.at("eigenvalue"))),
                                    Ball::from(exact(l.at("ground_truth"))),
                                    l.at("multiplicity").get<long>()});
    INFO(row.dump());
    const Ball found = mean_squared_norm(problem, row.at("t").get<int>());
    CHECK(found.contains(exact(row.at("value"))));
    CHECK(arb_rel_accuracy_bits(found.raw()) > 200);
    ++rows;
  }
  CHECK(rows > 30);
}

TEST_CASE("beyond 64 neurons the enclosure holds the sum over all of them") {
  const numeric::WorkingPrecision precision(192);
  for (const int t : {0, 1, 2, 7, 4000}) {
    OscillationProblem problem{Exact(1, 10000), 5000, 1, {{Ball(2), Ball(9), 1}}};
    const Ball wide = mean_squared_norm(problem, t);
    const double sum = summed(1e-4, 5000, 2, 9, t);
    INFO("t = " << t << ": " << wide.mid_string(10) << " +/- " << wide.radius_string() << " and " << sum);
    Ball known = Ball::dyadic(sum);
    arb_add_error(known.raw(), Ball::dyadic(1e-9 * sum).raw());
    CHECK(wide.overlaps(known));
    CHECK(wide.is_finite());
    // What a neuron contributes hardly depends on how many are active with it: little is lost.
    CHECK(wide.radius().mid_double() < 1e-4 * wide.mid_double());
    // The same routine below the border is exact.
    OscillationProblem narrow = problem;
    narrow.m = 64;
    const Ball at_border = mean_squared_norm(narrow, t);
    CHECK(arb_rel_accuracy_bits(at_border.raw()) > 100);
    CHECK(at_border.mid_double() == Approx(summed(1e-4, 64, 2, 9, t)).epsilon(1e-9));
    // One more neuron crosses it: the sum over all of them again, enclosed.
    narrow.m = 65;
    Ball crossed = Ball::dyadic(summed(1e-4, 65, 2, 9, t));
    arb_add_error(crossed.raw(), Ball::dyadic(1e-9).raw());
    CHECK(mean_squared_norm(narrow, t).overlaps(crossed));
  }
}

// t0 from tests/oracles/laws_mpmath.py's sum over every number of neurons active first.
TEST_CASE("beyond 64 neurons the first time below sqrt(eta) is the first") {
  const std::pair<long, const char*> known[] = {
      {4000, "1051164"}, {16000, "9803923"}, {64000, "89621457"}, {1024000, "7170721708"}};
  for (const auto& [inverse, t0] : known) {
    const Exact eta(1, inverse);
    const numeric::WorkingPrecision precision(oscillation_bits(eta));
    const OscillationProblem problem = population_problem(eta, 20, 1);
    INFO("eta = 1/" << inverse << ", m = " << problem.m);
    CHECK(first_time_below(problem, {}).t0 == numeric::BigInt(t0));
    const Ball bound = sqrt(Ball::from(eta));
    CHECK(less(bound, mean_squared_norm(problem, numeric::BigInt(t0) - 1)) == numeric::Truth::yes);
  }
}

TEST_CASE("a direction that the data do not see keeps its start; nothing to learn only shrinks") {
  const numeric::WorkingPrecision precision(192);
  OscillationProblem unseen{Exact(1, 16), 4, 2, {{Ball(0), Ball(5), 2}}};
  CHECK(mean_squared_norm(unseen, 1000).contains(Exact(1)));
  OscillationProblem still{Exact(1, 16), 4, 1, {{Ball(1), Ball(0), 1}}};
  Ball before = mean_squared_norm(still, 0);
  CHECK(before.contains(Exact(1)));
  for (const int t : {1, 2, 10, 100, 1000}) {
    const Ball now = mean_squared_norm(still, t);
    CHECK(less(now, before) == numeric::Truth::yes);
    before = now;
  }
}

TEST_CASE("eta = 1, where one active step makes a lone neuron forget, is a number too") {
  const numeric::WorkingPrecision precision(192);
  // alpha = 1, C = 1: an active step sends w to a theta*: w^2 = s^2 from the first active step on.
  const OscillationProblem problem{Exact(1), 1, 1, {{Ball(1), Ball(4), 1}}};
  CHECK(mean_squared_norm(problem, 0).contains(Exact(1)));
  CHECK(mean_squared_norm(problem, 1).contains(Exact(5, 2)));
  CHECK(mean_squared_norm(problem, 2).contains(Exact(4)));
  CHECK(mean_squared_norm(problem, 9).contains(Exact(4)));
}

TEST_CASE("where shrinking and noise balance the square grows by equal steps") {
  const numeric::WorkingPrecision precision(192);
  // k eta alpha^2 l = 2 at k = 2: V <- V + 2 eta^2 alpha^2 l^2 s^2, from 2. eta = 1, l = 1, s = 3, two neurons.
  const OscillationProblem problem{Exact(1), 2, 1, {{Ball(1), Ball(9), 1}}};
  // k = 0 or 2 with probability 1/4 each, k = 1 (then w^2 = s^2 after a step) with 1/2.
  CHECK(mean_squared_norm(problem, 2).contains(Exact(1, 2) * (2 + 18) / 2 + Exact(1, 2) * (9 + 9) / 2));
  CHECK(mean_squared_norm(problem, 20).contains(Exact(1, 2) * (2 + 180) / 2 + Exact(1, 2) * (9 + 9) / 2));
}

TEST_CASE("the engine's oscillation has these moments") {
  // Two inputs of covariance diag(2, 1/2): x_1 = 2 e_1, x_2 = e_2, n = 2.
  config::Request request;
  request.preset = "two-phase";
  for (const char* s : {"algorithm=oscillation", "batch=full", "init=chain", "d=2", "n=2", "m=3", "eta=1/16",
                        "sigma=0", "theta_norm=2", "steps=7", "record=none", "snapshots=none"})
    request.sets.emplace_back(s);
  const config::Config base = config::load(request);
  constexpr int kReplicas = 20'000;
  double sum = 0, squares = 0;
  for (int r = 0; r < kReplicas; ++r) {
    model::Instance instance = model::make_instance(base, static_cast<std::uint32_t>(r));
    instance.generated_inputs = {2, 0, 0, 1};
    instance.theta_star = {Exact(6, 5), Exact(8, 5)};
    engine::RunOptions options;
    options.watch.neurons_at_end = true;
    const engine::RunResult result = engine::run_instance(instance, options);
    double norm = 0;
    for (const auto& row : result.final.neurons)
      for (std::size_t j = 0; j < 2; ++j) norm += std::pow(row[j].mid_double(), 2) / 3;
    sum += norm;
    squares += norm * norm;
  }
  const numeric::WorkingPrecision precision(192);
  const OscillationProblem problem{
      Exact(1, 16),
      3,
      2,
      {{Ball(2), Ball::from(Exact(36, 25)), 1}, {Ball::from(Exact(1, 2)), Ball::from(Exact(64, 25)), 1}}};
  const double expected = mean_squared_norm(problem, 7).mid_double();
  const double mean = sum / kReplicas, deviation = std::sqrt((squares / kReplicas - mean * mean) / kReplicas);
  INFO("mean " << mean << " +/- " << deviation << ", expected " << expected);
  CHECK(deviation < 0.01 * expected);
  CHECK(std::fabs(mean - expected) < 6.2 * deviation);  // 1e-9, two-sided normal
  // At the start it is 1 and without the drift from theta* it would be less: the bound above tells these apart.
  CHECK(std::fabs(1 - expected) > 10 * deviation);
}
