// The grid decides identities between polynomials: what vanishes, what does not, and where it is first seen.
#include "escapement/theory/polynomial_grid.h"

#include <catch2/catch.hpp>

using escapement::numeric::Exact;
using escapement::theory::GridResult;
using escapement::theory::vanishes_on_grid;
using At = std::span<const Exact>;

TEST_CASE("an identity vanishes on all points of the grid") {
  const GridResult r = vanishes_on_grid(2, 2, [](At at) -> Exact {
    const Exact &x = at[0], &y = at[1];
    return (x + y) * (x + y) - x * x - 2 * x * y - y * y;
  });
  CHECK(r.vanishes);
  CHECK(r.points == 9);
  CHECK(r.value == 0);
  CHECK(r.at.empty());
}

TEST_CASE("one point is enough to see that a polynomial is not zero") {
  // Zero wherever x or y is below 2: only the very last point of the grid sees it.
  const GridResult last = vanishes_on_grid(
      2, 2, [](At at) -> Exact { return at[0] * (at[0] - 1) * at[1] * (at[1] - 1) * Exact(1, 7); });
  CHECK_FALSE(last.vanishes);
  CHECK(last.points == 9);
  CHECK(last.at == "2, 2");
  CHECK(last.value == Exact(4, 7));

  const GridResult first = vanishes_on_grid(3, 5, [](At) -> Exact { return -1; });
  CHECK_FALSE(first.vanishes);
  CHECK(first.points == 1);
  CHECK(first.at == "0, 0, 0");
  CHECK(first.value == -1);
}

TEST_CASE("the grid has degree + 1 values in each variable, no more") {
  // x (x - 1) (x - 2) has degree three: the caller must not promise two.
  const auto cubic = [](At at) -> Exact { return at[0] * (at[0] - 1) * (at[0] - 2); };
  CHECK(vanishes_on_grid(1, 2, cubic).vanishes);
  CHECK_FALSE(vanishes_on_grid(1, 3, cubic).vanishes);
  CHECK(vanishes_on_grid(1, 3, cubic).at == "3");
}

TEST_CASE("no variable, or degree zero: one point") {
  CHECK(vanishes_on_grid(0, 2, [](At at) -> Exact { return at.empty() ? 0 : 1; }).points == 1);
  CHECK_FALSE(vanishes_on_grid(0, 2, [](At) -> Exact { return 1; }).vanishes);
  const GridResult flat = vanishes_on_grid(4, 0, [](At at) -> Exact { return at[3]; });
  CHECK(flat.vanishes);
  CHECK(flat.points == 1);
}
