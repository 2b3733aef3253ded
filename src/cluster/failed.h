// What ends a process of the tool: a line for the user and the exit code, as it travels from one rank to another.
#pragma once

#include <stdexcept>
#include <string>

namespace escapement::cluster {

class Failed : public std::runtime_error {
 public:
  Failed(int code, const std::string& line) : std::runtime_error(line), code_(code) {}
  int code() const noexcept { return code_; }

 private:
  int code_;
};

}  // namespace escapement::cluster
