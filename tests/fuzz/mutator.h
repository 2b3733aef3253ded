// A seeded mutator of texts, and the loop that the fuzz drivers share.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <functional>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "escapement/config/input_error.h"

namespace escapement::fuzz {

using Random = std::mt19937_64;

inline std::size_t below(Random& random, std::size_t n) { return n == 0 ? 0 : random() % n; }

// One to six edits: bytes changed, cut, inserted; spans removed, doubled, moved; digits and signs swapped for others.
inline std::string mutate(std::string text, Random& random) {
  static const char* const kPieces[] = {
      "-",       "0",        "9", "1e999999999", "null", "[",   "]",   "{",   "}",
      "\"",      ",",        ";", " ",           "\n",   "1/0", "nan", "inf", "99999999999999999999",
      "\\u0000", "0x1p-1074"};
  for (std::size_t edit = 0, edits = 1 + below(random, 6); edit < edits; ++edit) {
    const std::size_t at = below(random, text.size() + 1),
                      span = below(random, std::min<std::size_t>(text.size() - at + 1, 40));
    switch (below(random, 6)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(random());
        break;
      case 1: text.erase(at, span); break;
      case 2: text.insert(at, kPieces[below(random, std::size(kPieces))]); break;
      case 3: text.insert(below(random, text.size() + 1), text.substr(at, span)); break;
      case 4:
        if (at < text.size()) text[at] = "0123456789-+./eE\""[below(random, 17)];
        break;
      default:
        if (below(random, 4) == 0) text.resize(at);
    }
  }
  return text;
}

// Runs `one(random)` --cases times from --seed; anything but success or an InputError fails. Returns the exit code.
inline int drive(int argc, char** argv, const std::function<void(Random&)>& one) {
  std::uint64_t cases = 2000, seed = 1;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--cases") == 0) cases = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--seed") == 0) seed = std::strtoull(argv[i + 1], nullptr, 10);
  }
  std::uint64_t accepted = 0, failed = 0;
  for (std::uint64_t i = 0; i < cases; ++i) {
    Random random(seed * 0x9E3779B97F4A7C15ULL + i);  // a case is seed and number alone
    try {
      one(random);
      ++accepted;
    } catch (const config::InputError&) {
    } catch (const std::exception& error) {
      ++failed;
      std::cout << "case " << i << " of seed " << seed << ": " << error.what() << '\n';
    }
  }
  std::cout << accepted << " of " << cases << " accepted\n"
            << cases - failed << " passed, " << failed << " failed\n";
  return failed == 0 && cases > 0 ? 0 : 1;
}

}  // namespace escapement::fuzz
