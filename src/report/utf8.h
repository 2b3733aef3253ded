// UTF-8 as a terminal shows it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace escapement::report {

// Columns of a terminal that the text takes: combining marks none, wide characters (East Asian, emoji) two, a byte that
// is no UTF-8 one.
std::size_t display_width(std::string_view text);

// The longest beginning that fits `width` columns, its end replaced by an ellipsis where something was cut.
std::string fit_width(std::string_view text, std::size_t width);

// Control characters and line breaks become spaces; bytes that are no UTF-8 become U+FFFD.
std::string one_line(std::string_view text);

}  // namespace escapement::report
