#include "escapement/numeric/packed.h"

#include <vector>

#include <catch2/catch.hpp>

#include "support/effort.h"
#include "support/exact_of.h"

using namespace escapement::numeric;
using escapement::test::Dice;
using escapement::test::exact_of;
using escapement::test::know;
using escapement::test::Known;
using escapement::test::magnitude;
using escapement::test::power_of_two;
using escapement::test::unit_roundoff;

namespace {

// A sum of products in exact arithmetic, with what its rounding is measured by.
struct Sum {
  Exact value = 0, largest = 0;
  long terms = 0;
  void add(const Exact& term) {
    value += term;
    largest = std::max(largest, magnitude(term));
    ++terms;
  }
};

// Ball contains the value. Mp and double: two roundings a term at most, none above terms * largest.
template <class T>
void require_near(const T& result, const Sum& sum) {
  if constexpr (std::is_same_v<T, Ball>) {
    REQUIRE(result.contains(sum.value));
  } else {
    const Exact n = sum.terms;
    const Exact allowed =
        2 * (n + 1) * (std::is_same_v<T, double> ? n : Exact(1)) * unit_roundoff<T>() * sum.largest;
    REQUIRE(magnitude(exact_of(result) - sum.value) <= allowed);
  }
}

template <class T>
struct KnownVector {
  Vector<T> value;
  std::vector<Exact> point;
};

template <class T>
KnownVector<T> vector(std::size_t n, Dice& dice, long spread = 12) {
  KnownVector<T> v{Vector<T>(n), std::vector<Exact>(n)};
  for (std::size_t i = 0; i < n; ++i) {
    const Known<T> x = know<T>(dice.number(spread), dice);
    v.value.set(i, x.value);
    v.point[i] = x.point;
  }
  return v;
}

template <class T>
struct KnownRows {
  Rows<T> value;
  std::vector<std::vector<Exact>> point;
};

template <class T>
KnownRows<T> rows(std::size_t k, std::size_t d, Dice& dice) {
  KnownRows<T> z{Rows<T>(k, d), {}};
  for (std::size_t i = 0; i < k; ++i) {
    const KnownVector<T> row = vector<T>(d + 1, dice);
    for (std::size_t j = 0; j <= d; ++j) z.value.set(i, j, row.value.get(j));
    z.point.push_back(row.point);
  }
  return z;
}

template <class T>
struct KnownSymmetric {
  Symmetric<T> value;
  std::vector<std::vector<Exact>> point;
};

template <class T>
KnownSymmetric<T> symmetric(std::size_t d, Dice& dice) {
  KnownSymmetric<T> a{Symmetric<T>(d), std::vector(d, std::vector<Exact>(d))};
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      const Known<T> x = know<T>(dice.number(12), dice);
      a.value.set(i, j, x.value);
      a.point[i][j] = a.point[j][i] = x.point;
    }
  return a;
}

// The second half nearly undoes the first: the sum is far below its terms.
template <class T>
void make_cancel(KnownVector<T>& x, KnownVector<T>& y, Dice& dice) {
  const std::size_t half = x.point.size() / 2;
  for (std::size_t i = 0; i < half; ++i) {
    x.value.set(half + i, x.value.get(i));
    x.point[half + i] = x.point[i];
    const Exact near = -y.point[i] * (1 + power_of_two(-dice.between(20, 500)));
    const Known<T> other = know<T>(near, dice);
    y.value.set(half + i, other.value);
    y.point[half + i] = other.point;
  }
}

// Cases at random sizes and precisions; doubles ignore the precision.
template <class F>
void for_cases(std::uint64_t seed, F body) {
  Dice dice(seed);
  for (int i = 0; i < escapement::test::scaled(60); ++i) {
    const long bits = dice.between(kMinBits, dice.below(2) == 0 ? 70 : 600);
    const auto d = static_cast<std::size_t>(dice.between(1, 11)),
               k = static_cast<std::size_t>(dice.between(1, 19));
    INFO("case " << i << " bits " << bits << " d " << d << " rows " << k);
    const WorkingPrecision precision(bits);
    body(dice, d, k);
  }
}

}  // namespace

TEMPLATE_TEST_CASE("inner products of vectors", "", double, Mp, Ball) {
  using T = TestType;
  for_cases(1, [](Dice& dice, std::size_t d, std::size_t k) {
    auto x = vector<T>(d * k, dice), y = vector<T>(d * k, dice);
    if (dice.below(2) == 0) make_cancel(x, y, dice);
    Sum sum, square;
    for (std::size_t i = 0; i < d * k; ++i) sum.add(x.point[i] * y.point[i]);
    for (std::size_t i = 0; i < d * k; ++i) square.add(x.point[i] * x.point[i]);
    require_near(dot(x.value, y.value), sum);
    require_near(dot(x.value, x.value), square);  // aliased
    REQUIRE(identical(x.value, x.value));
    const Vector<T> copy = x.value;
    x.value.set(0, x.value.get(0) + from_int<T>(1'000'000));
    REQUIRE_FALSE(identical(x.value, copy));
  });
}

