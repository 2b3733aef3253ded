#include "escapement/numeric/isa.h"

#include <cstdlib>

namespace escapement::numeric {

std::vector<Isa> available_isas() {
  std::vector<Isa> list{Isa::portable};
#if defined(ESCAPEMENT_X86)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    list.push_back(Isa::avx2);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl"))
      list.push_back(Isa::avx512);
  }
#endif
  return list;
}

std::string to_string(Isa isa) {
  switch (isa) {
    case Isa::avx512: return "avx512";
    case Isa::avx2: return "avx2";
    case Isa::portable: break;
  }
  return "portable";
}

Isa active_isa() {
  static const Isa chosen = [] {
    const std::vector<Isa> list = available_isas();
    if (const char* wish = std::getenv("ESCAPEMENT_ISA"))
      for (const Isa isa : list)
        if (to_string(isa) == wish) return isa;
    return list.back();
  }();
  return chosen;
}

}  // namespace escapement::numeric
