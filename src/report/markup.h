// Text of unknown origin within HTML, Markdown and LaTeX: it stays text, whatever it holds.
#pragma once

#include <string>
#include <string_view>

namespace escapement::report {

// All of them take any bytes; controls become spaces, bytes that are no UTF-8 and marks that turn the direction of
// writing become U+FFFD.

// For element content and for attributes in either kind of quotes.
std::string html_text(std::string_view text);

// Within one line, a table's cell included. What would be markup is escaped with a backslash.
std::string markdown_text(std::string_view text);

// For pdfTeX: ASCII out. Greek letters, relations and the usual symbols become mathematics, any other character
// \texttt{U+XXXX}.
std::string latex_text(std::string_view text);

// A decimal such as 1.5e-713 as 1.5 times a power of ten; any other text as the functions above.
std::string html_number(const std::string& text);
std::string latex_number(const std::string& text);

// 10^{−7} and w_{i} as an axis label has them, with sup and sub in HTML.
std::string html_enhanced(std::string_view text);

// The text as an anchor: letters, digits and hyphens, never empty; different texts may give the same.
std::string anchor_text(std::string_view text);

}  // namespace escapement::report
