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

const Proof kProved{"a",  "",    "literal", "always", "A.v", false,
                    true, false, "for all", "",       true,  "every instance"};
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

TEST_CASE("a theorem is the evidence of a row only if the row's parameters meet its hypotheses") {
  Proof large = kProved;
  large.disproves = true;
  large.hypotheses = {judge::parse_hypothesis("theta_norm >= 12"), judge::parse_hypothesis("d = 2")};
  struct Case {
    const char *theta_norm, *d;
    bool of_rows, decides;  // of_rows: the theorem speaks of every instance, not of the quantified claim
  };
  for (const Case& c :
       {Case{"12", "2", true, true}, Case{"11.99", "2", true, false}, Case{"12", "3", true, false},
        Case{"12", "2", false, false}, Case{"population", "2", true, false}}) {
    INFO(c.theta_norm << " " << c.d << " " << c.of_rows);
    large.decides_row = c.of_rows;
    for (const Outcome before :
         {Outcome::violated, Outcome::supported, Outcome::undecided, Outcome::vacuous}) {
      theory::Verdict v = verdict("a", "literal", before);
      v.parameters = {{"theta_norm", c.theta_norm}, {"d", c.d}};
      if (before == Outcome::supported) v.support = {"1", {{"eta", "1/8", "1/4"}}};
      judge::attach_proofs(v, Backing{{large}, {}});
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
      CHECK_THROWS_AS(judge::attach_proofs(holds, Backing{{large}, {}}), judge::Contradiction);
    else
      CHECK_NOTHROW(judge::attach_proofs(holds, Backing{{large}, {}}));
  }
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

TEST_CASE("a row meets a theorem's hypotheses by exact comparison of its parameters") {
  const std::vector<theory::Parameter> row{{"d", "2"},          {"m", "317"}, {"n", "population"},
                                           {"eta", "1e-5"},     {"rho", "x"}, {"theta_norm", "0.125"},
                                           {"sigma", "10^-400"}};
  const auto met = [&](const std::string& text) { return judge::meets(judge::parse_hypothesis(text), row); };
  CHECK(met("theta_norm <= 1/8"));
  CHECK_FALSE(met("theta_norm < 1/8"));
  CHECK(met("theta_norm >= 1/8"));
  CHECK_FALSE(met("theta_norm > 1/8"));
  CHECK(met("theta_norm = 1/8"));
  CHECK(met("sigma > 0"));
  CHECK_FALSE(met("n >= 1"));   // the population has no number of samples
  CHECK_FALSE(met("rho > 0"));  // no exact number
  CHECK_FALSE(judge::meets(judge::parse_hypothesis("eta > 0"), {}));
  CHECK(met("n = population"));
  CHECK_FALSE(judge::meets(judge::parse_hypothesis("n = population"), {{"n", "100"}}));
  CHECK(met("m = 1/sqrt(eta)"));  // 316.2 rounded up
  CHECK_FALSE(judge::meets(judge::parse_hypothesis("m = 1/sqrt(eta)"), {{"m", "316"}, {"eta", "1e-5"}}));
  CHECK_FALSE(judge::meets(judge::parse_hypothesis("m = 1/sqrt(eta)"), {{"m", "5"}, {"eta", "1/16"}}));
  CHECK(judge::meets(judge::parse_hypothesis("m = 1/sqrt(eta)"), {{"m", "4"}, {"eta", "1/16"}}));

  Proof proof = kProved;
  CHECK(judge::meets(proof, row));
  proof.hypotheses = {judge::parse_hypothesis("d >= 2"), judge::parse_hypothesis("eta <= 1/100")};
  CHECK(judge::meets(proof, row));
  proof.hypotheses.push_back(judge::parse_hypothesis("m <= 100"));
  CHECK_FALSE(judge::meets(proof, row));
}

TEST_CASE("a text that is no hypothesis is named") {
  for (const char* text : {"", "eta", "eta <=", "eta <= x", "eta == 1", "kappa > 0", "eta <= 1 2"})
    CHECK_THROWS_WITH(judge::parse_hypothesis(text), Catch::Contains("'" + std::string(text) + "'"));
}

TEST_CASE("every theorem about a whole statement says for which parameters") {
  std::size_t rows = 0;
  for (const Proof& proof : judge::backing().proofs) {
    if (!proof.whole) continue;
    INFO(proof.theorem);
    CHECK_FALSE(proof.scope.empty());
    if (proof.disproves)
      CHECK_FALSE(proof.decides_row);  // a quantified claim's negation decides no single row
    rows += proof.decides_row ? 1 : 0;
  }
  CHECK(rows > 0);
}
