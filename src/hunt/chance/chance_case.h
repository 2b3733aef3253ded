// ChanceCase: a configuration together with a claim P(fail) <= q about the runs that are drawn there, for rows of the
// registry that no single instance refutes (theory/chance.h). docs/concepts/hunting-runs.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "escapement/hunt/case.h"
#include "escapement/theory/statement.h"

namespace escapement::hunt {

struct ChanceTarget {
  const theory::Statement* statement = nullptr;
  const theory::Claim* claim = nullptr;
  theory::PaperConstants constants = {};  // as printed; tests plant wrong ones
  // Of the statement's keys those that it leaves free, in its order: d, m, n, eta, ...
  std::vector<std::string> keys;

  std::string name() const;  // "theorem-4.2 literal"
  std::string slug() const;  // "theorem-4.2-literal"
  std::string text() const;  // the claim in words and symbols: a stored case keeps it
  bool has(const std::string& key) const;
};
ChanceTarget chance_target(const theory::Statement& statement, const theory::Claim& claim,
                           const theory::PaperConstants& constants = {});
// Every row of the registry that is such a claim.
std::vector<ChanceTarget> chance_targets(const theory::PaperConstants& constants = {});

struct ChanceCase {
  std::string claim, clause, reading;
  Exact constant = 1;                   // put for the one in O(.)
  std::map<std::string, Exact> values;  // by configuration key; what the statement derives is not among them

  bool operator==(const ChanceCase&) const = default;
  const Exact& at(const std::string& key) const { return values.at(key); }
};

// Whether the key counts something: d, m, n, steps.
bool is_count(const std::string& key);

// What the claim says there; none where a value is not one that its key takes, where the claim says nothing, or where no
// run can show it.
std::optional<theory::Chance> chance_at(const ChanceTarget& target, const ChanceCase& c);

// Sizes m, d, n, steps of the runs, then numbers as for cases.
Simplicity simplicity(const ChanceCase& c, const theory::Chance& chance);
// "m = 110, d = 1, n = 1, 1 step, eta = 1, sigma = 9, theta_norm = 1"
std::string summary(const ChanceCase& c, const theory::Chance& chance);

// FNV-1a, 64 bits, of claim, constant and values; in hexadecimal, and in the file's name.
std::uint64_t content_key(const ChanceCase& c);
std::string content_hash(const ChanceCase& c);
std::string file_name(const ChanceCase& c);  // theorem-4.2-literal-0123456789abcdef.runs.json

}  // namespace escapement::hunt
