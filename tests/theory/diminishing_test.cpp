// Lemma 4.3's shares against a plain recount in rationals, in every scalar; the law at the start against quadrature and
// drawn neurons.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "escapement/config/keys.h"
#include "escapement/judge/engine_laboratory.h"
#include "escapement/numeric/precision.h"
#include "escapement/theory/diminishing_runs.h"

#include "theory/support.h"

namespace numeric = escapement::numeric;
namespace model = escapement::model;
namespace judge = escapement::judge;
using namespace escapement::theory;
using namespace escapement::test;
using nlohmann::json;
using numeric::Exact;

namespace {

using Table = std::vector<std::vector<Exact>>;

// w_i, a_i, x_k, theta* by hand; the shares as fractions of 2n cases.
DiminishingShares recount(const Table& z, const Table& x, const std::vector<Exact>& theta_star,
                          const Exact& sigma, const DiminishingBounds& bounds) {
  const std::size_t d = theta_star.size();
  std::vector<Exact> off(d, Exact(0));
  for (std::size_t j = 0; j < d; ++j) {
    off[j] = -theta_star[j];
    for (const auto& row : z) off[j] += row[d] * row[j];
  }
  DiminishingShares r;
  const double cases = 2.0 * static_cast<double>(x.size()), m = static_cast<double>(z.size());
  for (const auto& row : z) {
    int up = 0, down = 0;
    Exact most = 0;
    for (const auto& input : x) {
      Exact p = 0, squared = 0, residual = 0;
      for (std::size_t j = 0; j < d; ++j) {
        p += row[j] * input[j];
        squared += input[j] * input[j];
        residual += off[j] * input[j];
      }
      for (const int sign : {1, -1}) {
        const Exact g = residual - sign * sigma, delta = -g * g * (p * p - row[d] * row[d] * squared);
        up += delta > 0 ? 1 : 0;
        down += delta <= -bounds.threshold ? 1 : 0;
        most = std::max(most, delta);
      }
    }
    r.most_positive = std::max(r.most_positive, up / cases);
    r.least_sized = std::min(r.least_sized, down / cases);
    r.mean_positive += up / cases / m;
    r.mean_sized += down / cases / m;
    r.largest_delta = std::max(r.largest_delta, static_cast<double>(most));
    r.mean_largest += static_cast<double>(most) / m;
    r.beyond_sign += up / cases > bounds.sign ? 1 : 0;
    r.beyond_size += down / cases < bounds.size ? 1 : 0;
  }
  return r;
}

void check_same(const DiminishingShares& a, const DiminishingShares& b) {
  CHECK(a.most_positive == b.most_positive);
  CHECK(a.least_sized == b.least_sized);
  CHECK(a.mean_positive == Approx(b.mean_positive).epsilon(1e-12));
  CHECK(a.mean_sized == Approx(b.mean_sized).epsilon(1e-12));
  CHECK(a.largest_delta == Approx(b.largest_delta).epsilon(1e-10));
  CHECK(a.mean_largest == Approx(b.mean_largest).epsilon(1e-10));
  CHECK(a.beyond_sign == b.beyond_sign);
  CHECK(a.beyond_size == b.beyond_size);
}

// Of the state at step 0, in this arithmetic.
DiminishingShares shares_at_start(model::Instance& instance, const char* precision,
                                  const DiminishingBounds& bounds) {
  escapement::config::apply(instance.config, "precision", precision, "test");
  judge::EngineLaboratory laboratory(1, 1, {});
  DiminishingShares result;
  int looks = 0;
  LookWith look([&](const auto& sight) {
    result = diminishing_shares(sight, bounds);
    ++looks;
  });
  laboratory.run(instance, {0}, look);
  REQUIRE(looks == 1);
  return result;
}

}  // namespace

