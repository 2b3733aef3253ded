// A whole file as text.
#pragma once

#include <filesystem>
#include <string>

namespace escapement::report {

// Throws config::InputError: absent, no regular file, unreadable, or above a quarter of a gigabyte.
std::string read_text(const std::filesystem::path& file);

}  // namespace escapement::report
