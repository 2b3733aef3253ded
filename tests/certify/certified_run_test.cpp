#include "escapement/certify/certified_run.h"

#include <catch2/catch.hpp>

#include "certify/support.h"

using namespace escapement;  // NOLINT(google-build-using-namespace)
using numeric::Exact;
using observe::Outcome;
using test::small_instance;

namespace {

certify::CertifyRequest request(const char* radius, long first) {
  certify::CertifyRequest r;
  r.radius = *numeric::parse_exact(radius);
  r.first_bits = first;
  r.options.watch.neurons_at_end = true;
  return r;
}

}  // namespace

TEST_CASE("precision is raised until the radius is reached, and no further") {
  const model::Instance instance = small_instance({"steps=2000"});
  const certify::CertifiedRun run = certify::certify(instance, request("1e-30", 64));
  REQUIRE(run.reached);
  CHECK(run.attempts.size() >= 2);
  CHECK(run.attempts.size() <= 5);
  CHECK(run.run.trajectory.steps == 2000);
  for (const auto& row : run.run.final.neurons)
    for (const numeric::Ball& x : row) CHECK(certify::Bound::radius_of(x.raw()).log2() < -99.6);
  // Enough at once: one attempt.
  CHECK(certify::certify(instance, request("1e-30", run.last().bits)).attempts.size() == 1);
}

TEST_CASE("a driven oscillation has no shadow and is certified by plain balls") {
  const certify::CertifiedRun run =
      certify::certify(small_instance({"algorithm=oscillation", "steps=300"}), request("1e-20", 64));
  CHECK(run.reached);
}

TEST_CASE("where more bits stop helping, the run stops and says why") {
  certify::CertifyRequest box = request("1e-10", 64);
  box.start_radius = Exact(1, 1000);
  const certify::CertifiedRun wide = certify::certify(small_instance({"steps=2000"}), box);
  CHECK_FALSE(wide.reached);
  CHECK(wide.attempts.size() <= 4);
  CHECK(wide.reason.find("more bits no longer help") == 0);
  CHECK(wide.reason.find("box of starts of radius 1e-3") != std::string::npos);

  certify::CertifyRequest few = request("1e-30", 32);
  few.most_bits = 48;
  const certify::CertifiedRun limited = certify::certify(small_instance({"steps=2000"}), few);
  CHECK_FALSE(limited.reached);
  CHECK(limited.reason.find("48 bits are the most allowed") == 0);
}

TEST_CASE("a divergence is certain, and more bits are not asked for") {
  const certify::CertifiedRun run =
      certify::certify(small_instance({"eta=4", "steps=100"}), request("1e-10", 4000));
  CHECK_FALSE(run.reached);
  CHECK(run.last().outcome == Outcome::diverged);
  CHECK(run.attempts.size() == 1);
  CHECK(run.reason.find("the run diverges at step") == 0);
}

TEST_CASE("an interrupted certification says so") {
  certify::CertifyRequest r = request("1e-10", 100);
  r.options.poll = [](std::uint64_t) { return false; };
  const certify::CertifiedRun run = certify::certify(small_instance({}), r);
  CHECK_FALSE(run.reached);
  CHECK(run.reason == "interrupted");
}
