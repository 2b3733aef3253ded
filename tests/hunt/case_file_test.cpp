// Stored cases: what is written is read back, a changed number is noticed, names are of the content.
#include "escapement/hunt/case_file.h"

#include <filesystem>

#include <catch2/catch.hpp>

#include "escapement/config/input_error.h"

#include "hunt/support.h"
#include "support/scratch_folder.h"

using namespace escapement::hunt;
using escapement::config::InputError;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

StoredCase stored_case() {
  const Target& target = find_target("oscillation-identity", "", "literal");
  Case c = small_case();
  REQUIRE(admit(target, {}, c));
  const Confirmation confirmation = confirm(target, c);
  return describe(target, c, confirmation, {}, {"found", "7", "", 3, 0});
}

}  // namespace

TEST_CASE("a stored case gives back every value, and its file is named by them") {
  StoredCase stored = stored_case();
  stored.values.box = Exact(1, 64);
  stored.values.row_copies = {BigInt(BigInt(1) << 900), BigInt(2)};
  const std::string text = to_json(stored);
  const StoredCase again = parse_case(text, "text");
  CHECK(again.values == stored.values);
  CHECK(again.lineage == stored.lineage);
  CHECK(to_json(again) == text);
  CHECK(file_name(again.values) == file_name(stored.values));
  CHECK(file_name(stored.values) != file_name(small_case()));
}

TEST_CASE("a number changed by hand is noticed") {
  const std::string text = to_json(stored_case());
  CHECK_THROWS_AS(parse_case(replaced(text, "\"sigma\": \"2\"", "\"sigma\": \"3\""), "f"), InputError);
}

TEST_CASE("what is no case is refused, with its key") {
  const std::string text = to_json(stored_case());
  const auto key_of = [](const std::string& bad) {
    try {
      parse_case(bad, "f");
    } catch (const InputError& error) {
      return error.key();
    }
    return std::string("accepted");
  };
  CHECK(key_of("{") == "");
  CHECK(key_of(replaced(text, "escapement-case/1", "escapement-case/2")) == "format");
  CHECK(key_of(replaced(text, "\"steps\": 1", "\"steps\": -1")) == "values.steps");
  CHECK(key_of(replaced(text, "\"samples\": [0]", "\"samples\": [5]")) == "values.samples");
  CHECK(key_of(replaced(text, "\"noise\": [1]", "\"noise\": []")) == "values.noise");
  CHECK(key_of(replaced(text, "\"eta\": \"0.5\"", "\"eta\": \"0\"")) == "values.eta");
  CHECK(key_of(replaced(text, "\"sigma\": \"2\"", "\"sigma\": \"two\"")) == "values.sigma");
  CHECK(key_of(replaced(text, "\"rung\": \"certified\"", "\"rung\": \"sure\"")) == "violation.rung");
  CHECK(key_of(replaced(text, "\"kind\"", "\"kind_of\"")) == "lineage.kind_of");
}

TEST_CASE("writing is by rename: one file, no leftovers") {
  const escapement::test::ScratchFolder scratch;
  const std::filesystem::path& folder = scratch.path();
  const StoredCase stored = stored_case();
  const auto file = write_case(folder, stored);
  CHECK(write_case(folder, stored) == file);
  CHECK(std::distance(std::filesystem::directory_iterator(folder), {}) == 1);
  CHECK(read_case(file).values == stored.values);
  CHECK_THROWS_AS(write_case(folder / "missing", stored), InputError);
}
