// One function a statement, each in a file of its own; registry.cpp lists them.
#pragma once

#include "escapement/theory/statement.h"

namespace escapement::theory {

Statement norm_identity();
Statement oscillation_identity();
Statement lazy_regime();
Statement theorem_4_2();
Statement lemma_4_3();
Statement lemma_4_4();
Statement lemma_4_5();
Statement lemma_4_6();
Statement sam_phases();

}  // namespace escapement::theory
