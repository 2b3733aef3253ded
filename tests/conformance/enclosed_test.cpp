// Certified runs against ends that an independent script computed to 60 digits: every rule that has a shadow.
#include <catch2/catch.hpp>

#include "escapement/certify/certified_run.h"
#include "escapement/numeric/precision.h"

#include "expected.h"

using namespace escapement;
using test::Case;

namespace {

constexpr long kExactBits = 400;

// The printed decimal stands for an interval of half a unit of its 60th digit.
bool overlaps_printed(const test::Pair& p) {
  const numeric::WorkingPrecision guard(kExactBits);
  const numeric::Exact expected = *numeric::parse_exact(p.expected);
  numeric::Ball interval = numeric::Ball::from(expected);
  const numeric::Exact half_unit = abs(expected) * *numeric::parse_exact("5e-60");
  arb_add_error(interval.raw(), numeric::Ball::from(half_unit).raw());
  return interval.overlaps(p.ours);
}

}  // namespace

TEST_CASE("certified runs reach the radius asked for and contain the recorded ends") {
  int cases = 0;
  for (const Case& c : test::all_cases()) {
    INFO(c.name);
    const model::Instance instance = load_instance(c, {{"record", "every:7", "test"}});
    certify::CertifyRequest request;
    request.first_bits = 64;
    request.radius = *numeric::parse_exact("1e-40");
    request.options.watch.neurons_at_end = true;
    const certify::CertifiedRun run = certify::certify(instance, request);
    INFO(run.reason);
    REQUIRE(run.reached);
    CHECK(run.reason.empty());
    CHECK(run.attempts.size() > 1);  // 64 bits cannot give 40 digits
    const auto pairs = compare(c, run.run);
    CHECK(pairs.size() > 4);
    for (const test::Pair& p : pairs) {
      INFO(p.name << " expected " << p.expected << " got " << p.ours.mid_string(62));
      CHECK(overlaps_printed(p));
    }
    ++cases;
  }
  CHECK(cases > 10);
}
