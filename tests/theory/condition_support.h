// What the tests of Condition 1 share.
#pragma once

#include <catch2/catch.hpp>

#include "escapement/theory/condition.h"

namespace escapement::test {

using numeric::BigInt;
using numeric::Exact;
using theory::Assumption;
using theory::Condition;
using theory::ConditionPoint;
using theory::Truth;

inline Exact exact(const std::string& text) {
  const std::optional<Exact> value = numeric::parse_exact(text);
  REQUIRE(value);
  return *value;
}

inline const Assumption& find(const Condition& c, const std::string& name) {
  for (const Assumption& a : c.assumptions)
    if (a.name == name) return a;
  FAIL("no " + name);
  throw 0;
}

inline Truth holds(const Condition& c, const char* name) { return find(c, name).holds; }
inline bool margin_is_zero(const Condition& c, const char* name) {
  const Assumption& a = find(c, name);
  return a.margin && arb_is_zero(a.margin->raw());
}

// The published run with a data set of max |x_k|^2 = 40.
inline ConditionPoint paper() {
  ConditionPoint point;
  point.eta = Exact(1, 1000);
  point.m = 1000;
  point.n = 200;
  point.theta_squared = 1;
  point.max_input_squared = 40;
  return point;
}

}  // namespace escapement::test
