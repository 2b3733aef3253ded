#include "escapement/numeric/exact.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <string>

#include <catch2/catch.hpp>

#include "support/effort.h"

using escapement::numeric::BigInt;
using escapement::numeric::Exact;
using escapement::numeric::kMaxExactText;
using escapement::numeric::parse_exact;
using escapement::numeric::parse_integer;
using escapement::numeric::to_string;

namespace {

Exact power(unsigned base, unsigned exponent) { return Exact(BigInt(pow(BigInt(base), exponent))); }

}  // namespace

TEST_CASE("decimals are taken exactly") {
  CHECK(parse_exact("0") == Exact(0));
  CHECK(parse_exact("-0.0") == Exact(0));
  CHECK(parse_exact("1000") == Exact(1000));
  CHECK(parse_exact("007") == Exact(7));  // decimal, whatever the zeros
  CHECK(parse_exact("0.1") == Exact(1, 10));
  CHECK(parse_exact("-1.5") == Exact(-3, 2));
  CHECK(parse_exact("1e3") == Exact(1000));
  CHECK(parse_exact("1E+3") == Exact(1000));
  CHECK(parse_exact("12.50e-1") == Exact(5, 4));
  CHECK(parse_exact("-1.5e-700") == Exact(-15) / power(10, 701));
  CHECK(parse_exact("0e99999999999999999999999") == Exact(0));
  CHECK(parse_exact("+1") == Exact(1));
  CHECK(parse_exact(".5") == Exact(1, 2));
  CHECK(parse_exact("-.5e1") == Exact(-5));
  CHECK(parse_exact("5.") == Exact(5));
  CHECK(parse_exact("+5.e-1") == Exact(1, 2));
  CHECK(parse_exact("0.1") != Exact(0.1));  // the double is another number
}

