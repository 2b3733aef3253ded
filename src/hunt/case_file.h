// Stored cases, format `escapement-case/1` (docs/concepts/case.md): one text file each, values only, named by content.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "escapement/config/input_error.h"
#include "escapement/hunt/confirm.h"
#include "escapement/theory/condition.h"

namespace escapement::hunt {

// Where a case comes from.
struct Lineage {
  std::string kind;    // "found", "simplest", "dramatic", "degenerate"
  std::string seed;    // of the hunt
  std::string parent;  // name of the case that this one was shrunk from; empty
  std::uint64_t round = 0, shrinks = 0;
  bool operator==(const Lineage&) const = default;
};

struct StoredCase {
  Case values;
  std::string text;  // the claim as it was when the case was stored
  Rung rung = Rung::none;
  std::string degenerate;
  long bits = 0;
  std::string left, right, margin;  // the enclosure of the violation, decimal with radius
  std::vector<Hypothesis> hypotheses;
  std::string probability;  // of the box of starts; empty where the claim is about the start itself
  std::string engine;       // what the engine's own run says: see engine_opinion.h
  Lineage lineage;
};

// All of a stored case from its values. `c.box` as it is.
StoredCase describe(const Target& target, const Case& c, const Confirmation& confirmation,
                    const theory::ConditionInputs& inputs, Lineage lineage);

// Hexadecimal, 16 digits, of claim and values alone: how the case came about does not count.
std::string content_hash(const Case& c);
std::string file_name(const Case& c);  // lemma-4.3-1a-literal-0123456789abcdef.case.json

std::string to_json(const StoredCase& stored);
// Throws config::InputError with file and key; also where the hash is not the values'.
StoredCase parse_case(const std::string& text, const std::string& path);
StoredCase read_case(const std::filesystem::path& file);

// Receives what is wrong with one file of a folder, whose other files are read all the same.
using OnDamage = std::function<void(const config::InputError&)>;
// DIR/*ENDING in order of name, without hidden files. Throws config::InputError if the folder cannot be read.
std::vector<std::filesystem::path> files_ending(const std::filesystem::path& directory,
                                                std::string_view ending);

// Throws config::InputError if there is something at `file` that is no file of this format, which nothing may replace or
// remove.
void check_replaceable(const std::filesystem::path& file, std::string_view format);

// Writes DIR/file_name by rename, so that no half of it is ever there under that name; returns the path. Throws
// config::InputError if a file that is no stored case has that name.
std::filesystem::path write_case(const std::filesystem::path& directory, const StoredCase& stored);
// Any text, likewise.
void write_atomically(const std::filesystem::path& file, const std::string& text);

// The values as `escapement-instance/1`; only where there are no copies and the rule is not the oscillation.
std::string instance_text(const Case& c);

}  // namespace escapement::hunt
