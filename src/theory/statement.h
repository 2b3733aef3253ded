// A statement of a paper: what is printed, in which readings it is judged, and how. Adding one is four steps: a file in
// statements/, a test, a line in registry.cpp, a page in docs/statements/ (docs/concepts/statement.md).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "escapement/config/config.h"
#include "escapement/theory/chance.h"
#include "escapement/theory/laboratory.h"
#include "escapement/theory/paper_constants.h"

namespace escapement::theory {

struct InsidePoint;

// Where a claim is asked, and with which means.
struct Question {
  config::Config config;     // after the statement's own `setting`
  PaperConstants constants;  // as printed; tests plant wrong ones
  double alpha = 0.05;       // that a sampled row may spend
  numeric::Exact constant =
      100;             // put for the one in O(1/m) where a test needs a number; an assumption of ours
  bool brief = false;  // one point of a map: fewer rungs and replicas
  const InsidePoint* inside =
      nullptr;  // of Claim::inside alone; the configuration's eta, m, n then mean nothing
};

// What was found there: the row's own part of a Verdict.
struct Finding {
  std::string claim, bound, measured;
  Outcome outcome = Outcome::undecided;
  Evidence evidence = Evidence::computed;
  std::string basis;
  std::optional<Sample> sample = {};
  std::optional<Ladder> ladder = {};
  std::optional<Support> support = {};
  std::string radius = {};
  std::vector<Parameter> used = {};  // values that the row used in place of the configuration's: m, n
};

// One row of the table: a clause in a reading. `reading` may join several words with '+': `--reading generic` selects
// every row that has the word.
struct Claim {
  std::string clause, reading;
  std::string text;  // in words and symbols, before its numbers are known
  std::function<Finding(const Question&, Laboratory&)> judge;
  bool samples = false;  // spends alpha and budget on replicas
  // Inside Condition 1, where no run can be: at question.inside. Null: not answered there.
  std::function<Finding(const Question&, Laboratory&)> inside = {};
  // The row as P(fail) <= q over runs, at the question's configuration; none where no run can show it there (a horizon that
  // is too long or too short). Null: the row is no such claim.
  std::function<std::optional<Chance>(const Question&)> chance = {};
  // Replicas first .. first + count - 1 of what `judge` collects under that name. Null: it collects nothing.
  std::function<std::vector<std::string>(const Question&, Laboratory&, const std::string& what,
                                         std::uint32_t first, std::uint32_t count)>
      replicas = {};
  bool runs = false;  // spends budget on runs, and no alpha
};

struct Statement {
  std::string id;
  std::string title;                 // "Theorem 4.2 (escape)"
  std::string printed;               // what the paper says, in our words and its symbols
  std::vector<std::string> assumes;  // of A1..A6
  std::vector<std::string> keys;  // configuration keys that the verdict depends on, listed as its parameters
  std::vector<std::string> uses;  // keys on which the verdict depends as well, not listed
  std::vector<Claim> claims;
  // From what the user configured to what the statement speaks of (its own update rule, m = 1/sqrt(eta), ...).
  std::function<config::Config(config::Config)> setting;
};

}  // namespace escapement::theory
