// The folder of a run's checkpoints: which files in it are ours, and how they are removed.
#pragma once

#include <filesystem>

namespace escapement::engine {

// The folder of checkpoints inside an output folder. No other program is likely to use this name.
inline constexpr const char* kCheckpointFolder = "escapement-checkpoint";

// Returns whether there is a checkpoint to resume from. Throws config::InputError that names the first entry of the folder
// that is no checkpoint of ours, by name and content.
bool check_checkpoints(const std::filesystem::path& directory);
// Removes checkpoints, states first, and the folder if nothing else is in it. A kill leaves no state without its journal.
void remove_checkpoints(const std::filesystem::path& directory);

}  // namespace escapement::engine
