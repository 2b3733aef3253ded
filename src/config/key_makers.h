// Rows of the table of keys for the common types of values: a member of Config with its names or its range. What is
// printed as expected is made from the same names and limits that parsing uses.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "escapement/config/keys.h"
#include "escapement/config/scan.h"

namespace escapement::config {

// The first of two names of one value is the canonical one.
template <class E>
struct Named {
  std::string_view name;
  E value;
};

template <auto Member, const auto& Names>
Key choice_key(std::string name, std::string doc) {
  std::string expected = "one of";
  for (std::size_t i = 0; i < Names.size(); ++i) {
    expected += i == 0 ? " " : ", ";
    expected += Names[i].name;
  }
  const auto parse = [](std::string_view text, Config& config) {
    for (const auto& known : Names) {
      if (known.name != text) continue;
      config.*Member = known.value;
      return true;
    }
    return false;
  };
  const auto print = [](const Config& config) -> std::string {
    for (const auto& known : Names)
      if (known.value == config.*Member) return std::string(known.name);
    return {};
  };
  return {std::move(name), std::move(doc), std::move(expected), KeyKind::other, parse, print};
}

template <auto Member, std::uint64_t Least, std::uint64_t Most>
Key integer_key(std::string name, std::string doc) {
  const auto parse = [](std::string_view text, Config& config) {
    const std::optional<std::uint64_t> value = scan_integer(text, Least, Most);
    if (value) config.*Member = static_cast<std::remove_reference_t<decltype(config.*Member)>>(*value);
    return value.has_value();
  };
  const auto print = [](const Config& config) { return std::to_string(config.*Member); };
  return {std::move(name),  std::move(doc), fmt::format("an integer from {} to {}", Least, Most),
          KeyKind::integer, parse,          print};
}

template <auto Member, bool ZeroAllowed>
Key real_key(std::string name, std::string doc) {
  const auto parse = [](std::string_view text, Config& config) {
    std::optional<Exact> value = numeric::parse_exact(text);
    if (!value || *value < 0 || (*value == 0 && !ZeroAllowed)) return false;
    config.*Member = std::move(*value);
    return true;
  };
  const auto print = [](const Config& config) { return numeric::to_string(config.*Member); };
  return {std::move(name), std::move(doc), ZeroAllowed ? "a number >= 0" : "a positive number",
          KeyKind::real,   parse,          print};
}

// For members that read and write themselves.
template <auto Member>
Key schedule_key(std::string name, std::string doc, std::string expected) {
  const auto parse = [](std::string_view text, Config& config) {
    auto value = std::remove_reference_t<decltype(config.*Member)>::parse(text);
    if (!value) return false;
    config.*Member = std::move(*value);
    return true;
  };
  const auto print = [](const Config& config) { return (config.*Member).text(); };
  return {std::move(name), std::move(doc), std::move(expected), KeyKind::other, parse, print};
}

}  // namespace escapement::config
