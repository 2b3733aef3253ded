// What the judge's tests share: rows by name, and one verdict at a time.
#pragma once

#include <cctype>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/config/load.h"
#include "escapement/judge/judge.h"

namespace escapement::test {

using Sets = std::vector<std::string>;  // "key=value"

inline config::Config configured(const Sets& sets) {
  config::Request request;
  request.preset = "two-phase";
  request.sets = sets;
  return config::load(request);
}

inline judge::Row row_of(const std::string& id, const std::string& clause, const std::string& reading) {
  for (const judge::Row& row : judge::select({{id}, reading, clause}))
    if (row.claim->reading == reading)
      return row;  // not `generic` where `flow-time+generic` has the word too
  FAIL("no row " + id + " " + clause + " " + reading);
  throw 0;
}

// True if the text has the word, as an unprintable number would show: "inf", not "infinite".
inline bool has_word(const std::string& text, const std::string& word) {
  const auto letter = [&](std::size_t i) {
    return i < text.size() && std::isalpha(static_cast<unsigned char>(text[i]));
  };
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
    if ((at == 0 || !letter(at - 1)) && !letter(at + word.size())) return true;
  return false;
}

// How one row is asked here: a budget that buys the least work unless said otherwise.
struct Asked {
  std::string id, clause, reading;
  Sets sets;
  double budget = 0.01;
  numeric::Exact constant = 100;
};

inline theory::Verdict judged(const Asked& asked, const theory::PaperConstants& constants = {},
                              unsigned threads = 2, bool brief = false) {
  judge::Means means;
  means.threads = threads;
  means.constants = constants;
  means.constant = asked.constant;
  return judge::judge_row(row_of(asked.id, asked.clause, asked.reading), configured(asked.sets), means, 0.05,
                          asked.budget, brief);
}

}  // namespace escapement::test
