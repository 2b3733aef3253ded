// Stored cases as certificates: the checker accepts what the hunter found, and refuses what it cannot say.
#include "escapement/hunt/certificate_of_case.h"

#include <catch2/catch.hpp>

#include "escapement/certify/certificate_check.h"
#include "escapement/certify/certificate_file.h"
#include "escapement/config/input_error.h"

#include "hunt/support.h"

using namespace escapement;
using hunt::Case;
using numeric::Exact;

namespace {

Case noisy(const char* claim, const char* clause = "") {
  Case c = hunt::small_case();
  c.claim = claim;
  c.clause = clause;
  c.reading = "literal";
  c.algorithm = "label-noise-sgd";
  return c;
}

Case descent() {
  Case c;
  c.claim = "lemma-4.5";
  c.reading = "literal";
  c.algorithm = "gradient-descent";
  c.constant = 1;
  c.eta = Exact(1, 16);
  c.steps = 3;
  c.theta_star = {1, 0};
  c.inputs = {{1, 1}, {1, -1}};
  c.rows = {{Exact(1, 8), Exact(1, 8), Exact(-1, 8)}, {Exact(1, 32), Exact(3, 16), Exact(1, 32)}};
  return c;
}

}  // namespace

TEST_CASE("found cases become certificates that the checker accepts") {
  const certify::Certificate identity = hunt::certificate_of_case(noisy("oscillation-identity"));
  CHECK(identity.steps == 0);
  CHECK(certify::check_certificate(identity).accepted);

  Case bound = noisy("lemma-4.3", "2b");
  bound.steps = 0;
  bound.samples.clear();
  bound.noise.clear();
  bound.rows = {{0, Exact(1, 8), 2}, {1, 0, 0}};
  bound.box = Exact(1, 64);
  for (Exact& x : bound.theta_star) x /= 8;  // A4
  const certify::Certificate large = hunt::certificate_of_case(bound);
  CHECK(large.neuron == 0);
  CHECK(large.events.size() == 1);
  CHECK(large.start[0][2] == certify::CertificateRange{Exact(127, 64), Exact(129, 64)});

  const std::string text = hunt::certificate_text_of_case(descent());
  const certify::Certificate aligned = certify::parse_certificate(text, "text");
  CHECK(aligned.neuron == 1);
  CHECK(certify::check_certificate(aligned).accepted);
}

TEST_CASE("copies are written out, of inputs in proportion") {
  Case c = descent();
  c.input_copies = {numeric::BigInt(1) << 200, numeric::BigInt(1) << 200};
  c.row_copies = {2, 1};
  const certify::Certificate written = hunt::certificate_of_case(c);
  CHECK(written.inputs.size() == 2);
  CHECK(written.start.size() == 3);
  c.row_copies = {numeric::BigInt(1) << 200, 1};
  CHECK_THROWS_AS(hunt::certificate_of_case(c), config::InputError);
}

TEST_CASE("what no certificate can say, or the checker does not confirm, is refused") {
  CHECK_THROWS_AS(hunt::certificate_of_case(noisy("norm-identity")), config::InputError);
  Case equal = noisy("oscillation-identity");
  equal.eta = 1;
  CHECK_THROWS_WITH(hunt::certificate_of_case(equal), Catch::Contains("the step size is not below 1"));
}
