// The law of one neuron's displacement: closed forms, and neurons drawn afresh and moved by a real run's P.
#include "escapement/theory/escape_law.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <catch2/catch.hpp>

#include "escapement/judge/engine_laboratory.h"
#include "escapement/numeric/precision.h"
#include "escapement/stats/chi_square.h"

#include "theory/support.h"

namespace numeric = escapement::numeric;
namespace model = escapement::model;
namespace stats = escapement::stats;
using namespace escapement::theory;
using namespace escapement::test;
using numeric::Exact;
using numeric::Rows;

namespace {

const Ball kHalf = Ball(1) / Ball(2);

Rows<double> rows_of(const std::vector<std::vector<double>>& p) {
  Rows<double> rows(p.size(), p.size() - 1);
  for (std::size_t i = 0; i < p.size(); ++i)
    for (std::size_t j = 0; j < p.size(); ++j) rows.set(i, j, p[i][j]);
  return rows;
}

struct Shares {
  double stays = 0, long_stays = 0;
};

// Of drawn neurons of width m: by another generator than the library's.
Shares drawn(const Rows<double>& p, double m, double r, double floor, int count) {
  const std::size_t d = p.d();
  std::mt19937_64 bits(11);
  std::normal_distribution<double> normal;
  Shares shares;
  std::vector<double> z(d + 1);
  for (int k = 0; k < count; ++k) {
    double start = 0, moved = 0;
    for (std::size_t j = 0; j < d; ++j) {
      z[j] = normal(bits) / std::sqrt(static_cast<double>(d));
      start += z[j] * z[j];
    }
    z[d] = normal(bits) / std::sqrt(m);
    for (std::size_t j = 0; j < d; ++j) {
      double w = -z[j];
      for (std::size_t i = 0; i <= d; ++i) w += z[i] * p.get(i, j);
      moved += w * w;
    }
    const bool in = moved <= r * r;
    shares.stays += in ? 1.0 / count : 0;
    shares.long_stays += in && start >= floor * floor ? 1.0 / count : 0;
  }
  return shares;
}

// P after `steps` steps of label-noise SGD.
Rows<double> product_of_run(std::initializer_list<const char*> sets, std::uint64_t steps) {
  const model::Instance instance = model::make_instance(configured(sets), 0);
  escapement::judge::EngineLaboratory laboratory(1, 1, {});
  Rows<double> result;
  LookWith look([&](const auto& sight) {
    REQUIRE(sight.product != nullptr);
    result = Rows<double>(sight.product->rows(), sight.product->d());
    for (std::size_t i = 0; i < result.rows(); ++i)
      for (std::size_t j = 0; j < result.rows(); ++j)
        result.set(i, j, numeric::to_double(sight.product->get(i, j)));
  });
  laboratory.run(instance, {steps}, look);
  return result;
}

// `share` of `count` draws of probability p: Bernstein's bound at 10^-9.
bool agree(double share, double p, int count) {
  const double l = std::log(2e9);
  return std::fabs(share - p) <= std::sqrt(2 * p * (1 - p) * l / count) + 2 * l / (3 * count);
}

}  // namespace

TEST_CASE("a network that did not move never leaves") {
  const numeric::WorkingPrecision precision(128);
  for (const std::size_t d : {1u, 2u, 6u}) {
    const EscapeLaw law =
        escape_law(Rows<double>::identity(d), 1000, Ball(1), Ball::from(Exact(1, 30)), kHalf);
    CHECK(law.stays.contains(Exact(1)));
    CHECK(law.stays.lower().mid_double() > 1 - 1e-12);
    CHECK(law.long_stays.contains(Exact(1)));
  }
}

TEST_CASE("all norms gone: a neuron stays where it began that close to zero") {
  const numeric::WorkingPrecision precision(128);
  for (const std::size_t d : {1u, 2u, 5u}) {
    std::vector<std::vector<double>> zero(d + 1, std::vector<double>(d + 1, 0.0));
    const Ball r = Ball::from(Exact(1, 8)), factor = Ball::from(Exact(3, 2));
    const EscapeLaw law = escape_law(rows_of(zero), 64, factor, r, kHalf);
    // |w(0)|^2 = factor^2 chi^2_d / d <= r^2
    const Ball expected =
        stats::chi_square_cdf(static_cast<long>(d), Ball(static_cast<int>(d)) * r * r / (factor * factor));
    CHECK(arb_rel_accuracy_bits(law.stays.raw()) > 40);
    CHECK(law.stays.mid_double() == Approx(expected.mid_double()).epsilon(1e-10));
    // The floor is above r: no long neuron is inside, and a(0) has no part in it.
    CHECK(law.long_stays.contains(Exact(0)));
    CHECK(law.long_stays.upper().mid_double() < 1e-300);
  }
}

