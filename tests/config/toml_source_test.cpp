#include "escapement/config/toml_source.h"

#include <cstdlib>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>
#include <unistd.h>

#include "config/support.h"

using namespace escapement::config;  // NOLINT(google-build-using-namespace)
using escapement::config::test::message_of;

namespace {

std::string value_in(const std::string& text) {
  const std::vector<Setting> settings = parse_toml(text, "f.toml");
  REQUIRE(settings.size() == 1);
  return settings.front().value;
}

std::string refusal(const std::string& text) {
  return message_of([&] { parse_toml(text, "f.toml"); });
}

}  // namespace

TEST_CASE("settings come in the order of the file with their lines") {
  const auto settings =
      parse_toml("# a run\nsteps = 10\n\n'eta' = \"1/3\" # third\r\nalgorithm = 'sam'", "f.toml");
  REQUIRE(settings.size() == 3);
  CHECK((settings[0].key == "steps" && settings[0].value == "10" && settings[0].where == "f.toml:2"));
  CHECK((settings[1].key == "eta" && settings[1].value == "1/3" && settings[1].where == "f.toml:4"));
  CHECK((settings[2].key == "algorithm" && settings[2].value == "sam" && settings[2].where == "f.toml:5"));
  CHECK(parse_toml("", "f.toml").empty());
  CHECK(parse_toml("# nothing", "f.toml").empty());
}

TEST_CASE("floats keep the text they were written as") {
  CHECK(value_in("eta = 0.1") == "0.1");
  CHECK(value_in("eta=0.1#c") == "0.1");
  CHECK(value_in("  eta   =   2.50\t ") == "2.50");
  CHECK(value_in("eta = 1e-700") == "1e-700");  // far below the smallest double
  CHECK(value_in("eta = 0.12345678901234567890123456789") == "0.12345678901234567890123456789");
  CHECK(value_in("eta = +1_000.5e-3") == "1000.5e-3");
  CHECK(value_in("eta = -1.5E+3\n") == "-1.5E+3");
  CHECK(value_in("\xEF\xBB\xBF"
                 "eta = 1.25\r\n") == "1.25");
  CHECK(value_in("\"\xCE\xB7\" = 1.75") == "1.75");  // columns count characters, not bytes
  CHECK(value_in("eta = nan") == "nan");
}

TEST_CASE("integers of every notation") {
  CHECK(value_in("m = 1_000") == "1000");
  CHECK(value_in("m = 0x10") == "16");
  CHECK(value_in("m = 0b101") == "5");
  CHECK(value_in("m = -3") == "-3");
  CHECK(value_in("m = 9223372036854775807") == "9223372036854775807");
}

TEST_CASE("what is no flat list of strings and numbers is refused with its line") {
  CHECK(refusal("d = 3\neta = 0.1\neta = 0.2\n") == "f.toml:3: key 'eta': expected each key once");
  CHECK(refusal("d = 3\n'd' = 4") == "f.toml:2: expected each key once");
  CHECK(refusal("\n[run]\neta = 1") ==
        "f.toml:2: expected `key = value` lines only, without tables, got \"[run]\"");
  CHECK(refusal("[[run]]\neta = 1") ==
        "f.toml:1: expected `key = value` lines only, without tables, got \"[[run]]\"");
  CHECK(refusal("d = 1\r\n a.b = 1 \r\n") ==
        "f.toml:2: expected `key = value` lines only, without dots in keys, got \"a.b = 1\"");
  CHECK(refusal("a = {b = 1}") ==
        "f.toml:1: key 'a': expected a number or a string in quotes, got \"a = {b = 1}\"");
  CHECK(refusal("d = 1\nrecord = [1, 2]") ==
        "f.toml:2: key 'record': expected a number or a string in quotes, got \"record = [1, 2]\"");
  CHECK(refusal("loss = true") ==
        "f.toml:1: key 'loss': expected a number or a string in quotes, got \"true\"");
  CHECK_THAT(refusal("loss = 1979-05-27"), Catch::EndsWith("got \"1979-05-27\""));
  for (const char* text : {"a = '''x'''", "a = \"\"\"\\\n θ\"\"\""}) {
    INFO(text);
    CHECK_THAT(refusal(text), Catch::StartsWith("f.toml:1: key 'a': expected a string on one line"));
  }
  CHECK(refusal("d = 1\nη = 2") ==
        "f.toml:2: expected plain ASCII outside quotes and comments, got \"η = 2\"");
}

