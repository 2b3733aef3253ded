// Values with a grammar of their own: text to value (false, and config untouched: not of the grammar) and back.
#pragma once

#include <string>
#include <string_view>

#include "escapement/config/config.h"

namespace escapement::config {

bool parse_width(std::string_view text, Config& config);  // an integer >= 1 of any length
std::string print_width(const Config& config);

bool parse_samples(std::string_view text, Config& config);  // N | fresh | population
std::string print_samples(const Config& config);

bool parse_batch(std::string_view text, Config& config);  // B | full
std::string print_batch(const Config& config);

bool parse_amplitude(std::string_view text, Config& config);  // auto | number > 0
std::string print_amplitude(const Config& config);

bool parse_init(std::string_view text, Config& config);  // ntk[:FACTOR] | balanced[:FACTOR] | chain
std::string print_init(const Config& config);

// double | [mpfr:]BITS | certified[:BITS] | auto
bool parse_precision(std::string_view text, Config& config);
std::string print_precision(const Config& config);

}  // namespace escapement::config
