#include <algorithm>
#include <charconv>
#include <cmath>

#include "escapement/hunt/chance/chance_file.h"
#include "escapement/hunt/stored_object.h"

namespace escapement::hunt {

using config::InputError;
using nlohmann::json;

namespace {

double real(const StoredObject& o, const char* key) {
  const std::string text = o.text(key);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || std::isnan(value))
    o.fail(key, "a decimal number as a string");
  return value;
}

std::uint64_t seed(const StoredObject& o) {
  const Exact value = o.exact("seed");
  if (denominator(value) != 1 || value < 0 || value > Exact(BigInt(~std::uint64_t{0})))
    o.fail("seed", "an integer from 0 to 2^64 - 1");
  return static_cast<std::uint64_t>(numerator(value));
}

ChanceTest read_test(const StoredObject& o) {
  constexpr std::uint64_t kMost = 1'000'000, kAny = ~std::uint64_t{0};
  ChanceTest t;
  t.bound = o.text("bound");
  t.alpha = real(o, "alpha");
  if (!(t.alpha > 0 && t.alpha < 1)) o.fail("alpha", "a number between 0 and 1");
  t.confirmation = o.count("confirmation", kAny);
  t.streams = {seed(o), static_cast<std::uint32_t>(o.count("replica", ~std::uint32_t{0} - kMost))};
  t.most = static_cast<std::uint32_t>(o.count("most", kMost));
  t.trials = o.count("trials", t.most);
  if (t.trials == 0) o.fail("trials", "at least one trial");
  t.failures = o.count("failures", t.trials);
  t.ambiguous = o.count("ambiguous", t.trials - t.failures);
  t.log10_e = real(o, "log10_e");
  t.low = real(o, "low");
  t.high = real(o, "high");
  if (!(0 <= t.low && t.low <= t.high && t.high <= 1)) o.fail("low", "0 <= low <= high <= 1");
  return t;
}

}  // namespace

bool is_chance_text(const std::string& text) {
  const auto root = json::parse(text, nullptr, /*allow_exceptions=*/false);
  return root.is_object() && root.contains("format") && root["format"] == "escapement-runs/1";
}

StoredChance parse_chance(const std::string& text, const std::string& path) {
  const json parsed = parse_stored(text, path);
  const StoredObject root(
      parsed, path, "",
      {"format", "claim", "configuration", "hash", "summary", "degenerate", "test", "hypotheses", "lineage"});
  if (root.text("format") != "escapement-runs/1") root.fail("format", "\"escapement-runs/1\"");
  StoredChance s;
  const StoredObject claim(root.at("claim"), path, "claim.", {"id", "clause", "reading", "constant", "text"});
  s.values.claim = claim.text("id");
  s.values.clause = claim.text("clause");
  s.values.reading = claim.text("reading");
  s.values.constant = claim.exact("constant");
  if (s.values.constant <= 0) claim.fail("constant", "a positive number");
  s.text = claim.text("text");
  if (!root.at("configuration").is_object() || root.at("configuration").empty())
    root.fail("configuration", "an object with the keys that the statement leaves free");
  std::set<std::string> keys;
  for (const auto& [key, entry] : root.at("configuration").items()) keys.insert(key);
  const StoredObject values(root.at("configuration"), path, "configuration.", keys);
  for (const std::string& key : keys) s.values.values[key] = values.exact(key.c_str());
  if (root.text("hash") != content_hash(s.values))
    throw InputError(path, "hash", "that of the configuration, " + content_hash(s.values), root.text("hash"));
  s.summary = root.text("summary");
  s.degenerate = root.text("degenerate");
  s.test = read_test(StoredObject(root.at("test"), path, "test.",
                                  {"bound", "alpha", "confirmation", "seed", "replica", "most", "trials",
                                   "failures", "ambiguous", "log10_e", "low", "high"}));
  s.hypotheses = read_hypotheses(root, path);
  s.lineage = read_lineage(root, path);
  return s;
}

StoredChance read_chance(const std::filesystem::path& file) {
  return parse_chance(text_of_file(file), file.string());
}

std::vector<ChanceEntry> read_chances(const std::filesystem::path& directory, const OnDamage& damaged) {
  std::vector<ChanceEntry> entries;
  for (const auto& file : files_ending(directory, ".runs.json")) {
    try {
      entries.push_back({file, read_chance(file)});
    } catch (const config::InputError& error) {
      if (!damaged) throw;
      damaged(error);
    }
  }
  return entries;
}

}  // namespace escapement::hunt
