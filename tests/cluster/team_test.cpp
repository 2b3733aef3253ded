#include "escapement/cluster/team.h"

#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "escapement/cluster/alone.h"
#include "escapement/cluster/failed.h"
#include "escapement/cluster/parcel.h"

#include "cluster/support.h"

using namespace escapement::cluster;

namespace {

std::vector<std::string> names(int count) {
  std::vector<std::string> units;
  for (int i = 0; i < count; ++i) units.push_back(std::string("unit:") + std::to_string(i));
  return units;
}

// Every unit is computed once, its result comes to its own position.
void collect(Leader& leader, const std::vector<std::string>& units) {
  std::vector<int> seen(units.size());
  const bool all = leader.each(units, [&](std::size_t position, const std::string& result) {
    ++seen.at(position);
    CHECK(result == units[position] + " done");
  });
  CHECK(all);
  CHECK(seen == std::vector<int>(units.size(), 1));
}

std::string finish_unit(const std::string& unit) {
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return unit + " done";
}

}  // namespace

TEST_CASE("units over ranks and slots: each once, to its position, again and again") {
  for (const int size : {1, 2, 5}) {
    Post post(size);
    std::vector<std::thread> others;
    std::atomic<int> elsewhere{0};
    for (int r = 1; r < size; ++r)
      others.emplace_back([&post, &elsewhere, r] {
        InMemory transport(post, r);
        Hands hands;
        hands.slots = static_cast<unsigned>(r);
        hands.compute = [&](const std::string& unit) {
          ++elsewhere;
          return finish_unit(unit);
        };
        serve(transport, hands);
        say_farewell(transport, 0, "");
      });
    InMemory transport(post, 0);
    Hands hands;
    hands.slots = 2;
    hands.compute = finish_unit;
    {
      Leader leader(transport, hands, {});
      for (const int count : {40, 0, 1, 60}) collect(leader, names(count));
    }
    CHECK(dismiss(transport, 60));
    CHECK(transport.parted);
    for (std::thread& t : others) t.join();
    CHECK((elsewhere > 0) == (size > 1));
  }
}

TEST_CASE("a unit that fails ends the run with its line: here, and on another rank") {
  const auto fails = [](const std::string& unit) -> std::string {
    if (unit == "unit:7") throw Failed(2, "a full disk");
    return finish_unit(unit);
  };
  Alone alone;
  Hands hands;
  hands.compute = fails;
  Leader here(alone, hands, {});
  CHECK_THROWS_WITH(here.each(names(20), [](std::size_t, const std::string&) {}), "a full disk");

  Post post(2);
  std::thread other([&post, &fails] {
    InMemory transport(post, 1);
    Hands theirs;
    theirs.compute = fails;
    serve(transport, theirs);
    say_farewell(transport, 0, "");
  });
  InMemory transport(post, 0);
  hands.compute = [](const std::string& unit) {  // slow here: unit 7 goes to the other
    std::this_thread::sleep_for(std::chrono::milliseconds(unit == "unit:0" ? 400 : 1));
    return unit;
  };
  {
    Leader leader(transport, hands, {});
    try {
      leader.each(names(20), [](std::size_t, const std::string&) {});
      CHECK(false);
    } catch (const Failed& e) {
      CHECK(e.code() == 2);
      CHECK(std::string(e.what()) == "a full disk (rank 1)");
    }
  }
  CHECK(dismiss(transport, 60));
  other.join();
}

TEST_CASE("a rank that could not begin, and one that says nothing, end the run") {
  Post post(2);
  InMemory transport(post, 0), other(post, 1);
  Hands hands;
  hands.compute = [](const std::string& unit) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    return unit;
  };
  hands.silence_seconds = 0.5;
  {
    Leader leader(transport, hands, {});
    CHECK_THROWS_WITH(leader.each(names(1000), [](std::size_t, const std::string&) {}),
                      Catch::Contains("rank 1 was not heard from"));
  }
  CHECK_FALSE(dismiss(transport, 0.05));
  CHECK_FALSE(transport.parted);
  say_farewell(other, 2, "no such file");
  Leader leader(transport, hands, {});
  CHECK_THROWS_WITH(leader.each(names(1000), [](std::size_t, const std::string&) {}),
                    "no such file (rank 1)");
}

TEST_CASE("an interruption: alone what was begun is accepted, with others nobody is waited for") {
  for (const int size : {1, 2}) {
    Post post(size);
    InMemory transport(post, 0);
    std::atomic<bool> asked{false};
    Hands hands;
    hands.interrupted = [&] { return asked.load(); };
    hands.compute = [&](const std::string& unit) {
      asked = true;
      return unit;
    };
    int accepted = 0;
    Leader leader(transport, hands, {});
    CHECK_FALSE(leader.each(names(3), [&](std::size_t, const std::string&) { ++accepted; }));
    CHECK(accepted <= 1);
    if (size == 1) CHECK(accepted == 1);
  }
}

TEST_CASE("rank 0 ends first: a rank that is computing is asked to stop") {
  Post post(2);
  std::atomic<bool> asked{false}, begun{false};
  std::thread other([&] {
    InMemory transport(post, 1);
    Hands hands;
    hands.stop = [&] { asked = true; };
    hands.compute = [&](const std::string& unit) {
      begun = true;
      while (!asked) std::this_thread::yield();
      return unit;
    };
    serve(transport, hands);
    say_farewell(transport, 0, "");
  });
  InMemory transport(post, 0);
  transport.send(1, Kind::unit, pack({"0", "unit"}));
  while (!begun) std::this_thread::yield();
  CHECK(dismiss(transport, 60));
  other.join();
  CHECK(asked);
}

TEST_CASE("the pulses of all ranks are watched") {
  Post post(2);
  std::thread other([&post] {
    InMemory transport(post, 1);
    Hands hands;
    hands.compute = finish_unit;
    hands.pulse = [] { return Pulse{41, "a note: 3 of 5"}; };
    serve(transport, hands);
    say_farewell(transport, 0, "");
  });
  InMemory transport(post, 0);
  std::atomic<bool> both{false};
  Hands hands;
  hands.pulse = [] { return Pulse{1, ""}; };
  hands.compute = [&](const std::string& unit) {
    while (!both) std::this_thread::yield();
    return unit;
  };
  {
    Leader leader(transport, hands, [&](const std::vector<Pulse>& pulses) {
      REQUIRE(pulses.size() == 2);
      if (pulses[0].work == 1 && pulses[1].work == 41 && pulses[1].note == "a note: 3 of 5") both = true;
    });
    CHECK(leader.each(names(1), [](std::size_t, const std::string&) {}));
  }
  CHECK(dismiss(transport, 60));
  other.join();
}

TEST_CASE("parcels hold anything") {
  const std::vector<std::string> parts{"", "a:b", "12:", std::string("\0\n", 2), std::string(1000, ':')};
  CHECK(unpack(pack(parts)) == parts);
  CHECK(unpack(pack({})).empty());
}
