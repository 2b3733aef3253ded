// What the fuzzers of text files share: their corpus, a mutated text of it, the exceptions that may come out, the main.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>

#include "mutator.h"

namespace escapement::fuzz {

// tests/data; empty where ESCAPEMENT_TEST_DATA names no folder.
inline std::filesystem::path data_folder() {
  const char* data = std::getenv("ESCAPEMENT_TEST_DATA");
#ifdef ESCAPEMENT_TEST_DATA
  if (data == nullptr) data = ESCAPEMENT_TEST_DATA;
#endif
  return data == nullptr ? "" : data;
}

// The texts of the files below a folder whose names end so, in the order of their paths; none where there is no folder.
inline std::vector<std::string> texts_of(const std::filesystem::path& folder, const std::string& ending) {
  std::vector<std::filesystem::path> files;
  if (std::filesystem::is_directory(folder))
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
      if (entry.path().string().ends_with(ending)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> texts;
  for (const std::filesystem::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return texts;
}

// What breaks readers of JSON with exact numbers in strings, and what a format has of its own.
inline std::vector<std::string_view> json_tokens(std::initializer_list<std::string_view> own) {
  std::vector<std::string_view> all{"0",
                                    "-1",
                                    "1",
                                    "2",
                                    "64",
                                    "1e400",
                                    "1e-400",
                                    "1e999999999",
                                    "2^-30",
                                    "1/3",
                                    "1/0",
                                    "nan",
                                    "\"nan\"",
                                    "inf",
                                    "null",
                                    "true",
                                    "false",
                                    "[]",
                                    "{}",
                                    "[[",
                                    "]]",
                                    "\"\"",
                                    ",",
                                    ":",
                                    "\"",
                                    "\\u0000",
                                    "\\ud800",
                                    "0.5",
                                    "1e5",
                                    "\"1/2\"",
                                    "1000000000",
                                    "4294967296",
                                    "18446744073709551616",
                                    "-9223372036854775808",
                                    "\"1000000000000000000000\"",
                                    "\xFF",
                                    "\n"};
  all.insert(all.end(), own);
  return all;
}

// One of the corpus, changed in a few places.
inline std::string mutated_text(const std::vector<std::string>& corpus,
                                const std::vector<std::string_view>& tokens, Random& random, bool show) {
  constexpr std::size_t kMostChanges = 8;
  std::string text = corpus[below(random, corpus.size())];
  for (std::size_t i = below(random, 1 + below(random, kMostChanges)); i > 0; --i)
    mutate(text, corpus, tokens, random);
  if (show) std::cerr << text << "\n";
  return text;
}

// body() says what failed, empty where nothing did; of exceptions only a proper InputError may come out of it.
template <class Body>
Outcome guarded(std::string input, Body&& body) {
  try {
    return {body(), std::move(input)};
  } catch (const config::InputError& error) {
    return {fault_of(error), std::move(input)};
  } catch (const std::exception& error) {
    return {error.what(), std::move(input)};
  } catch (...) {
    return {"an unknown exception", std::move(input)};
  }
}

// The same where body() also reads again what it wrote, under the name again.json: that must not be refused.
template <class Body>
Outcome guarded_again(std::string input, Body&& body) {
  return guarded(std::move(input), [&]() -> std::string {
    try {
      return body();
    } catch (const config::InputError& error) {
      if (error.where() != "again.json") throw;
      return std::string("what was written is refused: ") + error.what();
    }
  });
}

// parse(text); the hash alone keeps nearly every mutant of a stored find from what lies behind it, so it is put right, once.
template <class Parse>
auto with_right_hash(std::string& text, Parse&& parse) {
  constexpr std::size_t kDigits = 16;
  try {
    return parse(text);
  } catch (const config::InputError& error) {
    if (error.key() != "hash" || !error.got() || error.got()->empty() || error.expected().size() < kDigits)
      throw;
    const std::size_t at = text.find('"' + *error.got() + '"');
    if (at == std::string::npos) throw;
    text.replace(at + 1, error.got()->size(), error.expected().substr(error.expected().size() - kDigits));
    return parse(text);
  }
}

// A main: run_cases over a corpus of at least `least` texts.
inline int fuzz_texts(
    int argc, char** argv, const std::vector<std::string>& corpus, std::size_t least,
    const std::function<Outcome(const std::vector<std::string>&, Random&, bool show)>& one_case) {
  if (corpus.size() < least) {
    std::cerr << "ESCAPEMENT_TEST_DATA must name the folder tests/data of a checkout: " << corpus.size()
              << " texts found, " << least << " needed\n";
    return 2;
  }
  return run_cases(argc, argv, [&](Random& random, bool show) { return one_case(corpus, random, show); });
}

}  // namespace escapement::fuzz