TEST_CASE("shares are those of a recount in rationals, in every scalar") {
  std::mt19937_64 bits(4);
  const auto draw = [&](int range) { return Exact(static_cast<int>(bits() % (2 * range + 1)) - range, 4); };
  bool some_beyond = false, some_positive = false;
  for (int round = 0; round < 12; ++round) {
    model::Instance instance = model::make_instance(configured({"d=2", "n=3", "m=5", "eta=1/64", "sigma=3/4",
                                                                "steps=1", "record=none", "snapshots=none"}),
                                                    0);
    Table z(5, std::vector<Exact>(3)), x(3, std::vector<Exact>(2));
    for (auto& row : z)
      for (Exact& e : row) e = draw(6);
    z[0] = {Exact(0), Exact(0), Exact(1, 4)};  // grows whatever the input
    for (auto& row : x)
      for (Exact& e : row) e = draw(9);
    instance.theta_star = {draw(5), draw(5)};
    instance.given_inputs = x;
    auto start = std::make_shared<model::ExplicitStart>();
    start->rows = z;
    instance.start = start;
    instance.driving = std::make_shared<const model::ExplicitDriving>();
    DiminishingBounds bounds;
    bounds.sign = 0.4;
    bounds.size = 0.5;
    bounds.threshold = Exact(9, 256);  // (sigma/4)^2
    bounds.lazy_radius_squared = Exact(1, 5);
    const DiminishingShares expected = recount(z, x, instance.theta_star, Exact(3, 4), bounds);
    some_beyond =
        some_beyond || (expected.beyond_sign > 0 && expected.beyond_size > 0 && expected.beyond_sign < 5);
    some_positive = some_positive || expected.largest_delta > 0;
    for (const char* precision : {"double", "100", "certified:200"}) {
      INFO("round " << round << ", " << precision);
      const DiminishingShares found = shares_at_start(instance, precision, bounds);
      check_same(found, expected);
      CHECK(found.lazy);  // nothing has moved
    }
  }
  CHECK(some_beyond);
  CHECK(some_positive);
}

TEST_CASE("an enclosure that does not decide counts against the claim") {
  // DeltaW_i is exactly 0 for w = (1/3, 0), a = 1/3, x = (1, 0): a double says 0, a ball of 1/3 says perhaps.
  model::Instance instance = model::make_instance(
      configured({"d=2", "n=1", "m=1", "eta=1/64", "sigma=3/4", "steps=1", "record=none", "snapshots=none"}),
      0);
  instance.given_inputs = {{Exact(1), Exact(0)}};
  instance.theta_star = {Exact(0), Exact(0)};
  auto start = std::make_shared<model::ExplicitStart>();
  start->rows = {{Exact(1, 3), Exact(0), Exact(1, 3)}};
  instance.start = start;
  instance.driving = std::make_shared<const model::ExplicitDriving>();
  DiminishingBounds bounds;
  bounds.threshold = 0;
  bounds.lazy_radius_squared = 1;
  const DiminishingShares rounded = shares_at_start(instance, "double", bounds);
  CHECK(rounded.most_positive == 0);
  CHECK(rounded.least_sized == 1);
  const DiminishingShares enclosed = shares_at_start(instance, "certified:100", bounds);
  CHECK(enclosed.most_positive == 1);
  CHECK(enclosed.least_sized == 0);
}

TEST_CASE("the law at the start agrees with quadrature of the chi laws") {
  const numeric::WorkingPrecision precision(192);
  std::ifstream in(std::string(ESCAPEMENT_TEST_DATA) + "/../oracles/recorded/oscillation-moments.json");
  REQUIRE(in);
  std::size_t rows = 0;
  const json all = json::parse(in);
  for (const json& row : all.at("sign_exceptions")) {
    INFO(row.dump());
    const Ball q = Ball::from(numeric::parse_exact(row.at("q").get<std::string>()).value());
    const double expected = std::stod(row.at("value").get<std::string>());
    const Ball found = sign_exception_at_start(row.at("d"), row.at("m").get<int>(), q);
    CHECK(found.mid_double() == Approx(expected).epsilon(1e-9));
    CHECK(found.radius().mid_double() < 1e-12 * expected);
    ++rows;
  }
  CHECK(rows == 60);
}

TEST_CASE("and with drawn neurons") {
  const numeric::WorkingPrecision precision(192);
  std::mt19937_64 bits(9);
  std::normal_distribution<double> normal;
  const auto d = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{4});
  constexpr int kNeurons = 400, kInputs = 2000;
  constexpr double m = 6, q = 0.3;
  // The share of inputs with |<x, w>| < |a| |x|, of every drawn neuron; those near q are not counted either way.
  double above = 0, open = 0;
  for (int i = 0; i < kNeurons; ++i) {
    std::vector<double> w(d);
    for (double& e : w) e = normal(bits) / std::sqrt(static_cast<double>(d));
    const double a = normal(bits) / std::sqrt(m);
    int up = 0;
    for (int k = 0; k < kInputs; ++k) {
      double p = 0, squared = 0;
      for (const double e : w) {
        const double x = normal(bits);
        p += x * e;
        squared += x * x;
      }
      up += p * p < a * a * squared ? 1 : 0;
    }
    const double share = static_cast<double>(up) / kInputs;
    above += share > q + 0.05 ? 1 : 0;
    open += std::fabs(share - q) <= 0.05 ? 1 : 0;
  }
  const double p = sign_exception_at_start(d, 6, Ball::from(Exact(3, 10))).mid_double();
  const double slack = std::sqrt(std::log(2e9) / 2 / kNeurons);  // Hoeffding at 10^-9
  INFO("d = " << d << ": " << p << " against " << above / kNeurons << " and " << open / kNeurons << " open");
  CHECK(p >= above / kNeurons - slack);
  CHECK(p <= (above + open) / kNeurons + slack);
}

