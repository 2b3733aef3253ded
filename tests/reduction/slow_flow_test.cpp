// Fast phase and slow flow against closed forms, conservation laws, mpmath (tests/oracles/slow_flow_mpmath.py), each other's
// precisions, and ensembles of label-noise SGD itself.
#include "escapement/reduction/slow_flow.h"

#include <cmath>
#include <fstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "escapement/config/load.h"
#include "escapement/engine/run.h"
#include "escapement/numeric/precision.h"
#include "escapement/observe/columns.h"

using namespace escapement;
using namespace escapement::reduction;
using nlohmann::json;
using numeric::Exact;
using numeric::Mp;
using numeric::Rows;
using numeric::Symmetric;
using numeric::Vector;
using numeric::WorkingPrecision;

namespace {

using Table = std::vector<std::vector<Exact>>;

template <class T>
SlowFlow<T> flow_of(const Table& covariance, const std::vector<Exact>& theta_star, const Table& start,
                    const FlowOptions& options = {}) {
  const std::size_t d = theta_star.size();
  Symmetric<T> c(d);
  Vector<T> theta(d);
  Rows<T> rows(start.size(), d);
  for (std::size_t i = 0; i < d; ++i) {
    theta.set(i, numeric::from_exact<T>(theta_star[i]));
    for (std::size_t j = 0; j <= i; ++j) c.set(i, j, numeric::from_exact<T>(covariance[i][j]));
  }
  for (std::size_t i = 0; i < start.size(); ++i)
    for (std::size_t j = 0; j <= d; ++j) rows.set(i, j, numeric::from_exact<T>(start[i][j]));
  return SlowFlow<T>(c, theta, rows, options);
}

template <class T>
T in(const Exact& x) {
  return numeric::from_exact<T>(x);
}

Exact exact(const json& text) { return numeric::parse_exact(text.get<std::string>()).value(); }
std::vector<Exact> exacts(const json& list) {
  std::vector<Exact> result;
  for (const json& x : list) result.push_back(exact(x));
  return result;
}
Table table(const json& rows) {
  Table result;
  for (const json& row : rows) result.push_back(exacts(row));
  return result;
}

// Largest |ours - recorded| over entries of Z = start P, ours in T.
template <class T>
double distance(const Rows<T>& ours, const json& recorded) {
  double most = 0;
  for (std::size_t i = 0; i < ours.rows(); ++i)
    for (std::size_t j = 0; j <= ours.d(); ++j) {
      const T gap = ours.get(i, j) - in<T>(exact(recorded[i * (ours.d() + 1) + j]));
      most = std::max(most, std::fabs(numeric::to_double(gap)));
    }
  return most;
}

const Table kCovariance{{Exact(3, 2), Exact(1, 4)}, {Exact(1, 4), Exact(3, 4)}};
const std::vector<Exact> kTheta{Exact(1, 2), Exact(-1, 4)};
const Table kStart{{Exact(1), Exact(1, 3), Exact(1, 2)},
                   {Exact(-1, 2), Exact(3, 4), Exact(1, 5)},
                   {Exact(1, 4), Exact(-5, 4), Exact(2, 5)}};

template <class T>
double determinant(const Rows<T>& p) {  // of 3 x 3
  const auto m = [&](std::size_t i, std::size_t j) { return numeric::to_double(p.get(i, j)); };
  return m(0, 0) * (m(1, 1) * m(2, 2) - m(1, 2) * m(2, 1)) -
         m(0, 1) * (m(1, 0) * m(2, 2) - m(1, 2) * m(2, 0)) +
         m(0, 2) * (m(1, 0) * m(2, 1) - m(1, 1) * m(2, 0));
}

}  // namespace

