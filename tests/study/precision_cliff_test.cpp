#include <algorithm>

#include "escapement/model/start.h"
#include "escapement/numeric/random.h"

#include "support.h"

namespace escapement::study {

using numeric::Exact;
using test::conducted;
using test::number;

namespace {

const std::vector<std::string> kSmall{"d=3", "m=5", "n=4"};

// Median over neurons of |eta^2 DeltaW_i| of the first step, in rationals: the paper's formula, written out.
Exact first_change(const Study& study, const Exact& eta) {
  config::Config config = configure(study, kSmall, {});
  config.eta = eta;
  const model::Instance instance = model::make_instance(config, 0);
  numeric::Rows<double> z(5, 3);
  model::Start<double>(instance).rows(0, z);
  std::uint32_t index = 0;
  double sign = 0;
  numeric::draw_steps(instance.stream, 0, 1, 4, &index, &sign);
  const auto x = [&](std::size_t j) { return Exact(instance.generated_inputs[3 * index + j]); };
  Exact residual = -Exact(sign) * config.sigma, length = 0;
  for (std::size_t j = 0; j < 3; ++j) {
    Exact theta = 0;
    for (std::size_t i = 0; i < 5; ++i) theta += Exact(z.get(i, 3)) * Exact(z.get(i, j));
    residual += (theta - instance.theta_star[j]) * x(j);
    length += x(j) * x(j);
  }
  std::vector<Exact> changes;
  for (std::size_t i = 0; i < 5; ++i) {
    Exact wx = 0;
    const Exact a(z.get(i, 3));
    for (std::size_t j = 0; j < 3; ++j) wx += Exact(z.get(i, j)) * x(j);
    changes.push_back(abs(eta * eta * residual * residual * (wx * wx - a * a * length)));
  }
  std::sort(changes.begin(), changes.end());
  return changes[2];
}

}  // namespace

TEST_CASE("precision-cliff: the enclosed change of one step is the exact one") {
  const Result result = conducted("precision-cliff", kSmall);
  for (const std::string eta : {"1e-2", "1e-12"}) {
    const auto rows = test::rows_with(result, {{"horizon", "1 step"}, {"eta", eta}});
    CHECK(rows.size() == 4);  // one for each arithmetic
    const double exact =
        static_cast<double>(first_change(find_study("precision-cliff"), *numeric::parse_exact(eta)));
    for (const Row& row : rows) CHECK(number(result, row, "exact_change") == Approx(exact).epsilon(1e-11));
  }
}

TEST_CASE("precision-cliff: double is blind at 1e-12, 512 bits are not; errors grow as eta^-2") {
  const Result result = conducted("precision-cliff", kSmall);
  for (const std::string horizon : {"1 step", "1000 steps"}) {
    const auto at = [&](const std::string& arithmetic, const std::string& eta, const std::string& name) {
      return number(
          result,
          test::rows_with(result, {{"horizon", horizon}, {"arithmetic", arithmetic}, {"eta", eta}}).at(0),
          name);
    };
    CHECK(at("double", "1e-2", "relative_error") < 1e-9);
    CHECK(at("double", "1e-12", "relative_error") > 0.5);
    CHECK(at("512 bits", "1e-12", "relative_error") < 1e-125);
    CHECK(at("512 bits", "1e-12", "right_sign") == 1);
    CHECK(test::fit(result, "exponent of the error in eta: 512 bits, " + horizon).estimate ==
          Approx(-2).margin(0.15));
  }
  const Fit& cliff = test::fit(result, "cliff, the eta where half is error: double, 1 step");
  CHECK(cliff.interval->first >= 1e-12);
  CHECK(cliff.interval->second <= 1e-4);
}

}  // namespace escapement::study