TEST_CASE("bounds that are none") {
  const numeric::WorkingPrecision precision(128);
  CHECK(sign_exception_at_start(3, 100, Ball(0)).contains(Exact(1)));
  CHECK(sign_exception_at_start(3, 100, Ball(1)).contains(Exact(0)));
  CHECK(sign_exception_at_start(3, 100, Ball(2)).contains(Exact(0)));
}

TEST_CASE("rho m^(-1/8) by hand") {
  const numeric::WorkingPrecision precision(128);
  // d = pi is not to be had; squared twice: rho^8 = (4 d/pi)^4.
  for (const int d : {1, 2, 20})
    CHECK(sign_bound(static_cast<std::size_t>(d), 1000, {}).mid_double() ==
          Approx(2 * std::sqrt(d / std::acos(-1.0)) * std::pow(1000, -0.125)).epsilon(1e-14));
}

TEST_CASE("a replica is the worst of its lazy states, and the same on any number of threads") {
  const auto config =
      configured({"d=2", "n=12", "m=24", "eta=1/200", "sigma=4", "record=none", "snapshots=none"});
  judge::EngineLaboratory one(1, 1, {}), three(3, 1, {});
  const auto a = diminishing_replicas(config, {24}, 6, {}, one),
             b = diminishing_replicas(config, {24}, 6, {}, three);
  REQUIRE(a.size() == 6);
  REQUIRE(b.size() == 6);
  for (std::size_t r = 0; r < 6; ++r) {
    CHECK(a[r].most_positive == b[r].most_positive);
    CHECK(a[r].mean_sized == b[r].mean_sized);
    CHECK(a[r].largest == b[r].largest);
    CHECK(a[r].states == b[r].states);
    CHECK(a[r].states >= 1);  // the start is lazy
    CHECK(a[r].most_positive >= a[r].mean_positive);
    CHECK(a[r].least_sized <= a[r].mean_sized);
    // Steps 0, 1, 2, 4, ...: the last of `states` such.
    CHECK(a[r].last_lazy == (a[r].states == 1 ? 0 : std::uint64_t{1} << (a[r].states - 2)));
  }
  // A ball without radius is left at the first step; a huge one never.
  PaperConstants none, huge;
  none.lazy_radius = 0;
  huge.lazy_radius = 1000;
  const DiminishingReplica gone = diminishing_replicas(config, {24}, 1, none, one)[0];
  CHECK(gone.states == 1);
  CHECK(gone.complete);  // its only lazy state is the start
  // T1 = 384 sqrt(ln 24)/(16/40000 sqrt(24)) = 349,330 is beyond 2^18, the last step that is evaluated.
  const DiminishingReplica never = diminishing_replicas(config, {24}, 1, huge, one)[0];
  CHECK(never.states == 20);
  CHECK(never.last_lazy == std::uint64_t{1} << 18);
  CHECK_FALSE(never.complete);
}

TEST_CASE("a run is complete if every lazy state up to T1 was evaluated, and no state beyond T1 is") {
  PaperConstants huge;
  huge.lazy_radius = 1000;
  judge::EngineLaboratory one(1, 1, {});
  // T1 = 384 sqrt(ln 24)/(32^2/64 sqrt(24)) = 8.7 steps.
  const auto config =
      configured({"d=2", "n=12", "m=24", "eta=1/8", "sigma=32", "record=none", "snapshots=none"});
  const DiminishingReplica in_turn = diminishing_replicas(config, {24, 100}, 1, huge, one)[0];
  if (in_turn.last_lazy == 8) CHECK(in_turn.states == 9);
  CHECK(in_turn.last_lazy <= 8);
  CHECK(in_turn.complete);
  const DiminishingReplica doubling = diminishing_replicas(config, {24, 1}, 1, huge, one)[0];
  CHECK(doubling.last_lazy <= 8);
  if (doubling.last_lazy >= 2) CHECK_FALSE(doubling.complete);  // step 3 was left out
}
