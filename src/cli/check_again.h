// `check --again verdicts.json` or map.json: what a record needs to be repeated, written and read.
#pragma once

#include <string>
#include <vector>

#include "escapement/cli/check_command.h"
#include "escapement/judge/judge.h"

namespace escapement::cli {

// All that results depend on, in words: what a journal belongs to, and by its checksum a record.
std::string question_of(const CheckArguments& arguments, const config::Config& config,
                        const judge::Means& means, const std::vector<judge::Row>& rows);

// What verdicts.json and map.json begin with: an object, as report::dump_json writes it.
std::string check_head(const char* format, const CheckArguments& arguments, const config::Config& config,
                       const std::string& question);

// The arguments with those of the record in the place of --again; the same without it. Throws config::InputError if the
// record is damaged, or if an option that it decides is beside it.
CheckArguments recalled(const CheckArguments& arguments);

}  // namespace escapement::cli
