// What --instance names: an instance, or a stored case, which holds one.
#pragma once

#include <filesystem>

#include "escapement/model/instance_file.h"

namespace escapement::cli {

// NAME.case.json is a stored case, all else an instance file. Throws config::InputError.
model::InstanceFile read_instance_or_case(const std::filesystem::path& file);

}  // namespace escapement::cli