TEST_CASE("mpmath's own integration, neuron by neuron, in both arithmetics") {
  std::ifstream file(std::string(ESCAPEMENT_TEST_DATA) + "/../oracles/recorded/slow-flow.json");
  REQUIRE(file);
  const json cases = json::parse(file);
  REQUIRE(cases.size() == 3);
  for (const json& row : cases) {
    INFO(row["name"]);
    const auto check = [&](auto flow, double tolerance) {
      using T = std::decay_t<decltype(flow.tau())>;
      REQUIRE(flow.to_manifold() == FlowEnd::reached);
      CHECK(distance(flow.factor(), row["manifold"]) < tolerance);
      for (std::size_t k = 0; k < row["taus"].size(); ++k) {
        REQUIRE(flow.advance(in<T>(exact(row["taus"][k]))) == FlowEnd::reached);
        CHECK(distance(flow.factor(), row["states"][k]) < tolerance);
      }
    };
    const Table c = table(row["C"]), start = table(row["start"]);
    const std::vector<Exact> theta = exacts(row["theta_star"]);
    check(flow_of<double>(c, theta, start), 1e-11);
    const WorkingPrecision precision(100);
    check(flow_of<Mp>(c, theta, start), 1e-18);
  }
}

TEST_CASE("one dimension: u = |w|^2 + |a|^2 and |w|^2 - |a|^2 in closed form") {
  // u^2 = 4 theta*^2 + (u(0)^2 - 4 theta*^2) e^(-4 c tau), |w|^2 - |a|^2 = (...)(0) e^(-2 c tau).
  const Exact c = 2, theta(1, 2);
  auto flow =
      flow_of<double>({{c}}, {theta}, {{Exact(1), Exact(1, 4)}, {Exact(1, 2), Exact(1, 2)}});  // on it
  REQUIRE(flow.to_manifold() == FlowEnd::reached);
  CHECK(numeric::to_double(flow.fast_time()) == 0);
  const double first = 1 + 0.25, second = 1.0 / 16 + 0.25;
  for (const double tau : {0.05, 0.3, 1.0, 4.0}) {
    REQUIRE(flow.advance(tau) == FlowEnd::reached);
    const Symmetric<double> s = flow.gram();
    const double u = std::sqrt(1 + ((first + second) * (first + second) - 1) * std::exp(-8 * tau));
    CHECK(s.get(0, 0) + s.get(1, 1) == Approx(u).epsilon(1e-11));
    CHECK(s.get(0, 0) - s.get(1, 1) == Approx((first - second) * std::exp(-4 * tau)).margin(1e-12));
    CHECK(s.get(0, 1) == Approx(0.5).epsilon(1e-13));
  }
}

TEST_CASE("theta* = 0: W decays by C and a by its trace") {
  const WorkingPrecision precision(160);
  auto flow = flow_of<Mp>({{Exact(2), Exact(0)}, {Exact(0), Exact(1, 2)}}, {Exact(0), Exact(0)},
                          {{Exact(1), Exact(2), Exact(0)}});  // theta = 0: on the manifold
  const Exact tau(3, 4);
  REQUIRE(flow.advance(in<Mp>(tau)) == FlowEnd::reached);
  const Rows<Mp> p = flow.product();
  const Exact rates[] = {Exact(2), Exact(1, 2), Exact(5, 2)};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) {
      const Mp expected = i == j ? Mp(exp(in<Mp>(Exact(-rates[i] * tau)))) : Mp(0);
      CHECK(abs(Mp(p.get(i, j) - expected)) <
            in<Mp>(Exact(1, 1'000'000'000)) * in<Mp>(Exact(1, 1'000'000'000)));
    }
}

TEST_CASE(
    "what is conserved: |w|^2 - a^2 and volume in the fast phase, volume's law and theta in the slow one") {
  auto flow = flow_of<double>(kCovariance, kTheta, kStart);
  REQUIRE(flow.to_manifold() == FlowEnd::reached);
  CHECK(flow.constraint_error() < 1e-14);
  const Rows<double> p = flow.product();
  for (std::size_t i = 0; i < 3; ++i)  // P M P^T = M, M = diag(1, 1, -1)
    for (std::size_t j = 0; j < 3; ++j) {
      const double form = p.get(i, 0) * p.get(j, 0) + p.get(i, 1) * p.get(j, 1) - p.get(i, 2) * p.get(j, 2);
      CHECK(form == Approx(i != j ? 0 : i == 2 ? -1 : 1).margin(1e-11));
    }
  CHECK(determinant(p) == Approx(1).epsilon(1e-11));
  double trace = flow.hessian_trace();
  for (const double tau : {0.1, 0.5, 1.0, 3.0}) {
    REQUIRE(flow.advance(tau) == FlowEnd::reached);
    CHECK(determinant(flow.product()) == Approx(std::exp(-2 * 2.25 * tau)).epsilon(1e-10));  // tr G = 2 tr C
    CHECK(flow.hessian_trace() < trace);
    trace = flow.hessian_trace();
    CHECK(flow.constraint_error() < 1e-13);
  }
  CHECK(flow.largest_drift() < 1e-10);
  CHECK(flow.largest_drift() > 0);
}

