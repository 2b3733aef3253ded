// What a hunt over configurations needs to go on after it was killed.
#pragma once

#include <filesystem>
#include <optional>

#include "escapement/hunt/chance/chance_file.h"
#include "escapement/hunt/chance/chance_search.h"

namespace escapement::hunt {

struct ChanceState {
  std::string question;  // claim, seed and domain: another question does not resume this one
  std::uint64_t round = 0, configurations = 0, trials = 0, confirmations = 0;
  std::optional<std::uint64_t> found_round, degenerate_round;  // of the first confirmed find of each kind
  ChanceNiches niches;
  std::vector<StoredChance> finds;  // confirmed, not yet shrunk
};

void save(const ChanceState& state, const std::filesystem::path& file);
// Throws config::InputError: damaged, or of another question. None where there is no file.
std::optional<ChanceState> load_chance(const std::string& question, const std::filesystem::path& file);

}  // namespace escapement::hunt
