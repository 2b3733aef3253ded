#include "escapement/judge/proofs.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace escapement::judge {

using theory::Evidence;
using theory::Outcome;

// proofs_check/manifest.json, by the build.
extern const char* const kProofsManifest;

namespace {

std::vector<Proof> parse(const char* text) {
  std::vector<Proof> all;
  for (const auto& row : nlohmann::json::parse(text))
    all.push_back({row.at("statement"), row.at("clause"), row.at("reading"), row.at("theorem"),
                   row.at("file"), row.at("tier") == "disproved", row.at("scope") == "statement",
                   row.at("degenerate"), row.at("says"), row.at("assuming")});
  return all;
}

bool is_about(const Proof& proof, const theory::Verdict& v) {
  return proof.statement == v.statement && proof.clause == v.clause && proof.reading == v.reading;
}

}  // namespace

const std::vector<Proof>& proofs() {
  static const std::vector<Proof> all = parse(kProofsManifest);
  return all;
}

void attach_proofs(theory::Verdict& verdict, const std::vector<Proof>& known) {
  for (const Proof& proof : known) {
    if (!is_about(proof, verdict)) continue;
    verdict.proofs.push_back(proof.theorem);
    if (!proof.whole || proof.degenerate) continue;
    verdict.basis +=
        fmt::format(" Coq, {} ({}): {}{}.", proof.theorem, proof.disproves ? "disproved" : "proved",
                    proof.says, proof.assuming.empty() ? "" : "; assuming " + proof.assuming);
    if (!proof.assuming.empty()) continue;
    if (!proof.disproves && verdict.outcome == Outcome::violated)
      throw Contradiction(fmt::format("{} {} {} is judged violated and {} proves it", verdict.statement,
                                      verdict.clause, verdict.reading, proof.theorem));
    if (verdict.outcome == (proof.disproves ? Outcome::violated : Outcome::holds))
      verdict.evidence = Evidence::proved;
  }
}

}  // namespace escapement::judge
