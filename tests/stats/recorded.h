// Values computed by tests/oracles/stats_mpmath.py, and numbers written as exact texts.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "escapement/numeric/ball.h"

namespace escapement::test {

inline nlohmann::json recorded(const std::string& table) {
  const std::filesystem::path data = ESCAPEMENT_TEST_DATA;
  std::ifstream in(data.parent_path() / "oracles" / "recorded" / "stats-mpmath.json");
  REQUIRE(in);
  const nlohmann::json rows = nlohmann::json::parse(in).at(table);
  REQUIRE(!rows.empty());
  return rows;
}

// To the nearest double; also hexadecimal.
inline double number(const nlohmann::json& text) {
  return std::strtod(text.get<std::string>().c_str(), nullptr);
}

inline numeric::Exact exact(const std::string& text) {
  const auto value = numeric::parse_exact(text);
  REQUIRE(value);
  return *value;
}

inline numeric::Ball ball(const std::string& text) { return numeric::Ball::from(exact(text)); }

// Whether the enclosure and a decimal of 30 correct digits share a point, and the enclosure is no wider than 10^-digits
// of the decimal.
inline void check_encloses(const numeric::Ball& ours, const std::string& decimal, int digits) {
  INFO("ours " << ours.mid_string(30) << " +/- " << ours.radius_string() << ", oracle " << decimal);
  const numeric::Exact value = exact(decimal);
  const numeric::Exact slack = abs(value) / exact("1e29");
  numeric::Ball wide = ours;
  arb_add_error(wide.raw(), numeric::Ball::from(slack).upper().raw());
  CHECK(wide.contains(value));
  const numeric::Ball limit =
      numeric::Ball::from(numeric::Exact(abs(value) / exact("1e" + std::to_string(digits))));
  CHECK(arb_le(ours.radius().raw(), limit.raw()) != 0);
}

}  // namespace escapement::test
