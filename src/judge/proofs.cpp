#include "escapement/judge/proofs.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "escapement/judge/theorem_scope.h"

namespace escapement::judge {

using theory::Evidence;
using theory::Outcome;

// proofs_check/manifest.json, by the build.
extern const char* const kProofsManifest;

namespace {

Backing parse(const char* text) {
  const auto manifest = nlohmann::json::parse(text);
  Backing all;
  for (const auto& row : manifest.at("theorems"))
    all.proofs.push_back({row.at("statement"), row.at("clause"), row.at("reading"), row.at("theorem"),
                          row.at("file"), row.at("tier") == "disproved", row.at("scope") == "statement",
                          row.at("degenerate"), row.at("says"), row.at("assuming"), row.value("where", ""),
                          row.value("hypotheses", std::vector<std::string>()),
                          row.value("decides", "") == "row"});
  for (const auto& row : manifest.at("certificates"))
    all.certificates.push_back({row.at("statement"), row.at("clause"), row.at("reading"), row.at("file"),
                                row.at("tier"), row.at("scope") == "event", row.at("start") == "box"});
  return all;
}

template <class Row>
bool is_about(const Row& row, const theory::Verdict& v) {
  return row.statement == v.statement && row.clause == v.clause && row.reading == v.reading;
}

void attach_certificate(theory::Verdict& verdict, const Certificate& certificate) {
  const std::string name = certificate.file.substr(certificate.file.rfind('/') + 1);
  verdict.proofs.push_back(name);
  verdict.basis += fmt::format(" {} ({}{}): violated at its own parameters{}.", name, certificate.tier,
                               certificate.box ? ", a box of starts" : "",
                               certificate.event ? ", on one path of the noise" : "");
}

// Makes the theorem the row's evidence.
void decide(theory::Verdict& verdict, const Proof& proof) {
  const Outcome says = proof.disproves ? Outcome::violated : Outcome::holds;
  const bool open = verdict.outcome == Outcome::undecided || verdict.outcome == Outcome::supported;
  if (!open && verdict.outcome != says)
    throw Contradiction(fmt::format("{} {} {}: the row is judged {}, and {} {} it", verdict.statement,
                                    verdict.clause, verdict.reading, to_string(verdict.outcome),
                                    proof.theorem, proof.disproves ? "disproves" : "proves"));
  verdict.outcome = says;
  verdict.support.reset();
  verdict.radius.clear();
  verdict.evidence = Evidence::proved;
}

}  // namespace

const Backing& backing() {
  static const Backing all = parse(kProofsManifest);
  return all;
}

void attach_proofs(theory::Verdict& verdict, bool quantified, const Backing& known) {
  const std::string* proved = nullptr;  // the theorem that proves the row
  for (const Proof& proof : known.proofs) {
    if (!is_about(proof, verdict)) continue;
    verdict.proofs.push_back(proof.theorem);
    if (!proof.whole || proof.degenerate) continue;
    const bool decides = proof.assuming.empty() && !proof.where.empty() &&
                         (proof.decides_row || quantified) && verdict.outcome != Outcome::vacuous &&
                         meets(proof, verdict.parameters);
    verdict.theorems.push_back({proof.theorem, proof.disproves, proof.says,
                                proof.where + (proof.assuming.empty() ? ""
                                                                      : (proof.where.empty() ? "" : "; ") +
                                                                            ("assuming " + proof.assuming)),
                                decides});
    if (!decides) continue;
    if (!proof.disproves) proved = &proof.theorem;
    decide(verdict, proof);
  }
  for (const Certificate& certificate : known.certificates) {
    if (!is_about(certificate, verdict)) continue;
    if (proved != nullptr && !certificate.event)
      throw Contradiction(fmt::format("{} violates {} {} {} and {} proves it", certificate.file,
                                      verdict.statement, verdict.clause, verdict.reading, *proved));
    attach_certificate(verdict, certificate);
  }
}

}  // namespace escapement::judge
