#include "hunting/results.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace escapement::hunting {

namespace {

constexpr const char* kBetween = ", \"found\": ";  // where the answer begins

}  // namespace

Results::Results(std::string file) : file_(std::move(file)) {
  std::string text;
  if (std::ifstream in(file_, std::ios::binary); in) {
    std::ostringstream all;
    all << in.rdbuf();
    text = all.str();
  }
  const std::size_t whole = text.rfind('\n') + 1;  // npos + 1 is 0
  if (whole < text.size()) std::filesystem::resize_file(file_, whole);
  std::istringstream lines(text.substr(0, whole));
  for (std::string line; std::getline(lines, line);)
    if (const std::size_t end = line.find(kBetween); end != std::string::npos && end > 0)
      keys_.insert(line.substr(1, end - 1));
}

void Results::add(const std::string& key, const std::string& answer) {
  std::ofstream out(file_, std::ios::binary | std::ios::app);
  out << '{' << key << kBetween << answer << "}\n" << std::flush;
  if (!out) throw std::runtime_error("cannot write " + file_);
  keys_.insert(key);
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return out + "\"";
}

}  // namespace escapement::hunting
