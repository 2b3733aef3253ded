// Seeded mutation of texts, and the loop that the fuzzers of readers share.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <new>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "escapement/config/input_error.h"

namespace escapement::fuzz {

using Random = std::mt19937_64;

inline std::size_t below(Random& random, std::size_t end) {
  return end == 0 ? 0 : static_cast<std::size_t>(random() % end);
}

// One change of bytes, of a token, or of a part for one of another text.
inline void mutate(std::string& text, const std::vector<std::string>& corpus,
                   const std::vector<std::string_view>& tokens, Random& random) {
  const std::size_t at = below(random, text.size() + 1),
                    length = below(random, std::min<std::size_t>(text.size() - at, 200) + 1);
  switch (below(random, 12)) {
    case 0: text.insert(at, 1, static_cast<char>(random())); break;
    case 1:
    case 2: text.insert(at, tokens[below(random, tokens.size())]); break;
    case 3: text.erase(at, 1 + below(random, 3)); break;
    case 4: text.erase(at, length); break;
    case 5: text.resize(at); break;
    case 6: text.insert(below(random, text.size() + 1), text.substr(at, length)); break;
    case 7: {  // a long repetition
      const std::string part = text.substr(at, 1 + below(random, 4));
      std::string many;
      for (std::size_t i = below(random, below(random, 40) == 0 ? 60'000 : 300); i > 0; --i) many += part;
      text.insert(at, many);
      break;
    }
    case 8: {
      const std::string& other = corpus[below(random, corpus.size())];
      text = text.substr(0, at) + other.substr(std::min(at, other.size()));
      break;
    }
    case 9:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(random, 8)));
      break;
    case 10: {  // a token in place of a word
      const std::size_t begin = text.find_first_of("0123456789", at);
      if (begin == std::string::npos) break;
      const std::size_t end = text.find_first_not_of("0123456789abcdefx.+-", begin);
      text.replace(begin, (end == std::string::npos ? text.size() : end) - begin,
                   tokens[below(random, tokens.size())]);
      break;
    }
    default:
      if (const std::size_t digit = text.find_first_of("0123456789", at); digit != std::string::npos)
        text[digit] = static_cast<char>('0' + below(random, 10));
  }
}

struct Outcome {
  std::string failure;  // empty where all is well
  std::string input;    // shown where not
};

// The loop: `[--cases N] [--seed S] [--only I]`: cases 0 .. N-1 of the seed, or case I alone, which is shown first so that a
// crash can be looked at. Each is a pure function of seed and number. Returns the exit code.
inline int run_cases(int argc, char** argv, const std::function<Outcome(Random&, bool show)>& one_case) {
  std::uint64_t cases = 10'000, seed = 1, first = 0;
  bool only = false;
  for (int i = 1; i < argc; i += 2) {
    char* end = nullptr;
    const std::uint64_t value = i + 1 < argc ? std::strtoull(argv[i + 1], &end, 10) : 0;
    if (end == nullptr || end == argv[i + 1] || *end != '\0') {
      std::cerr << "usage: " << argv[0] << " [--cases N] [--seed S] [--only I]\n";
      return 2;
    }
    if (std::strcmp(argv[i], "--cases") == 0) cases = value;
    if (std::strcmp(argv[i], "--seed") == 0) seed = value;
    if (std::strcmp(argv[i], "--only") == 0) first = value, only = true;
  }
  if (only) cases = first + 1;
  constexpr std::uint64_t kMostShown = 20;
  constexpr auto kPatience = std::chrono::seconds(60);
  std::uint64_t passed = 0, failed = 0;
  for (std::uint64_t i = first; i < cases; ++i) {
    std::seed_seq mixed{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                        static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i >> 32)};
    Random random(mixed);
    const auto begin = std::chrono::steady_clock::now();
    Outcome outcome = one_case(random, only);
    if (std::chrono::steady_clock::now() - begin > kPatience) outcome.failure += " (took more than a minute)";
    if (outcome.failure.empty()) {
      ++passed;
      continue;
    }
    if (++failed > kMostShown) continue;
    std::cerr << "case " << i << " of seed " << seed << ": " << outcome.failure << "\n  \""
              << config::printable(outcome.input, 400) << "\"\n";
  }
  std::cout << passed << " passed, " << failed << " failed\n";
  return failed == 0 && passed > 0 ? 0 : 1;
}

// An InputError's line is one line that says where and what; else what is wrong with it.
inline std::string fault_of(const config::InputError& error) {
  for (const char c : std::string_view(error.what()))
    if (static_cast<unsigned char>(c) < 0x20) return "a control character in the message";
  return error.where().empty() || error.expected().empty() ? "an InputError without its place or expectation"
                                                           : "";
}

}  // namespace escapement::fuzz

// No reader of a small text asks for so much at once: such a request is refused, and so shows as a failure.
// (One translation unit each.)
inline constexpr std::size_t kMostAtOnce = std::size_t{1} << 28;
[[gnu::noinline]] void* operator new(std::size_t size) {
  if (size > kMostAtOnce) {
    std::cerr << "an allocation of " << size << " bytes\n";
    throw std::bad_alloc();
  }
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
// Of those who can do without.
[[gnu::noinline]] void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return size > kMostAtOnce ? nullptr : std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
