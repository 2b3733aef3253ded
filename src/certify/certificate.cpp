#include "escapement/certify/certificate.h"

#include <algorithm>

namespace escapement::certify {

using enum CertificateMethod;

const std::vector<ClaimForm>& claim_forms() {
  static const std::vector<std::string> literal{"literal"};
  static const std::vector<std::string> samples{"literal", "population", "non-degenerate",
                                                "non-degenerate+population"};
  static const std::vector<ClaimForm> all{
      {"oscillation-identity", "", literal, label_noise_sgd, true, false, true},
      {"theorem-4.2", "", {"literal", "norm-floor"}, label_noise_sgd, true, false, false},
      {"lemma-4.3", "1a", literal, label_noise_sgd, true, false, false},
      {"lemma-4.3", "1b", literal, label_noise_sgd, true, false, false},
      {"lemma-4.3", "2b", literal, label_noise_sgd, true, true, true},
      {"lemma-4.4", "", literal, oscillation, false, false, false},
      {"lemma-4.5",
       "",
       {"literal", "flow-time", "generic", "flow-time+generic"},
       gradient_descent,
       true,
       true,
       false},
      {"lemma-4.6", "1", samples, gradient_descent, false, true, false},
      {"lemma-4.6", "2", samples, gradient_descent, true, true, false},
      {"sam-phases", "", literal, sam, false, false, false},
  };
  return all;
}

const ClaimForm* find_claim_form(const std::string& statement, const std::string& clause,
                                 const std::string& reading) {
  for (const ClaimForm& form : claim_forms())
    if (form.statement == statement && form.clause == clause &&
        std::find(form.readings.begin(), form.readings.end(), reading) != form.readings.end())
      return &form;
  return nullptr;
}

bool is_non_degenerate(const std::string& reading) { return reading.rfind("non-degenerate", 0) == 0; }

std::string to_string(CertificateMethod method) {
  switch (method) {
    case label_noise_sgd: return "label-noise-sgd";
    case gradient_descent: return "gradient-descent";
    case sam: return "sam";
    case oscillation: return "oscillation";
  }
  return {};
}

}  // namespace escapement::certify
