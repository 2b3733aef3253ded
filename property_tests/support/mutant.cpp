// Which mutant this process is: the environment variable ESCAPEMENT_MUTANT, or none. Linked into the mutants' executables.
#include "escapement/numeric/mutant.h"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

namespace escapement::numeric {

namespace {

std::optional<Mutant> chosen() {
  const char* name = std::getenv("ESCAPEMENT_MUTANT");
  if (name == nullptr) return std::nullopt;
  const std::string text = name;
#define ESCAPEMENT_IF_NAMED(mutant) \
  if (text == #mutant) return Mutant::mutant;
  ESCAPEMENT_FOR_EACH_MUTANT(ESCAPEMENT_IF_NAMED)
#undef ESCAPEMENT_IF_NAMED
  std::fprintf(stderr, "ESCAPEMENT_MUTANT=%s: no such mutant\n", name);
  std::exit(3);
}

}  // namespace

bool mutated(Mutant mutant) {
  static const std::optional<Mutant> mine = chosen();
  return mine == mutant;
}

}  // namespace escapement::numeric