TEST_CASE("ratios, powers and hexadecimal floats are taken exactly") {
  CHECK(parse_exact("1/3") == Exact(1, 3));
  CHECK(parse_exact("-2/4") == Exact(-1, 2));
  CHECK(parse_exact("0.5/1e9") == Exact(1, 2'000'000'000));
  CHECK(parse_exact("2^-30") == Exact(1, 1 << 30));
  CHECK(parse_exact("-2^2") == Exact(-4));
  CHECK(parse_exact("1.5^3") == Exact(27, 8));
  CHECK(parse_exact("0.1^2") == Exact(1, 100));
  CHECK(parse_exact("10^-700") == Exact(1) / power(10, 700));
  CHECK(parse_exact("1^-99999999999999999999") == Exact(1));
  CHECK(parse_exact("7^0") == Exact(1));
  CHECK(parse_exact("0^3") == Exact(0));
  CHECK(parse_exact("0x1.8p-3") == Exact(3, 16));
  CHECK(parse_exact("-0X1.999999999999aP-4") == Exact(-0.1));
  CHECK(parse_exact("0x10") == Exact(16));
  CHECK(parse_exact("+0x.8p1") == Exact(1));
  CHECK(parse_exact("0x1.p1") == Exact(2));
  CHECK(parse_exact(".5^2") == Exact(1, 4));
  CHECK(parse_exact("1./.5") == Exact(2));
  CHECK(parse_exact("0xAbp+1") == Exact(342));
}

TEST_CASE("everything else is no number") {
  for (const char* text :
       {"",        "-",     "--1",   "+",     "+-1",   "-+1",   "++1",   " 1",       "1 ",    "1 000",
        "1_000",   "1,5",   "nan",   "inf",   "+inf",  "-inf",  "1e",    "1e+",      "e5",    ".e5",
        ".",       "-.",    "..5",   "5..",   "1.2.3", "1e5e5", "1e2.5", "1/",       "/2",    "1/0",
        "1/0.00",  "1/-2",  "1/+2",  "1/2/3", "2^",    "^2",    "2^^3",  "2^0.5",    "2^1e3", "2^+3",
        "1e3^2",   "2^3/5", "1/2^3", "0^0",   "0^-1",  ".^2",   "0x",    "0x.p1",    "0x.",   "0x1p",
        "0x1p1.5", "0xg",   "1x0",   "0x1/2", "0x2^3", "0b1",   "1f",    "\xC2\xB2", "1\n"}) {
    INFO('"' << text << '"');
    CHECK_FALSE(parse_exact(text));
  }
  CHECK_FALSE(parse_exact(std::string_view("1\0002", 3)));
}

TEST_CASE("what would not fit into memory is refused at once") {
  const auto begin = std::chrono::steady_clock::now();
  for (const char* text : {"1e999999999", "-1e-999999999", "1e99999999999999999999999999999999",
                           "2^999999999", "2^-4000000", "10^1000000000000", "1.0000001^99999999",
                           "0x1p999999999999999999", "0x1p-4000000", "1/1e999999999", "0.1^99999999"}) {
    INFO(text);
    CHECK_FALSE(parse_exact(text));
  }
  CHECK_FALSE(parse_exact(std::string(kMaxExactText + 1, '1')));
  CHECK_FALSE(parse_exact(std::string(kMaxExactText + 1, '0')));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(1));
  CHECK(parse_exact("10^400") == power(10, 400));
  CHECK(parse_exact("2^-3000000").has_value());
  CHECK(parse_exact("1e900000").has_value());
}

TEST_CASE("integers in any clothes") {
  CHECK(parse_integer("1000") == BigInt(1000));
  CHECK(parse_integer("1e7") == BigInt(10'000'000));
  CHECK(parse_integer("2^20") == BigInt(1 << 20));
  CHECK(parse_integer("12/4") == BigInt(3));
  CHECK(parse_integer("1.50e1") == BigInt(15));
  CHECK(parse_integer("-5") == BigInt(-5));
  CHECK(parse_integer("10^400") == pow(BigInt(10), 400));
  CHECK_FALSE(parse_integer("1.5"));
  CHECK_FALSE(parse_integer("1e-1"));
  CHECK_FALSE(parse_integer("many"));
}

TEST_CASE("canonical text is the shortest that reads as the value") {
  const auto canonical = [](const char* text) { return to_string(parse_exact(text).value()); };
  CHECK(canonical("0") == "0");
  CHECK(canonical("-0") == "0");
  CHECK(canonical("4") == "4");
  CHECK(canonical("-10") == "-10");
  CHECK(canonical("100") == "100");  // no longer than 1e2: plain comes first
  CHECK(canonical("1/1000") == "1e-3");
  CHECK(canonical("1/10") == "0.1");
  CHECK(canonical("15e-1") == "1.5");
  CHECK(canonical("1/8") == "1/8");
  CHECK(canonical("2/6") == "1/3");
  CHECK(canonical("-4/12") == "-1/3");
  CHECK(canonical("123456") == "123456");
  CHECK(canonical("10^-700") == "1e-700");
  CHECK(canonical("10^400") == "1e400");
  CHECK(canonical("1/1073741824") == "2^-30");
  CHECK(canonical("1048576") == "2^20");
  CHECK(canonical("-1048576") == "-2^20");
  CHECK(canonical("-0.00015") == "-1.5e-4");
  CHECK(canonical("1.25e-701") == "1.25e-701");
}

TEST_CASE("canonical text gives the value back") {
  std::mt19937_64 random(1);
  const auto draw = [&random](unsigned bits) { return BigInt(random() >> (64 - bits)); };
  for (int i = 0; i < escapement::test::scaled(3000); ++i) {
    const unsigned bits = 1 + static_cast<unsigned>(random() % 64);
    const auto exponent = static_cast<unsigned>(random() % 60);
    Exact value(draw(bits));
    if (random() % 2 == 0) value /= Exact(draw(bits) + 1);
    if (random() % 3 == 0) value *= power(2, exponent);
    if (random() % 3 == 0) value /= power(10, exponent);
    if (random() % 2 == 0) value = -value;
    const std::string text = to_string(value);
    INFO(text);
    REQUIRE(parse_exact(text) == value);
    REQUIRE(to_string(*parse_exact(text)) == text);
    REQUIRE(text.size() <= value.str().size());
  }
}

TEST_CASE("canonical text gives the largest accepted values back") {
  const std::string digits(940'000, '7');
  for (const std::string& text :
       {std::string("2^-3145000"), std::string("5^-1350000"), std::string("1.5^-1200000"),
        std::string("3^1900000"), digits, "0." + std::string(470'000, '1'),
        digits.substr(0, 400'000) + "/" + std::string(400'000, '9')}) {
    const std::optional<Exact> value = parse_exact(text);
    INFO(text.substr(0, 20));
    REQUIRE(value.has_value());
    REQUIRE(parse_exact(to_string(*value)) == value);
  }
}

TEST_CASE("doubles survive as hexadecimal floats") {
  std::mt19937_64 random(2);
  for (int i = 0; i < escapement::test::scaled(2000); ++i) {
    const double value = std::ldexp(static_cast<double>(static_cast<std::int64_t>(random())),
                                    static_cast<int>(random() % 2000) - 1060);
    char text[64];
    std::snprintf(text, sizeof text, "%a", value);
    INFO(text);
    REQUIRE(parse_exact(text) == Exact(value));
  }
}
