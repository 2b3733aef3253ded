// Lemma 4.3 inside Condition 1: its probabilities at the start's law, for inputs uniform on a sphere, at m = 10^500 and more.
#pragma once

#include "escapement/theory/statement.h"

namespace escapement::theory {

// `typical`: for a neuron drawn at random; else every neuron. At question.inside.
Finding sign_inside(const Question& question, bool typical);   // 1a, 2a
Finding size_inside(const Question& question, bool typical);   // 1b
Finding bound_inside(const Question& question, bool typical);  // 2b

}  // namespace escapement::theory
