// A second opinion on the enclosures: label-noise SGD in MPFI's intervals, a library that shares nothing with Arb, on the
// (W, a) recursion as the paper writes it. Both enclose the same exact trajectory, so they must overlap.
#include <vector>

#include <catch2/catch.hpp>
#include <mpfi.h>

#include "escapement/certify/enclosed_parts.h"
#include "escapement/numeric/precision.h"

#include "expected.h"

using namespace escapement;

namespace {

constexpr mpfr_prec_t kBits = 200;

class Interval {
 public:
  Interval() { mpfi_init2(x_, kBits), mpfi_set_si(x_, 0); }
  explicit Interval(const numeric::Exact& q) : Interval() { mpfi_set_q(x_, q.backend().data()); }
  Interval(const Interval& o) : Interval() { mpfi_set(x_, o.x_); }
  Interval& operator=(const Interval& o) {
    mpfi_set(x_, o.x_);
    return *this;
  }
  ~Interval() { mpfi_clear(x_); }
  friend Interval operator+(Interval a, const Interval& b) { return mpfi_add(a.x_, a.x_, b.x_), a; }
  friend Interval operator-(Interval a, const Interval& b) { return mpfi_sub(a.x_, a.x_, b.x_), a; }
  friend Interval operator*(Interval a, const Interval& b) { return mpfi_mul(a.x_, a.x_, b.x_), a; }

  // Whether the two enclosures have a point in common, by MPFR comparisons of exact end points.
  bool overlaps(const numeric::Ball& ball) const {
    arf_t low, high;
    arf_init(low), arf_init(high);
    arf_set_mpfr(low, &x_->left), arf_set_mpfr(high, &x_->right);
    arb_t mine;
    arb_init(mine);
    arb_set_interval_arf(mine, low, high, 4 * kBits);
    const bool result = arb_overlaps(mine, ball.raw()) != 0;
    arb_clear(mine), arf_clear(low), arf_clear(high);
    return result;
  }

 private:
  mpfi_t x_;
};

}  // namespace

TEST_CASE("MPFI's intervals overlap the enclosures after every step's rounding") {
  int compared = 0;
  for (const test::Case& c : test::all_cases()) {
    const model::Instance instance = load_instance(c, {{"precision", "certified:200", "test"}});
    const config::Config& config = instance.config;
    if (config.algorithm != config::Algorithm::label_noise_sgd || config.batch != config::Batch{} ||
        !instance.driving->noise.empty())
      continue;
    const std::size_t m = instance.start->rows.size(), d = instance.d;
    std::vector<std::vector<Interval>> z;
    for (const auto& row : instance.start->rows) z.emplace_back(row.begin(), row.end());
    for (std::size_t t = 0; t < config.steps; ++t) {
      const auto& x = instance.given_inputs[instance.driving->samples[t]];
      Interval g = Interval(config.sigma) * Interval(numeric::Exact(-instance.driving->signs[t]));
      for (std::size_t j = 0; j < d; ++j) {
        Interval theta;
        for (std::size_t i = 0; i < m; ++i) theta = theta + z[i][j] * z[i][d];
        g = g + (theta - Interval(instance.theta_star[j])) * Interval(x[j]);
      }
      g = g * Interval(config.eta);
      for (std::size_t i = 0; i < m; ++i) {
        Interval p;
        for (std::size_t j = 0; j < d; ++j) p = p + z[i][j] * Interval(x[j]);
        for (std::size_t j = 0; j < d; ++j) z[i][j] = z[i][j] - g * z[i][d] * Interval(x[j]);
        z[i][d] = z[i][d] - g * p;
      }
    }
    engine::RunOptions options;
    options.watch.neurons_at_end = true;
    for (const auto& enclosed : {engine::PartsMaker<numeric::Ball>(), certify::enclosed_parts()}) {
      options.enclosed = enclosed;
      const engine::RunResult result = engine::run_instance(instance, options);
      INFO(c.name << (enclosed ? ", shadow" : ", plain balls"));
      REQUIRE(result.final.neurons.size() == m);
      for (std::size_t i = 0; i < m; ++i)
        for (std::size_t j = 0; j <= d; ++j) {
          CHECK(z[i][j].overlaps(result.final.neurons[i][j]));
          ++compared;
        }
    }
  }
  CHECK(compared > 40);
}
