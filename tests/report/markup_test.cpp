#include "escapement/report/markup.h"

#include <catch2/catch.hpp>

using namespace escapement::report;

TEST_CASE("HTML text cannot be markup, nor turn the direction of writing") {
  CHECK(html_text("<b a='1' c=\"2\">&amp;") == "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;amp;");
  CHECK(html_text("a\nb\x1b") == "a b ");
  CHECK(html_text("x\u202Ey\u2066z\u200Fw") == "x\uFFFDy\uFFFDz\uFFFDw");
  CHECK(html_text("θ \xFF") == "θ \uFFFD");
}

TEST_CASE("Markdown text stays in its cell") {
  CHECK(markdown_text("a|b\n`c` *d* _e_ [f](g) <h> \\ $i$") ==
        "a\\|b \\`c\\` \\*d\\* \\_e\\_ \\[f\\](g) \\<h\\> \\\\ \\$i\\$");
}

TEST_CASE("LaTeX text is ASCII without commands of its own") {
  CHECK(latex_text("a_b^2 & 50% #1 $x$ {y} ~") ==
        "a\\_b\\textasciicircum{}2 \\& 50\\% \\#1 \\$x\\$ \\{y\\} \\textasciitilde{}");
  CHECK(latex_text("\\input{x}") == "\\textbackslash{}input\\{x\\}");
  CHECK(latex_text("[2pt] a--b") == "{[}2pt{]} a-{}-b");
  CHECK(latex_text("‖θ‖ ≤ ρ") == "$\\|$$\\theta$$\\|$ $\\le$ $\\rho$");
  CHECK(latex_text("日\u202E") == "\\texttt{U+65E5}\\texttt{U+202E}");
}

TEST_CASE("decimals become powers of ten, other texts do not") {
  CHECK(html_number("1.5e-713") == "1.5×10<sup>−713</sup>");
  CHECK(html_number("-1.5e+20") == "−1.5×10<sup>20</sup>");
  CHECK(html_number("1e-90") == "10<sup>−90</sup>");
  CHECK(html_number("-0.25") == "−0.25");
  CHECK(html_number("-x<") == "-x&lt;");
  CHECK(html_number("1e<b>") == "1e&lt;b&gt;");
  CHECK(html_number("e5") == "e5");
  CHECK(latex_number("1.5e-713") == "$1.5\\times10^{-713}$");
  CHECK(latex_number("1e-90") == "$10^{-90}$");
  CHECK(latex_number("-0.25") == "$-0.25$");
  CHECK(latex_number("exponent <= 0") == "exponent $<$= 0");
}

TEST_CASE("enhanced labels and anchors") {
  CHECK(html_enhanced("w_{i}, 10^{−7} <b>^") == "w<sub>i</sub>, 10<sup>−7</sup> &lt;b&gt;^");
  CHECK(html_enhanced("") == "");
  CHECK(anchor_text("lemma-4.3 1a") == "lemma-4-3-1a");
  CHECK(anchor_text("\"><script>") == "script");
  CHECK(anchor_text("θ") == "section");
}
