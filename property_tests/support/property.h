// RapidCheck laws as Catch2 test cases:
//
//   ESCAPEMENT_PROPERTY("a law in words", share, [] { const auto x = *generator(); RC_ASSERT(...); });
//
// `share` multiplies the number of cases (100 times ESCAPEMENT_EFFORT, see tests/support/catch_main.cpp), for laws that
// take long. rc::prop gives RapidCheck no id: then no reproduce string is printed, and a run with RC_PARAMS=reproduce=...
// passes without a case. Here the name is the id, and a law of which no case ran has failed.
#pragma once

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string>
#include <utility>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

namespace escapement::test {

// Laws do not all see the same random numbers: the seed is mixed with the name (FNV-1a).
inline std::uint64_t mixed_seed(std::uint64_t seed, const std::string& id) {
  std::uint64_t hash = 0xcbf29ce484222325ULL ^ seed;
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

template <class Testable>
void check_property(const std::string& id, double share, Testable&& testable) {
  const rc::detail::Configuration& configuration = rc::detail::configuration();
  if (!configuration.reproduce.empty() && configuration.reproduce.count(id) == 0)
    FAIL("not among the properties that RC_PARAMS reproduces: no case ran");

  rc::detail::TestParams params = configuration.testParams;
  params.seed = mixed_seed(params.seed, id);
  params.maxSuccess = std::max(1, static_cast<int>(params.maxSuccess * share));
  const rc::detail::TestMetadata metadata{id, id};
  const auto result = rc::detail::checkTestable(std::forward<Testable>(testable), metadata, params);

  std::ostringstream message;
  printResultMessage(result, message);
  INFO(message.str());
  if (!result.template is<rc::detail::SuccessResult>()) FAIL("the law fails, or could not be tested");
  CHECK(result.template get<rc::detail::SuccessResult>().numSuccess > 0);
}

}  // namespace escapement::test

#define ESCAPEMENT_PROPERTY(id, share, ...) \
  TEST_CASE(id) { ::escapement::test::check_property(id, share, __VA_ARGS__); }