TEMPLATE_TEST_CASE("scaling and adding vectors", "", double, Mp, Ball) {
  using T = TestType;
  for_cases(2, [](Dice& dice, std::size_t d, std::size_t) {
    const auto x = vector<T>(d, dice);
    auto y = vector<T>(d, dice);
    const Known<T> c = know<T>(dice.number(5), dice);
    Vector<T> added = y.value, scaled = y.value, twice = y.value;
    add_scaled(added, c.value, x.value);
    scale(scaled, c.value);
    add_scaled(twice, c.value, twice);  // aliased
    for (std::size_t i = 0; i < d; ++i) {
      Sum sum, product, self;
      sum.add(y.point[i]);
      sum.add(c.point * x.point[i]);
      product.add(c.point * y.point[i]);
      self.add(y.point[i]);
      self.add(c.point * y.point[i]);
      require_near(added.get(i), sum);
      require_near(scaled.get(i), product);
      require_near(twice.get(i), self);
    }
  });
}

TEMPLATE_TEST_CASE("symmetric matrices", "", double, Mp, Ball) {
  using T = TestType;
  for_cases(3, [](Dice& dice, std::size_t d, std::size_t) {
    auto a = symmetric<T>(d, dice);
    const auto x = vector<T>(d, dice), h = vector<T>(d, dice);
    Vector<T> out(d);
    multiply(a.value, x.value, out);
    Sum diagonal;
    for (std::size_t i = 0; i < d; ++i) {
      Sum sum;
      for (std::size_t j = 0; j < d; ++j) sum.add(a.point[i][j] * x.point[j]);
      require_near(out.get(i), sum);
      diagonal.add(a.point[i][i]);
    }
    require_near(trace(a.value), diagonal);
    Symmetric<T> moved = a.value, aliased = a.value;
    add_rank_two(moved, x.value, h.value);
    add_rank_two(aliased, x.value, x.value);
    for (std::size_t i = 0; i < d; ++i)
      for (std::size_t j = 0; j < d; ++j) {
        Sum sum, twice;
        for (Sum* s : {&sum, &twice}) s->add(a.point[i][j]);
        sum.add(x.point[i] * h.point[j]);
        sum.add(h.point[i] * x.point[j]);
        for (int copy = 0; copy < 2; ++copy) twice.add(x.point[i] * x.point[j]);
        require_near(moved.get(i, j), sum);
        require_near(aliased.get(i, j), twice);
      }
  });
}

TEMPLATE_TEST_CASE("rows acted on from the right", "", double, Mp, Ball) {
  using T = TestType;
  for_cases(4, [](Dice& dice, std::size_t d, std::size_t k) {
    const auto z = rows<T>(k, d, dice), z0 = rows<T>(k, d, dice);
    const auto q = vector<T>(d, dice), column = vector<T>(k, dice);
    Vector<T> product(k), theta(d), distance(k), none(k), second(k);
    first_layer_times(z.value, q.value, product);
    transposed_times_second(z.value, theta);
    first_layer_distances(z.value, z0.value, distance);
    first_layer_distances(z.value, z.value, none);  // aliased
    Rows<T> moved = z.value;
    subtract_outer(moved, column.value, q.value);
    set_second(moved, column.value);
    get_second(moved, second);
    for (std::size_t i = 0; i < k; ++i) {
      Sum inner, squares;
      for (std::size_t j = 0; j < d; ++j) {
        inner.add(z.point[i][j] * q.point[j]);
        // (u - v)^2 through a rounded difference: three terms by which its error is measured
        squares.add(z.point[i][j] * z.point[i][j] + z0.point[i][j] * z0.point[i][j]);
        squares.add(-2 * z.point[i][j] * z0.point[i][j]);
        Sum entry;
        entry.add(z.point[i][j]);
        entry.add(-column.point[i] * q.point[j]);
        require_near(moved.get(i, j), entry);
      }
      require_near(product.get(i), inner);
      require_near(distance.get(i), squares);
      Sum zero;
      zero.add(0);
      require_near(none.get(i), zero);
      Sum same;
      same.add(column.point[i]);
      require_near(moved.get(i, d), same);
      require_near(second.get(i), same);
    }
    for (std::size_t j = 0; j < d; ++j) {
      Sum sum;
      for (std::size_t i = 0; i < k; ++i) sum.add(z.point[i][j] * z.point[i][d]);
      require_near(theta.get(j), sum);
    }
  });
}

TEMPLATE_TEST_CASE("Gram matrix and lift", "", double, Mp, Ball) {
  using T = TestType;
  for_cases(5, [](Dice& dice, std::size_t d, std::size_t k) {
    const auto z = rows<T>(k, d, dice), p = rows<T>(d + 1, d, dice);
    auto gram = symmetric<T>(d + 1, dice);
    Symmetric<T> sums = gram.value;
    add_gram(z.value, sums);
    Rows<T> lifted(k, d), same(k, d);
    lift(z.value, p.value, lifted);
    lift(z.value, Rows<T>::identity(d), same);
    for (std::size_t i = 0; i <= d; ++i)
      for (std::size_t j = 0; j <= d; ++j) {
        Sum sum;
        sum.add(gram.point[i][j]);
        for (std::size_t r = 0; r < k; ++r) sum.add(z.point[r][i] * z.point[r][j]);
        require_near(sums.get(i, j), sum);
      }
    for (std::size_t i = 0; i < k; ++i)
      for (std::size_t j = 0; j <= d; ++j) {
        Sum sum, one;
        for (std::size_t r = 0; r <= d; ++r) sum.add(z.point[i][r] * p.point[r][j]);
        one.add(z.point[i][j]);
        require_near(lifted.get(i, j), sum);
        require_near(same.get(i, j), one);
      }
  });
}
