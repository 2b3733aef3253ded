// What derivations decide of Lemmas 4.5 and 4.6, for every constant: docs/statements/lemma-4.5.md, lemma-4.6.md.
#include <fmt/format.h>

#include "escapement/theory/inside/phase_two_limit.h"

namespace escapement::theory {

using numeric::Exact;

std::string misalignment_law(bool flow_time, bool generic, std::size_t d, const PaperConstants& constants) {
  if (d < 2 || constants.alignment_exponent <= 0 || (flow_time && generic)) return "";
  if (generic)
    return "Law: in ln(1/eta)/|theta*| steps a neuron moves by a share of order eta ln(1/eta) of its length, "
           "so that "
           "drawn neurons keep the law of their cosines, whose 90% quantile of 1 - |cos| does not depend on "
           "eta. "
           "The bound goes to 0: no constant is enough.";
  return "Law: a pair of neurons w = (r/2)(e + v), (r/2)(e - v) with a = -r/2, r = sqrt(eta), leaves theta "
         "on the "
         "line of theta*; <w, e> shrinks and the orthogonal part stays, so that 1 - |cos| >= 1 - 1/sqrt(2) "
         "at every "
         "step. The bound goes to 0: no constant is enough.";
}

ConvergenceLaw convergence_law(const Exact& theta_norm, const Exact& covariance,
                               const PaperConstants& constants) {
  ConvergenceLaw law;
  law.exponent = Exact(2 * covariance * constants.convergence_time / theta_norm) - 1;
  law.holds = law.exponent >= constants.convergence_exponent;
  law.text = fmt::format(
      "Law: with inputs of covariance c I, c = {}, theta grows from order eta to order 1 in ln(1/eta)/(2 c "
      "eta "
      "|theta*|) steps and then closes in as exp(-2 c eta |theta*| t), so that the distance at t3 is of "
      "order "
      "eta^(2 c/|theta*| - 1) = eta^({}), against eta^({}) ln(1/eta): {}.",
      numeric::to_string(covariance), numeric::to_string(law.exponent),
      numeric::to_string(constants.convergence_exponent),
      law.holds ? "some constant is enough" : "no constant is enough");
  return law;
}

}  // namespace escapement::theory
