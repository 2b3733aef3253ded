// What a verdict says of theorems and certificates, and that a contradiction is loud.
#include "escapement/judge/proofs.h"

#include <catch2/catch.hpp>

#include "escapement/judge/theorem_scope.h"

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

const Proof kProved{"a",   "",        "literal", "always",         "A.v", false, true,
                    false, "for all", "",        "every instance", {},    true};
const Certificate kCertificate{"a",   "",  "literal", "certificates/a.cert", "kernel-checked certificate",
                               false, true};

bool mentions(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a certificate is named on the row with its tier") {
  theory::Verdict v = verdict("a", "literal", Outcome::violated);
  judge::attach_proofs(v, false, {{}, {kCertificate}});
  CHECK(v.proofs == std::vector<std::string>{"a.cert"});
  CHECK(mentions(v.basis, "a.cert (kernel-checked certificate, a box of starts): violated"));
  theory::Verdict other = verdict("a", "repaired", Outcome::violated);
  judge::attach_proofs(other, false, {{}, {kCertificate}});
  CHECK(other.proofs.empty());
}

TEST_CASE("a theorem against a verdict or against a certificate is a bug") {
  theory::Verdict violated = verdict("a", "literal", Outcome::violated);
  CHECK_THROWS_AS(judge::attach_proofs(violated, false, Backing{{kProved}, {}}), judge::Contradiction);
  theory::Verdict holds = verdict("a", "literal", Outcome::holds);
  CHECK_THROWS_AS(judge::attach_proofs(holds, false, Backing{{kProved}, {kCertificate}}),
                  judge::Contradiction);

  Certificate path = kCertificate;  // one bad path does not contradict a statement about probabilities
  path.event = true;
  theory::Verdict probable = verdict("a", "literal", Outcome::holds);
  judge::attach_proofs(probable, false, Backing{{kProved}, {path}});
  CHECK(probable.evidence == Evidence::proved);
  CHECK(mentions(probable.basis, "on one path of the noise"));
}

TEST_CASE("a theorem is the evidence of a row only if the row's parameters meet its hypotheses") {
  Proof large = kProved;
  large.disproves = true;
  large.decides_row = false;
  large.hypotheses = {"theta_norm >= 12", "d = 2"};
  struct Case {
    const char *theta_norm, *d;
    bool quantified, decides;
  };
  for (const Case& c :
       {Case{"12", "2", true, true}, Case{"11.99", "2", true, false}, Case{"12", "3", true, false},
        Case{"12", "2", false, false}, Case{"population", "2", true, false}}) {
    INFO(c.theta_norm << " " << c.d << " " << c.quantified);
    for (const Outcome before :
         {Outcome::violated, Outcome::supported, Outcome::undecided, Outcome::vacuous}) {
      theory::Verdict v = verdict("a", "literal", before);
      v.parameters = {{"theta_norm", c.theta_norm}, {"d", c.d}};
      if (before == Outcome::supported) v.support = {"1", {{"eta", "1/8", "1/4"}}};
      judge::attach_proofs(v, c.quantified, Backing{{large}, {}});
      const bool decided = c.decides && before != Outcome::vacuous;
      REQUIRE(v.theorems.size() == 1);
      CHECK(v.theorems[0].decides == decided);
      CHECK(v.theorems[0].disproves);
      CHECK((v.evidence == Evidence::proved) == decided);
      CHECK(v.outcome == (decided ? Outcome::violated : before));
      CHECK(v.support.has_value() == (v.outcome == Outcome::supported));
    }
    theory::Verdict holds = verdict("a", "literal", Outcome::holds);
    holds.parameters = {{"theta_norm", c.theta_norm}, {"d", c.d}};
    if (c.decides)
      CHECK_THROWS_AS(judge::attach_proofs(holds, c.quantified, Backing{{large}, {}}), judge::Contradiction);
    else
      CHECK_NOTHROW(judge::attach_proofs(holds, c.quantified, Backing{{large}, {}}));
  }
}

TEST_CASE("hypotheses are compared exactly; a text that is no comparison is met by nothing") {
  const std::vector<theory::Parameter> row{{"eta", "1/1000"}, {"n", "population"}};
  const auto meets = [&](const std::string& hypothesis) {
    Proof proof = kProved;
    proof.hypotheses = {hypothesis};
    return judge::meets(proof, row);
  };
  for (const char* yes : {"eta <= 1/1000", "eta >= 0.001", "eta = 1e-3", "eta < 1/999", "eta > 0"})
    CHECK(meets(yes));
  for (const char* no : {"eta < 1/1000", "eta > 0.001", "eta = 0.0010000000000000001", "m >= 1", "n >= 1",
                         "eta", "", "eta <=", "eta ~ 1", "eta <= x", "eta <= 1 or more"})
    CHECK_FALSE(meets(no));
}

TEST_CASE("what the proofs' build has recorded does not contradict itself") {
  const Backing& known = judge::backing();
  REQUIRE(!known.certificates.empty());
  std::size_t boxes = 0;
  for (const Certificate& c : known.certificates) {
    theory::Verdict v = verdict(c.statement, c.reading, Outcome::undecided);
    v.clause = c.clause;
    judge::attach_proofs(v, true, known);
    CHECK(mentions(v.basis, c.tier));
    boxes += c.box ? 1 : 0;
  }
  CHECK(boxes > 0);
}
