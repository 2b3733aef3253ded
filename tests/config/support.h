// Shorthands of the tests of this room.
#pragma once

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/config/load.h"

namespace escapement::config::test {

inline Config with_sets(std::vector<std::string> sets) {
  Request request;
  request.sets = std::move(sets);
  return load(request);
}

// The message of the InputError that `run` throws; fails the test where it throws none.
template <class Run>
std::string message_of(Run run) {
  try {
    run();
  } catch (const InputError& error) {
    const std::string message = error.what();
    CHECK(message.find('\n') == std::string::npos);
    return message;
  }
  FAIL("no InputError");
  return {};
}

}  // namespace escapement::config::test
