// Which instruction set the double kernels use, decided once at run time.
#pragma once

#include <string>
#include <vector>

namespace escapement::numeric {

enum class Isa { portable, avx2, avx512 };

// The best one this processor has, or a lesser one that ESCAPEMENT_ISA (portable, avx2, avx512) asks for.
Isa active_isa();
std::vector<Isa> available_isas();
std::string to_string(Isa isa);

}  // namespace escapement::numeric
