#include "escapement/report/text_file.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>

#include "escapement/config/input_error.h"

namespace escapement::report {

namespace {
constexpr std::uintmax_t kMostBytes = std::uintmax_t{1} << 28;
}

std::string read_text(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::is_regular_file(status))
    throw config::InputError(
        file.string(), "", "a file that can be read",
        std::filesystem::exists(status) ? std::string("no regular file") : std::string("no such file"));
  if (const auto size = std::filesystem::file_size(file, error); !error && size > kMostBytes)
    throw config::InputError(file.string(), "", "a file of at most 256 MiB", std::to_string(size) + " bytes");
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad() || !in.is_open())
    throw config::InputError(file.string(), "", "a file that can be read",
                             std::string(errno != 0 ? std::strerror(errno) : "an input error"));
  return text;
}

}  // namespace escapement::report