TEST_CASE("moved by the second layer alone: a normal law in one direction") {
  const numeric::WorkingPrecision precision(128);
  Rows<double> p = Rows<double>::identity(3);
  p.set(3, 1, 2.0);  // w moves by 2 a(0) e_2, a(0) ~ N(0, 1/m)
  const EscapeLaw law = escape_law(p, 100, Ball(1), Ball::from(Exact(1, 5)), kHalf);
  CHECK(law.stays.mid_double() == Approx(std::erf(1 / std::sqrt(2.0))).epsilon(1e-10));
  CHECK(law.long_stays.contains(Exact(1)));
}

TEST_CASE("a direction that hardly moves costs neither time nor the answer") {
  const numeric::WorkingPrecision precision(128);
  // Two directions gone and one that moved by 1/s: between the law without it and the law of three like it.
  for (const int s : {100, 1000, 100'000, 100'000'000}) {
    Rows<double> p = rows_of(std::vector<std::vector<double>>(4, std::vector<double>(4, 0.0)));
    p.set(2, 2, 1 - 1.0 / s);
    const EscapeLaw law = escape_law(p, 64, Ball(1), Ball::from(Exact(1, 8)), kHalf);
    // |w|^2 of two coordinates of variance 1/3: 1 - exp(-r^2 d/2), and the third adds at most its own 9/s^2.
    const double without = 1 - std::exp(-3.0 / 128);
    INFO("s = " << s << ": " << law.stays.mid_string(10) << " +/- " << law.stays.radius_string());
    // Certain, and not much more than what the third could change at all.
    CHECK(std::fabs(law.stays.mid_double() - without) <= law.stays.radius().mid_double() + 0.05 * without);
    CHECK(law.stays.radius().mid_double() < 0.2 * without);
  }
}

TEST_CASE("drawn neurons, moved by a real run's product, stay as often as the law says") {
  const numeric::WorkingPrecision precision(128);
  constexpr int kCount = 20'000;
  struct Case {
    std::initializer_list<const char*> sets;
    double m;
    std::uint64_t steps;
  };
  const Case cases[] = {
      {{"d=2", "n=20", "m=64", "eta=1/400", "sigma=20", "steps=3000"}, 64, 3000},
      {{"d=2", "n=20", "m=64", "eta=1/400", "sigma=20", "steps=60"}, 64, 60},
      {{"d=3", "n=10", "m=32", "eta=1/200", "sigma=4", "steps=200"}, 32, 200},
      {{"d=1", "n=5", "m=16", "eta=1/100", "sigma=8", "steps=500"}, 16, 500},
  };
  int seen = 0;
  for (const Case& c : cases) {
    const Rows<double> p = product_of_run(c.sets, c.steps);
    for (const double radius : {1 / std::sqrt(c.m), 0.4}) {
      for (const double floor : {radius < 0.3 ? 0.5 : 1.0}) {
        const EscapeLaw law =
            escape_law(p, static_cast<int>(c.m), Ball(1), Ball::dyadic(radius), Ball::dyadic(floor));
        const Shares shares = drawn(p, c.m, radius, floor, kCount);
        const double low = law.stays.lower().mid_double(), stays = law.stays.upper().mid_double(),
                     bound = law.long_stays.upper().mid_double();
        INFO("d = " << p.d() << ", " << c.steps << " steps, r = " << radius << ": stays " << stays
                    << " against " << shares.stays << "; long " << bound << " against " << shares.long_stays);
        CHECK((shares.stays <= stays || agree(shares.stays, stays, kCount)));
        CHECK((shares.stays >= low || agree(shares.stays, std::max(0.0, low), kCount)));
        CHECK(stays - low < 0.1);
        CHECK(bound <= 1);
        // An upper bound of the probability: the share cannot be above it beyond chance.
        CHECK((shares.long_stays <= bound || agree(shares.long_stays, bound, kCount)));
        if (stays > 0.01 && stays < 0.99) ++seen;
      }
    }
  }
  CHECK(seen >= 3);  // most of these are no foregone conclusions
}
