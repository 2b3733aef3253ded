#include "escapement/report/sealed_file.h"

#include <catch2/catch.hpp>

#include "escapement/config/input_error.h"

#include "support/scratch_folder.h"

namespace escapement::report {

namespace {

using Catch::Contains;
using config::InputError;

std::filesystem::path written(const std::string& text) {
  static const test::ScratchFolder scratch;
  scratch.write("sealed.json", text);
  return scratch.path() / "sealed.json";
}

}  // namespace

TEST_CASE("a file is read back as it was sealed, and whatever its indentation") {
  const std::string text = sealed("{\n \"a\": [1, 0.1, \"x\"],\n \"b\": {}\n}\n");
  CHECK(read_sealed(written(text)) == text);
  CHECK_NOTHROW(read_sealed(written(Json::parse(text).dump())));
  CHECK(Json::parse(text).items().begin().key() == "a");
}

TEST_CASE("every changed character of a value or a key is noticed") {
  const std::string text = sealed("{\n \"a\": [1, 0.25, \"x\", true],\n \"b\": {\"c\": \"1/3\"}\n}\n");
  std::size_t changed = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other = text;
    if (std::isalnum(static_cast<unsigned char>(text[i])) == 0) continue;
    other[i] = text[i] == '7' ? '6' : '7';
    std::vector<std::string> unsealed;
    const std::filesystem::path file = written(other);
    bool refused = false;
    try {
      read_sealed(file, &unsealed);
    } catch (const InputError& error) {
      refused = true;
      CHECK_THAT(error.what(), Contains("sealed.json"));
    }
    // A changed name of the key leaves a file without a checksum.
    CHECK((refused || unsealed == std::vector<std::string>{file.string()}));
    ++changed;
  }
  CHECK(changed > 30);
}

TEST_CASE("a file without a checksum is taken and named") {
  std::vector<std::string> unsealed;
  read_sealed(written("[]"), &unsealed);
  read_sealed(written("{\"a\": 1}"), &unsealed);
  CHECK(unsealed.size() == 2);
  CHECK_THROWS_WITH(read_sealed(written("{\"checksum\": 5}")), Contains("'checksum'"));
  CHECK_THROWS_AS(read_sealed("absent.json"), InputError);
}

}  // namespace escapement::report
