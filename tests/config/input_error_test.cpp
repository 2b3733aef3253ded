#include "escapement/config/input_error.h"

#include <string>

#include <catch2/catch.hpp>

using escapement::config::InputError;
using escapement::config::printable;

TEST_CASE("an input error is one line with place, key, expectation and what came") {
  const InputError error("run.toml:3", "eta", "a positive number", "abc");
  CHECK(std::string(error.what()) == R"(run.toml:3: key 'eta': expected a positive number, got "abc")");
  CHECK(error.where() == "run.toml:3");
  CHECK(error.key() == "eta");
  CHECK(error.expected() == "a positive number");
  CHECK(error.got() == "abc");
}

TEST_CASE("key and offending text may be absent") {
  CHECK(std::string(InputError("run.toml", "", "a TOML file").what()) == "run.toml: expected a TOML file");
  CHECK(std::string(InputError("--set", "d", "an integer", "").what()) ==
        R"(--set: key 'd': expected an integer, got "")");
}

TEST_CASE("nothing in a message can break the line or the terminal") {
  const InputError error("a\nb", "k\x1B[2J", "x\ry", "1\n2\t\x7F\"\\");
  CHECK(std::string(error.what()) == "a\\nb: key 'k\\x1b[2J': expected x\\ry, got \"1\\n2\\t\\x7f\\\"\\\\\"");
  CHECK(printable(std::string("a\0b", 3)) == "a\\x00b");
  CHECK(printable("\xC2\x85") == "\\x85");  // next line, a control
  CHECK(printable("\xE2\x80\xAE"
                  "abc") == "\\u202eabc");  // right-to-left override
}

TEST_CASE("letters of all scripts pass, bytes that are no UTF-8 are escaped") {
  CHECK(printable("θ* ≤ 𝟙") == "θ* ≤ 𝟙");
  CHECK(printable("\xFF") == "\\xff");
  CHECK(printable("\xC3") == "\\xc3");                             // cut off
  CHECK(printable("\xC0\xAF") == "\\xc0\\xaf");                    // too long a form of '/'
  CHECK(printable("\xED\xA0\x80") == "\\xed\\xa0\\x80");           // surrogate
  CHECK(printable("\xF4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");  // beyond the last character
}

TEST_CASE("long input is cut between characters") {
  CHECK(printable("abcdef", 6) == "abcdef");
  CHECK(printable("abcdefg", 6) == "abcdef...");
  CHECK(printable("ab\xC3\xA9", 3) == "ab...");
  const InputError error("--set", "d", "an integer", std::string(1'000'000, '9'));
  CHECK(std::string(error.what()).size() < 200);
  CHECK(error.got()->size() == 1'000'000);
}
