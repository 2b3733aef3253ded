// A stored case as a certificate that the checker proved sound in Coq accepts (docs/concepts/certificate.md).
#pragma once

#include "escapement/certify/certificate.h"
#include "escapement/hunt/case.h"

namespace escapement::hunt {

// The case's numbers with a neuron, a step (of the claims about any step), an event (of lemma-4.3 2b) and bits with which
// the checker accepts it. Equal neurons and inputs are written out; of gradient descent the inputs' multiplicities count
// only in proportion, so that they are divided by what they have in common. lemma-4.3 2a becomes 1a, its complement.
// Throws config::InputError where no certificate can say it (a claim about an expectation, a neuron drawn at random, too
// many copies) or where none is accepted with at most `most_bits` bits.
certify::Certificate certificate_of_case(const Case& c, unsigned most_bits = 1024);

// The certificate's text, with what it is a certificate of as a comment.
std::string certificate_text_of_case(const Case& c);

}  // namespace escapement::hunt
