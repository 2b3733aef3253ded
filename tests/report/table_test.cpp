#include "escapement/report/table.h"

#include <catch2/catch.hpp>

#include "escapement/report/utf8.h"

using escapement::report::Align;
using escapement::report::display_width;
using escapement::report::fit_width;
using escapement::report::one_line;
using escapement::report::Table;

TEST_CASE("a table aligns numbers to the right and words to the left") {
  Table table({"quantity", "start", "end"});
  table.add_row({"mean ‖w_i‖", "0.9873", "0.214"});
  table.add_row({"steps", "0", "400000"});
  CHECK(table.text(2) ==
        "  quantity     start     end\n"
        "  ──────────  ──────  ──────\n"
        "  mean ‖w_i‖  0.9873   0.214\n"
        "  steps            0  400000\n");
}

TEST_CASE("a table takes short rows, long rows and line breaks") {
  Table table({"a", "b"});
  CHECK(table.empty());
  table.add_row({"x"});
  table.add_row({"two\nlines", "1", "beyond"});
  CHECK_FALSE(table.empty());
  CHECK(table.text() ==
        "a          b\n"
        "─────────  ─\n"
        "x\n"
        "two lines  1\n");
}

TEST_CASE("a table's alignment can be chosen, and a header left out") {
  Table table({"", ""});
  table.add_row({"1", "long"});
  table.add_row({"10", "x"});
  table.align(0, Align::left);
  table.align(1, Align::right);
  CHECK(table.text() ==
        "1   long\n"
        "10     x\n");
  CHECK_THROWS(table.align(2, Align::left));
}

TEST_CASE("columns of numbers in any of their spellings go to the right") {
  for (const std::string cell : {"1e-900", "−0.5", "2^-30", "1/3", "12%", "1,000", "+7", "[0.1, 0.2]"}) {
    Table table({"long header"});
    table.add_row({cell});
    const std::string text = table.text();
    CHECK(text.ends_with(" " + cell + "\n"));
  }
  Table words({"long header"});
  words.add_row({"e"});
  CHECK(words.text().ends_with("\ne\n"));
}

TEST_CASE("display width counts columns, not bytes") {
  CHECK(display_width("") == 0);
  CHECK(display_width("θ* ‖w‖") == 6);
  CHECK(display_width("e\u0301") == 1);  // combining acute accent
  CHECK(display_width("日本") == 4);
  CHECK(display_width("\U0001F600") == 2);
  CHECK(display_width("\xC3") == 1);          // the beginning of a character
  CHECK(display_width("\xED\xA0\x80") == 3);  // a surrogate is no character: three stray bytes
  CHECK(display_width("\xC0\xAF") == 2);      // neither is an overlong form
}

TEST_CASE("text is cut to a width at characters") {
  CHECK(fit_width("abc", 3) == "abc");
  CHECK(fit_width("abcd", 3) == "ab…");
  CHECK(fit_width("θθθθ", 3) == "θθ…");
  CHECK(fit_width("日本語", 4) == "日…");
  CHECK(fit_width("ab cd", 4) == "ab…");
  CHECK(fit_width("ab", 0).empty());
  for (std::size_t width = 0; width < 12; ++width)
    CHECK(display_width(fit_width("a日e\u0301bθ\xFFxyz", width)) <= width);
}

TEST_CASE("one line of valid UTF-8 comes out of anything") {
  CHECK(one_line("a\nb\tc\x1b[0m") == "a b c [0m");
  CHECK(one_line("a\xFFz") == "a\uFFFDz");
  CHECK(one_line("θ") == "θ");
  CHECK(one_line("x\u2028y\u0085z") == "x y z");
}
