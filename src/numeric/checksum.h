// FNV-1a of 64 bits [FowlerNollVo1991]: the one checksum of files and of what identifies a question.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace escapement::numeric {

// Changing one byte of a text always changes its checksum: each step is a bijection of the 64 bits.
class Checksum {
 public:
  Checksum& add(std::string_view text) {
    for (const char c : text) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return *this;
  }
  std::uint64_t value() const { return hash_; }
  std::string hex() const {  // 16 digits
    std::string digits(16, '0');
    std::uint64_t rest = hash_;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, rest >>= 4)
      *digit = "0123456789abcdef"[rest & 15];
    return digits;
  }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

inline std::string checksum(std::string_view text) { return Checksum().add(text).hex(); }

}  // namespace escapement::numeric
