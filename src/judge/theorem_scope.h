// Whether a row's parameters meet the hypotheses of a theorem, read from the manifest of proofs_check/.
#pragma once

#include <vector>

#include "escapement/judge/proofs.h"

namespace escapement::judge {

// Each hypothesis is `KEY OP NUMBER`, OP one of <=, <, >=, >, =, NUMBER an exact number: "theta_norm >= 12". Compared
// exactly. A parameter that the row does not have, or whose value is no number, fails its hypothesis; so does a text of any
// other form.
bool meets(const Proof& proof, const std::vector<theory::Parameter>& parameters);

}  // namespace escapement::judge
