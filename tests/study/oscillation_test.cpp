#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/precision.h"
#include "escapement/theory/oscillation_time.h"

#include "support.h"

namespace escapement::study {

using numeric::Ball;
using numeric::Exact;
using numeric::Truth;

TEST_CASE("oscillation: t0 is the first step certified to be below sqrt(eta), at 10^-60 too") {
  const Result result = test::conducted("oscillation");
  for (const char* eta : {"1e-3", "1e-7", "1e-60"}) {
    const Row row = test::rows_with(result, {{"eta", eta}}).at(0);
    const numeric::BigInt t0(row[test::column(result, "t0")]);
    const Exact step = *numeric::parse_exact(eta);
    const numeric::WorkingPrecision precision(theory::oscillation_bits(step));
    const theory::OscillationProblem problem = theory::population_problem(step, 20, 1);
    const Ball bound = sqrt(Ball::from(step));
    CHECK(less_equal(theory::mean_squared_norm(problem, t0), bound) == Truth::yes);
    CHECK(less_equal(theory::mean_squared_norm(problem, t0 - 1), bound) == Truth::no);
  }
}

TEST_CASE("oscillation: t0 eta^(3/2) grows by one half for each unit of ln(1/eta)") {
  const Result result = test::conducted("oscillation");
  CHECK(test::fit(result, "t0 eta^(3/2) for each unit of ln(1/eta)").estimate == Approx(0.5).epsilon(1e-3));
  const Row row = test::rows_with(result, {{"eta", "1e-2"}}).at(0);
  CHECK(std::abs(test::number(result, row, "sampled") - 1) < 5 * test::number(result, row, "sampled_error"));
}

TEST_CASE("oscillation: where theta* is too long there is no t0, and the row says so") {
  const Result result = test::conducted("oscillation", {"theta_norm=100"});
  const Row row = test::rows_with(result, {{"eta", "1e-2"}}).at(0);
  CHECK(row[test::column(result, "t0")].empty());
  CHECK(!test::rows_with(result, {{"eta", "1e-60"}}).at(0)[test::column(result, "t0")].empty());
}

}  // namespace escapement::study
