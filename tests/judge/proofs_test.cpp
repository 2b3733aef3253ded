// What a verdict says of theorems and certificates, and that a contradiction is loud.
#include "escapement/judge/proofs.h"

#include <catch2/catch.hpp>

using namespace escapement;
using judge::Backing;
using judge::Certificate;
using judge::Proof;
using theory::Evidence;
using theory::Outcome;

namespace {

theory::Verdict verdict(const std::string& statement, const std::string& reading, Outcome outcome) {
  theory::Verdict v;
  v.statement = statement;
  v.reading = reading;
  v.outcome = outcome;
  return v;
}

const Proof kProved{"a", "", "literal", "always", "A.v", false, true, false, "for all", ""};
const Certificate kCertificate{"a",   "",  "literal", "certificates/a.cert", "kernel-checked certificate",
                               false, true};

bool mentions(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a certificate is named on the row with its tier") {
  theory::Verdict v = verdict("a", "literal", Outcome::violated);
  judge::attach_proofs(v, {{}, {kCertificate}});
  CHECK(v.proofs == std::vector<std::string>{"a.cert"});
  CHECK(mentions(v.basis, "a.cert (kernel-checked certificate, a box of starts): violated"));
  theory::Verdict other = verdict("a", "repaired", Outcome::violated);
  judge::attach_proofs(other, {{}, {kCertificate}});
  CHECK(other.proofs.empty());
}

TEST_CASE("a theorem against a verdict or against a certificate is a bug") {
  theory::Verdict violated = verdict("a", "literal", Outcome::violated);
  CHECK_THROWS_AS(judge::attach_proofs(violated, Backing{{kProved}, {}}), judge::Contradiction);
  theory::Verdict holds = verdict("a", "literal", Outcome::holds);
  CHECK_THROWS_AS(judge::attach_proofs(holds, Backing{{kProved}, {kCertificate}}), judge::Contradiction);

  Certificate path = kCertificate;  // one bad path does not contradict a statement about probabilities
  path.event = true;
  theory::Verdict probable = verdict("a", "literal", Outcome::holds);
  judge::attach_proofs(probable, Backing{{kProved}, {path}});
  CHECK(probable.evidence == Evidence::proved);
  CHECK(mentions(probable.basis, "on one path of the noise"));
}

TEST_CASE("what the proofs' build has recorded does not contradict itself") {
  const Backing& known = judge::backing();
  REQUIRE(!known.certificates.empty());
  std::size_t boxes = 0;
  for (const Certificate& c : known.certificates) {
    theory::Verdict v = verdict(c.statement, c.reading, Outcome::undecided);
    v.clause = c.clause;
    judge::attach_proofs(v, known);
    CHECK(mentions(v.basis, c.tier));
    boxes += c.box ? 1 : 0;
  }
  CHECK(boxes > 0);
}
