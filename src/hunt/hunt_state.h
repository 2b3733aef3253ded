// What a hunt needs to go on after it was killed: written atomically after rounds, at each find and each step of shrinking.
#pragma once

#include <filesystem>
#include <optional>

#include "escapement/hunt/niches.h"

namespace escapement::hunt {

struct HuntState {
  std::string question;  // claim, seed and domain: another question does not resume this one
  std::uint64_t round = 0, evaluations = 0, cleared = 0;
  std::optional<std::uint64_t> found_round, degenerate_round;  // of the first confirmed find of each kind
  Niches niches;
  std::vector<Case> finds;                             // confirmed
  std::optional<Case> simplest, dramatic, degenerate;  // as far as they are shrunk
};

void save(const HuntState& state, const std::filesystem::path& file);
// Throws config::InputError: damaged, or of another question. None where there is no file.
std::optional<HuntState> load(const std::string& question, const std::filesystem::path& file);

}  // namespace escapement::hunt
