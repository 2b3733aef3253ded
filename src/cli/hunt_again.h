// `hunt --again hunt.json`: what a record needs to be repeated, written and read.
#pragma once

#include <string>

#include "escapement/cli/hunt_command.h"

namespace escapement::cli {

inline constexpr const char* kHuntRecord = "hunt.json";

// The stored cases that are tried first: their folder, empty where there is none, and the checksum of their texts.
struct HuntCorpus {
  std::filesystem::path folder;
  std::string sum;
};

// `question`: all that finds depend on, in words.
std::string hunt_record(const HuntArguments& arguments, const HuntCorpus& corpus,
                        const std::string& question);

// The arguments with those of the record in the place of --again; the same without it. Throws config::InputError if the
// record is damaged, or if an option that it decides is beside it.
HuntArguments recalled(const HuntArguments& arguments);
// Throws config::InputError if the question or the stored cases are not those of the record.
void check_recalled(const HuntArguments& arguments, const HuntCorpus& corpus, const std::string& question);

}  // namespace escapement::cli
