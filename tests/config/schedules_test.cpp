#include "escapement/config/schedules.h"

#include <cmath>
#include <set>
#include <string>

#include <catch2/catch.hpp>

using escapement::config::kStepLimit;
using escapement::config::NoiseSchedule;
using escapement::config::StepSchedule;

TEST_CASE("noise schedules") {
  const NoiseSchedule on = NoiseSchedule::parse("on").value(), off = NoiseSchedule::parse("off").value();
  for (const std::uint64_t t : {std::uint64_t{0}, std::uint64_t{1}, kStepLimit - 1}) {
    CHECK(on.active(t));
    CHECK_FALSE(off.active(t));
  }
  CHECK_FALSE(on.periodic());
  CHECK_FALSE(off.periodic());
  const NoiseSchedule periodic = NoiseSchedule::parse("periodic:3:2").value();
  std::string pattern;
  for (std::uint64_t t = 0; t < 12; ++t) pattern += periodic.active(t) ? '1' : '0';
  CHECK(pattern == "111001110011");
  CHECK(periodic.periodic());
  CHECK(NoiseSchedule{} == on);
  for (const char* text : {"on", "off", "periodic:1:1", "periodic:5000:281474976710655"})
    CHECK(NoiseSchedule::parse(text).value().text() == text);
  CHECK(NoiseSchedule::parse("periodic:5e3:2^12").value().text() == "periodic:5000:4096");
  for (const char* text :
       {"", "ON", "periodic", "periodic:", "periodic:3", "periodic:0:5", "periodic:5:0", "periodic:1:2:3",
        "periodic:-1:2", "periodic:1.5:2", "periodic:1:281474976710656", " on"}) {
    INFO(text);
    CHECK_FALSE(NoiseSchedule::parse(text));
  }
}

namespace {

// Walks a schedule by next_after and checks it against contains and count_through, below `end`.
void check_walk(const StepSchedule& schedule, std::uint64_t end) {
  std::set<std::uint64_t> walked;
  if (schedule.contains(0)) walked.insert(0);
  for (auto t = schedule.next_after(0); t && *t < end; t = schedule.next_after(*t))
    REQUIRE(walked.insert(*t).second);
  std::uint64_t count = 0;
  for (std::uint64_t t = 0; t < end; ++t) {
    REQUIRE(schedule.contains(t) == (walked.count(t) == 1));
    count += walked.count(t);
    REQUIRE(schedule.count_through(t) == count);
  }
}

}  // namespace

TEST_CASE("the ways to ask a step schedule agree") {
  for (const char* text : {"none", "every:1", "every:7", "every:5000", "log:1", "log:3", "log:10", "log:100",
                           "at:[0]", "at:[5]", "at:[1,2,3,1999,70000]"}) {
    INFO(text);
    check_walk(StepSchedule::parse(text).value(), 2500);
  }
}

TEST_CASE("an empty schedule has no steps") {
  CHECK(StepSchedule{}.none());
  CHECK(StepSchedule{}.text() == "none");
  CHECK(StepSchedule::at({}).none());
  CHECK_FALSE(StepSchedule{}.next_after(0));
  CHECK_FALSE(StepSchedule::every(3).none());
}

TEST_CASE("logarithmic steps are 0 and the powers of 10^(1/K) to the nearest integer") {
  const StepSchedule five = StepSchedule::log(5);
  std::string text = "0";
  for (auto t = five.next_after(0); t && *t <= 1000; t = five.next_after(*t))
    text += "," + std::to_string(*t);
  CHECK(text == "0,1,2,3,4,6,10,16,25,40,63,100,158,251,398,631,1000");
  for (const std::uint64_t per_decade : {1u, 2u, 7u, 20u, 100u}) {
    const StepSchedule schedule = StepSchedule::log(per_decade);
    for (std::uint64_t t = 1; t < kStepLimit / 10; t *= 10) REQUIRE(schedule.contains(t));
    for (std::uint64_t k = 0; k < 14 * per_decade; ++k) {
      const long double power =
          std::pow(10.0L, static_cast<long double>(k) / static_cast<long double>(per_decade));
      REQUIRE(schedule.contains(static_cast<std::uint64_t>(std::llround(power))));
    }
    REQUIRE(schedule.count_through(kStepLimit) <= 1 + 15 * per_decade);
    REQUIRE_FALSE(schedule.next_after(kStepLimit - 1));
  }
}

TEST_CASE("schedules end below the limit of steps") {
  CHECK(StepSchedule::every(kStepLimit - 1).next_after(0) == kStepLimit - 1);
  CHECK_FALSE(StepSchedule::every(kStepLimit - 1).next_after(kStepLimit - 1));
  CHECK_FALSE(StepSchedule::every(3).next_after(std::numeric_limits<std::uint64_t>::max()));
}

TEST_CASE("listed steps are sorted and taken once") {
  CHECK(StepSchedule::parse("at:[30, 1e1,2^4 ,10,0]").value().text() == "at:[0,10,16,30]");
  CHECK(StepSchedule::at({3, 1, 3}).text() == "at:[1,3]");
}

TEST_CASE("texts that are no step schedule") {
  for (const char* text : {"",
                           "every",
                           "every:",
                           "every:0",
                           "every:-5",
                           "every:1.5",
                           "every:abc",
                           "every:281474976710656",
                           "log:0",
                           "log:101",
                           "log",
                           "at:",
                           "at:[]",
                           "at:[1",
                           "at:1,2",
                           "at:[1,,2]",
                           "at:[1,2]x",
                           "at:[-1]",
                           "at:[0.5]",
                           "at:[[1]]",
                           "at:[281474976710656]",
                           "None",
                           "none ",
                           "1000"}) {
    INFO(text);
    CHECK_FALSE(StepSchedule::parse(text));
  }
}

TEST_CASE("step schedules print what they parse") {
  for (const char* text : {"none", "every:1000", "log:12", "at:[0,1,2,50000]"})
    CHECK(StepSchedule::parse(text).value().text() == text);
  CHECK(StepSchedule::every(4) == StepSchedule::parse("every:2^2"));
  CHECK_FALSE(StepSchedule::every(4) == StepSchedule::every(5));
}
