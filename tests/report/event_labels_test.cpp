#include "escapement/report/event_labels.h"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

using namespace escapement::report;

namespace {

constexpr double kPanel = 600, kCharacter = 5;

std::vector<Flag> flags_of(const std::vector<std::pair<double, std::string>>& marks) {
  std::vector<Event> events;
  std::vector<double> poles;
  for (const auto& [pole, label] : marks) {
    events.push_back({pole, label});
    poles.push_back(pole);
  }
  return place_flags(events, poles, kPanel, kCharacter);
}

// No flag on another, none on a pole that passes it, none outside the panel.
void check_legible(const std::vector<Flag>& flags) {
  for (const Flag& flag : flags) {
    CHECK(flag.from() >= 0);
    CHECK(flag.to() <= kPanel);
    for (const Flag& other : flags) {
      if (&flag == &other) continue;
      if (flag.row == other.row) CHECK((flag.to() < other.from() || other.to() < flag.from()));
      if (other.row > flag.row) CHECK((other.pole <= flag.from() || other.pole >= flag.to()));
    }
  }
}

}  // namespace

TEST_CASE("flags far apart share the lowest row") {
  const auto flags = flags_of({{10, "early"}, {300, "middle"}, {590, "late"}});
  REQUIRE(flags.size() == 3);
  CHECK(rows_of(flags) == 1);
  CHECK_FALSE(flags[0].leftward);
  CHECK(flags[2].leftward);
  check_legible(flags);
}

TEST_CASE("flags close together are stacked") {
  const auto flags = flags_of(
      {{100, "all neurons have escaped"}, {105, "mean norm halved"}, {108, "mean |cos| passes 1/2"}});
  REQUIRE(flags.size() == 3);
  CHECK(rows_of(flags) >= 2);
  for (const Flag& flag : flags) CHECK(flag.text.find("…") == std::string::npos);
  check_legible(flags);
}

TEST_CASE("there are no flags without events, and lines without flags beyond the sixth") {
  CHECK(flags_of({}).empty());
  CHECK(rows_of({}) == 0);
  std::vector<std::pair<double, std::string>> many;
  for (int i = 0; i < 20; ++i) many.emplace_back(30.0 * i, "event");
  CHECK(flags_of(many).size() == kMostFlags);
}

TEST_CASE("flags are legible wherever the events are") {
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> place(0, kPanel);
  std::uniform_int_distribution<std::size_t> number(1, kMostFlags), length(1, 90);
  int placed = 0;
  for (int i = 0; i < 300; ++i) {
    std::vector<double> poles(number(random));
    for (double& pole : poles) pole = place(random);
    std::sort(poles.begin(), poles.end());
    std::vector<std::pair<double, std::string>> marks;
    for (const double pole : poles) marks.emplace_back(pole, std::string(length(random), 'x'));
    const auto flags = flags_of(marks);
    check_legible(flags);
    placed += !flags.empty();
  }
  CHECK(placed > 280);
}