TEST_CASE("strings and comments hold what they like") {
  CHECK(value_in("a = 'at:[1, 2].{}=#θ' # [x] a.b θ = \"") == "at:[1, 2].{}=#θ");
  CHECK(value_in(R"(a = "[\"[\\" # ')") == "[\"[\\");
  CHECK(value_in("\"a.[b]\" = ''").empty());
  CHECK(value_in("a = \"\" # '''").empty());
}

TEST_CASE("what is no TOML is refused with its line and key") {
  CHECK_THAT(refusal("d = 3\neta = abc"), Catch::StartsWith("f.toml:2: key 'eta': expected valid TOML"));
  CHECK_THAT(refusal("eta"), Catch::StartsWith("f.toml:1: expected valid TOML"));
  CHECK_THAT(refusal("eta = "), Catch::StartsWith("f.toml:1: key 'eta': expected valid TOML"));
  CHECK_THAT(refusal("eta = \"1\" 2"), Catch::StartsWith("f.toml:1: key 'eta': expected valid TOML"));
  for (const char* text : {"eta = 1 2", "eta = 1979-05-27 4", "eta = 1/3", "eta = 2^-3 # c", "eta = 1;"})
    CHECK(refusal(text) ==
          "f.toml:1: key 'eta': expected a number or a string in quotes, got \"" + std::string(text) + '"');
  CHECK_THAT(refusal("eta = \"1"), Catch::StartsWith("f.toml:1: key 'eta': expected valid TOML"));
  CHECK_THAT(refusal("a = '\xFF\xFE'"), Catch::StartsWith("f.toml:1: key 'a': expected valid TOML"));
  CHECK_THAT(refusal("\xFF\xFE"), Catch::StartsWith("f.toml:1: expected plain ASCII"));
  CHECK_THAT(refusal(std::string("a = 1\0", 6)), Catch::StartsWith("f.toml:1"));
  CHECK_THAT(refusal("{\"eta\": 1}"), Catch::StartsWith("f.toml:1"));
}

TEST_CASE("numbers beyond TOML are sent to quotes") {
  for (const char* value : {"1e400", "123456789012345678901234567890", "0x1.8p-3"}) {
    const std::string text = std::string("eta = ") + value;
    CHECK_THAT(refusal(text),
               Catch::StartsWith(
                   "f.toml:1: key 'eta': expected numbers that TOML does not have to stand in quotes"));
    CHECK(value_in(std::string("eta = '") + value + "'") == value);
  }
}

TEST_CASE("deep nesting does not reach the parser's recursion") {
  std::string dots = "a";
  for (int i = 0; i < 200'000; ++i) dots += ".a";
  CHECK_THAT(refusal("d = 1\n" + dots + " = 1"), Catch::StartsWith("f.toml:2: expected"));
  CHECK_THAT(refusal("[" + dots + "]"), Catch::StartsWith("f.toml:1: expected"));
  CHECK_THAT(refusal("a = " + std::string(100'000, '[')), Catch::StartsWith("f.toml:1: key 'a'"));
}

TEST_CASE("files that cannot be read") {
  const auto refusal_of = [](const std::string& path) { return message_of([&] { read_toml(path); }); };
  CHECK(refusal_of("no/such/run.toml") ==
        "no/such/run.toml: expected a TOML file that can be read, got \"No such file or directory\"");
  CHECK(refusal_of(".") == ".: expected a TOML file that can be read, got \"a directory\"");
}

TEST_CASE("a file that can be read, and one that is too long") {
  char path[] = "config_test_XXXXXX";
  const int descriptor = mkstemp(path);
  REQUIRE(descriptor >= 0);
  close(descriptor);
  std::ofstream(path) << "eta = 0.1\nrecord = 'at:[1,2]'\n";
  Request request;
  request.file = path;
  const Config c = load(request);
  CHECK(c.eta == Exact(1, 10));
  CHECK(c.source_of("record") == std::string(path) + ":2");
  std::ofstream(path) << std::string(kMaxFileSize + 1, '#');
  CHECK_THAT(message_of([&] { load(request); }), Catch::Contains("at most 4000000 bytes"));
  unlink(path);
}
