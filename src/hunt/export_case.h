// A case in other forms: a regression test, a snippet that shows the failure without us, an instance to run.
#pragma once

#include "escapement/hunt/case_file.h"

namespace escapement::hunt {

// A Catch2 test case that replays it, certified, through this library.
std::string catch2_test(const StoredCase& stored);
// Python with NumPy and nothing of ours: the paper's dynamics neuron by neuron, both sides of the claim. Exits with 1
// where the claim is violated. Exact rationals for a few steps, else float. Throws config::InputError for a claim about an
// expectation, which takes more than a snippet.
std::string python_snippet(const StoredCase& stored);

}  // namespace escapement::hunt