TEST_CASE("the way there does not matter, and precisions agree whatever ran before") {
  auto far = flow_of<double>(kCovariance, kTheta, kStart), near = far;
  far.advance(0.7);
  for (const double tau : {0.01, 0.02, 0.4, 0.7}) near.advance(tau);
  const auto at = [](long bits) {
    const WorkingPrecision precision(bits);
    auto flow = flow_of<Mp>(kCovariance, kTheta, kStart);
    flow.advance(in<Mp>(Exact(7, 10)));
    return flow.factor();
  };
  const Rows<Mp> coarse = at(70), fine = at(110), again = at(70);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) {
      CHECK(near.factor().get(i, j) == Approx(far.factor().get(i, j)).epsilon(1e-10));
      CHECK(numeric::to_double(Mp(coarse.get(i, j) - fine.get(i, j))) == Approx(0).margin(1e-13));
      CHECK(far.factor().get(i, j) == Approx(numeric::to_double(fine.get(i, j))).epsilon(1e-10));
      CHECK(again.get(i, j) ==
            coarse.get(i, j));  // to the bit: no precision leaks from one run into the next
    }
}

TEST_CASE("a displacement far below the precision of P itself keeps its digits") {
  const WorkingPrecision precision(80);
  auto flow = flow_of<Mp>(kCovariance, kTheta, kStart);
  REQUIRE(flow.to_manifold() == FlowEnd::reached);
  // From the manifold, so that only the slow flow moves: P - I = -G tau (1 + O(tau)).
  const Rows<Mp> start = flow.factor();
  Symmetric<Mp> c(2);
  Vector<Mp> theta(2);
  for (std::size_t i = 0; i < 2; ++i) {
    theta.set(i, in<Mp>(kTheta[i]));
    for (std::size_t j = 0; j <= i; ++j) c.set(i, j, in<Mp>(kCovariance[i][j]));
  }
  SlowFlow<Mp> onward(c, theta, start);
  const Mp tau = in<Mp>(*numeric::parse_exact("1e-300"));
  REQUIRE(onward.advance(tau) == FlowEnd::reached);
  const Rows<Mp> moved = onward.displacement();
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 2; ++j)
      CHECK(numeric::to_double(Mp(moved.get(i, j) / tau)) ==
            Approx(-numeric::to_double(in<Mp>(kCovariance[i][j]))).epsilon(1e-12));
  CHECK(numeric::to_double(Mp(moved.get(2, 2) / tau)) == Approx(-2.25).epsilon(1e-12));
}

TEST_CASE("where the derivation does not reach, the flow says so") {
  const Table singular{{Exact(1), Exact(1)}, {Exact(1), Exact(1)}};
  CHECK(flow_of<double>(singular, kTheta, kStart).advance(0.1) == FlowEnd::rank_deficient);
  // Zero is a saddle, and so is where a = -<w, e> leads.
  CHECK(flow_of<double>(kCovariance, kTheta, {{Exact(0), Exact(0), Exact(0)}}).to_manifold() ==
        FlowEnd::not_interpolating);
  CHECK(flow_of<double>({{Exact(1)}}, {Exact(1, 2)}, {{Exact(1), Exact(-1)}}).to_manifold() ==
        FlowEnd::not_interpolating);
  // theta* = 0 from a start with a = 0 and W of rank one: interpolates, nothing to keep.
  CHECK(flow_of<double>(kCovariance, {Exact(0), Exact(0)}, {{Exact(1), Exact(2), Exact(0)}}).advance(0.1) ==
        FlowEnd::reached);
  CHECK(flow_of<double>(kCovariance, kTheta, kStart, {{}, 3}).advance(1) == FlowEnd::step_limit);
  for (const FlowEnd end :
       {FlowEnd::reached, FlowEnd::rank_deficient, FlowEnd::not_interpolating, FlowEnd::singular,
        FlowEnd::step_limit, FlowEnd::not_finite, FlowEnd::out_of_range})
    CHECK(!describe(end).empty());
}

