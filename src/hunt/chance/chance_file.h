// Stored finds about runs, format `escapement-runs/1` (docs/concepts/hunting-runs.md): the configuration, and the test that
// refuted the bound there, on streams that anybody can draw again. One text file each, named by content.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escapement/hunt/case_file.h"
#include "escapement/hunt/chance/chance_test.h"

namespace escapement::hunt {

// A test in double precision, as it went.
struct ChanceTest {
  std::string bound;               // q, decimal
  double alpha = 0;                // spent on it
  std::uint64_t confirmation = 0;  // the hunt's how manieth
  Streams streams;
  std::uint32_t most = 0;  // trials at most
  std::uint64_t trials = 0, failures = 0, ambiguous = 0;
  double log10_e = 0;        // evidence against P(fail) <= q; at least log10(1/alpha)
  double low = 0, high = 1;  // confidence sequence for P(fail) at level 1 - alpha
  bool operator==(const ChanceTest&) const = default;
};

std::string bound_text(const theory::Chance& chance);  // q to 17 digits

struct StoredChance {
  ChanceCase values;
  std::string text;     // the claim as it was when the find was stored
  std::string summary;  // with what the statement derives
  std::string degenerate;
  ChanceTest test;
  std::vector<Hypothesis> hypotheses;  // A1..A6, for the data of the first confirming replica
  Lineage lineage;                     // kind: "found", "simplest", "degenerate"
};

StoredChance describe(const ChanceTarget& target, const ChanceCase& c, const theory::Chance& chance,
                      ChanceTest test, const theory::ConditionInputs& inputs, Lineage lineage);

std::string to_json(const StoredChance& stored);
// Throws config::InputError with file and key; also where the hash is not the configuration's.
StoredChance parse_chance(const std::string& text, const std::string& path);
StoredChance read_chance(const std::filesystem::path& file);
bool is_chance_text(const std::string& text);  // by its "format"
// Writes DIR/file_name by rename; returns the path.
std::filesystem::path write_chance(const std::filesystem::path& directory, const StoredChance& stored);

struct ChanceEntry {
  std::filesystem::path file;
  StoredChance stored;
};
// Every DIR/*.runs.json in order of name; a damaged one goes to `damaged`. Throws config::InputError if there is no
// folder, and for a damaged file if `damaged` is empty.
std::vector<ChanceEntry> read_chances(const std::filesystem::path& directory, const OnDamage& damaged = {});

}  // namespace escapement::hunt
