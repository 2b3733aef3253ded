// An instance becomes a certificate that the checker accepts; the enclosure of its run holds the run in exact rationals.
#include "escapement/certify/certificate_of_instance.h"

#include <catch2/catch.hpp>

#include "escapement/certify/certificate_check.h"
#include "escapement/certify/certificate_file.h"
#include "escapement/config/input_error.h"
#include "escapement/config/load.h"
#include "escapement/model/instance_file.h"

using namespace escapement;
using certify::Certificate;

namespace {

model::Instance instance(const std::string& algorithm, const std::string& numbers) {
  const std::string text = R"({"format": "escapement-instance/1", "name": "test", "algorithm": {"name": ")" +
                           algorithm + R"("}, )" + numbers + "}";
  const model::InstanceFile file = model::parse_instance(text, "test");
  config::Request request;
  request.given = file.settings;
  return model::make_instance(config::load(request), file);
}

const char* const kNoisy =
    R"("d": 2, "m": 2, "n": 2, "eta": "1/10", "sigma": "1", "steps": 3, "theta_star": ["1/2", "0"],
       "X": [["1", "1/2"], ["0", "1"]], "W0": [["1/2", "1/4"], ["1/4", "-1/2"]], "a0": ["1/8", "3/8"],
       "samples": [0, 1, 0], "noise": [1, -1, -1])";

}  // namespace

TEST_CASE("a noisy run violates the printed oscillation identity at its last step") {
  const model::Instance run = instance("label-noise-sgd", kNoisy);
  const certify::CertificateClaim claim{"oscillation-identity", "", "literal"};
  const auto found = certify::completed(certify::certificate_of(run, claim));
  REQUIRE(found);
  CHECK(found->steps == 2);
  CHECK(found->events.size() == 3);
  // The same from a box, and through the text.
  const auto box = certify::completed(certify::certificate_of(run, claim, numeric::Exact(1, 100)));
  REQUIRE(box);
  const Certificate back = certify::parse_certificate(certify::certificate_text(*box), "text");
  CHECK(certify::check_certificate(back).accepted);
}

TEST_CASE("the enclosure holds the exact run and is tight") {
  using numeric::Exact;
  const model::Instance run = instance("label-noise-sgd", kNoisy);
  const Certificate c = certify::certificate_of(run, {"oscillation-identity", "", "literal"});
  std::vector<std::vector<Exact>> z = run.start->rows;
  for (std::uint64_t t = 0; t < c.steps; ++t) {
    const std::vector<Exact>& x = run.given_inputs[run.driving->samples[t]];
    Exact g = -run.config.sigma * Exact(run.driving->signs[t]);
    for (std::size_t k = 0; k < 2; ++k)
      g += (z[0][2] * z[0][k] + z[1][2] * z[1][k] - run.theta_star[k]) * x[k];
    for (std::vector<Exact>& row : z) {
      const Exact a = row[2] - run.config.eta * g * (row[0] * x[0] + row[1] * x[1]);
      for (std::size_t k = 0; k < 2; ++k) row[k] -= run.config.eta * g * row[2] * x[k];
      row[2] = a;
    }
  }
  const auto end = certify::check_certificate(c).end;
  REQUIRE(end);
  const Exact unit = Exact(numeric::BigInt(1) << c.bits);
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t k = 0; k < 3; ++k) {
      const certify::FixedInterval& held = k < 2 ? (*end)[i].w[k] : (*end)[i].a;
      CHECK(Exact(held.low) <= z[i][k] * unit);
      CHECK(z[i][k] * unit <= Exact(held.high));
      CHECK(held.high - held.low < 64);
    }
}

TEST_CASE("what a certificate cannot say is refused") {
  const model::Instance run = instance("label-noise-sgd", kNoisy);
  CHECK_THROWS_AS(certify::certificate_of(run, {"lemma-4.5", "", "literal"}), config::InputError);
  CHECK_THROWS_AS(certify::certificate_of(run, {"norm-identity", "", "literal"}), config::InputError);
  model::Instance generated = run;
  generated.driving = nullptr;
  CHECK_THROWS_AS(certify::certificate_of(generated, {"oscillation-identity", "", "literal"}),
                  config::InputError);
}