TEST_CASE("a flow whose squares no double holds ends without a number, and goes on in Mp") {
  // Not in a saddle, though the squares of so small a start are zero.
  const Exact tiny(1, numeric::BigInt(1) << 560);
  const Table small{{tiny, Exact(2 * tiny), tiny}, {Exact(-tiny), tiny, tiny}};
  CHECK(flow_of<double>(kCovariance, kTheta, small).to_manifold() == FlowEnd::out_of_range);
  CHECK(flow_of<double>(kCovariance, {tiny, tiny}, kStart).to_manifold() == FlowEnd::out_of_range);
  // Nor does a network that shrinks for ever become zero.
  const Table start{{Exact(1), Exact(2), Exact(0)}};
  CHECK(flow_of<double>(kCovariance, {Exact(0), Exact(0)}, start).advance(400) == FlowEnd::out_of_range);
  const WorkingPrecision precision(80);
  CHECK(flow_of<Mp>(kCovariance, kTheta, small).to_manifold() == FlowEnd::reached);
  CHECK(flow_of<Mp>(kCovariance, {Exact(0), Exact(0)}, start).advance(in<Mp>(400)) == FlowEnd::reached);
}

TEST_CASE("slow time of a step") {
  config::Config config;
  config.eta = Exact(1, 100);
  config.sigma = 2;
  CHECK(slow_time_of_step(config) == Exact(2, 10'000));
  config.batch = {false, 4};
  CHECK(slow_time_of_step(config) == Exact(1, 20'000));
  config.loss = config::Loss::square;
  CHECK(slow_time_of_step(config) == Exact(4, 20'000));
  config.algorithm = config::Algorithm::label_noise_gd;
  CHECK(slow_time_of_step(config) == Exact(8, 200 * 10'000));
  config.algorithm = config::Algorithm::sgd;
  CHECK(slow_time_of_step(config) == 0);
}

TEST_CASE("label-noise SGD comes nearer to the slow flow in proportion to eta") {
  config::Request request;
  request.preset = "two-phase";
  request.sets = {"d=2", "m=16", "n=12", "sigma=1", "theta_norm=1/2", "record=none"};
  config::Config config = config::load(request);
  constexpr int kReplicas = 100;
  const double tau = 0.5;
  double gap[2], error[2];
  for (const int k : {0, 1}) {
    config.eta = Exact(1, k == 0 ? 50 : 100);
    config.steps =
        static_cast<std::uint64_t>(std::llround(tau / static_cast<double>(slow_time_of_step(config))));
    double sum = 0, squares = 0;
    for (std::uint32_t r = 0; r < kReplicas; ++r) {  // each run beside its own flow: same data, same start
      const model::Instance instance = model::make_instance(config, r);
      auto flow = slow_flow_of<double>(instance);
      REQUIRE(flow.advance(tau) == FlowEnd::reached);
      const Symmetric<double> s = flow.gram();
      const engine::RunResult run = engine::run_instance(instance, {});
      const auto column = static_cast<std::size_t>(observe::Column::frobenius_W);
      const double norm = run.final.record.values[column]->mid_double();
      const double difference = norm * norm - s.get(0, 0) - s.get(1, 1);
      sum += difference / kReplicas;
      squares += difference * difference / kReplicas;
    }
    gap[k] = sum;
    error[k] = std::sqrt((squares - sum * sum) / kReplicas);
  }
  INFO(gap[0] << " +- " << error[0] << ", " << gap[1] << " +- " << error[1]);
  CHECK(std::fabs(gap[0]) > 6.2 * error[0]);  // seen, hence no agreement by want of resolution
  CHECK(std::fabs(gap[0] - 2 * gap[1]) < 6.2 * std::hypot(error[0], 2 * error[1]));
}
