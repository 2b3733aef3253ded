// S(t) = P(t)^T S(0) P(t), the width-free state's claim: the Gram matrix of its few rows R, that of the m neurons as the
// paper moves them, and the one that P makes of the start's are the same matrix.
#include <fmt/format.h>

#include "escapement/numeric/precision.h"
#include "escapement/reduction/width_free_state.h"

#include "../support/dice.h"
#include "../support/property.h"
#include "by_hand.h"

namespace escapement::test {

namespace {

constexpr int kRoundings = 16;  // as in agreement_test.cpp

// Entries of a matrix by name, so that two can be held against each other.
std::vector<Entry> named(const Table& matrix) {
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < matrix.size(); ++i)
    for (std::size_t j = 0; j < matrix[i].size(); ++j)
      entries.push_back({fmt::format("S[{}][{}]", i, j), matrix[i][j]});
  return entries;
}

// A^T A of rows [k x (d+1)].
Table gram(const Table& rows) {
  const std::size_t size = rows.at(0).size();
  Table s(size, Numbers(size));
  for (const Numbers& row : rows)
    for (std::size_t i = 0; i < size; ++i)
      for (std::size_t j = 0; j < size; ++j) s[i][j] += row[i] * row[j];
  return s;
}

// P^T S P.
Table conjugated(const Table& s, const Table& p) {
  const std::size_t size = s.size();
  Table half(size, Numbers(size)), result = half;
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < size; ++j)
      for (std::size_t k = 0; k < size; ++k) half[i][j] += s[i][k] * p[k][j];
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < size; ++j)
      for (std::size_t k = 0; k < size; ++k) result[i][j] += p[k][i] * half[k][j];
  return result;
}

template <class T>
Table table_of(const numeric::Rows<T>& rows) {
  Table result(rows.rows(), Numbers(rows.d() + 1));
  for (std::size_t i = 0; i < rows.rows(); ++i)
    for (std::size_t j = 0; j <= rows.d(); ++j) result[i][j] = numeric::to_ball(rows.get(i, j));
  return result;
}

Table neurons(const ByHand& walk) {
  Table z = walk.first_layer();
  for (std::size_t i = 0; i < z.size(); ++i) z[i].push_back(walk.second_layer()[i]);
  return z;
}

// The whole run in T: R and P at its end. Empty where it stopped before.
struct Reduced {
  Table factor, product;
};
template <class T>
std::optional<Reduced> reduced(const InstanceSpec& spec, const std::string& precision) {
  const model::Instance instance =
      make_instance(spec, {{"precision", precision}, {"state", "width-free"}, {"record", "none"}});
  const numeric::WorkingPrecision working(instance.config.precision.bits);
  engine::Simulation<T> simulation(instance, {true});
  observe::Trajectory trajectory;
  simulation.run(trajectory, {});
  if (trajectory.outcome != observe::Outcome::completed) return std::nullopt;
  const auto& state = dynamic_cast<const reduction::WidthFreeState<T>&>(simulation.state());
  return Reduced{table_of(state.factor()), table_of(state.product())};
}

template <class T>
void expect_close(const InstanceSpec& spec, const std::string& precision, long bits) {
  const numeric::WorkingPrecision guard(bits + 300);
  const std::optional<Reduced> end = reduced<T>(spec, precision);
  const std::optional<Reduced> enclosed = reduced<Ball>(spec, fmt::format("certified:{}", bits));
  RC_PRE(end && enclosed);
  const ByHand start(spec), walk = walked(spec);
  const std::vector<Entry> exact = named(gram(neurons(walk)));
  RC_PRE(largest_radius(exact).is_finite());

  // Running errors, as those of a trajectory: the enclosures' radii and a rounding of the largest sum.
  const std::vector<Entry> one = named(gram(enclosed->factor)),
                           other = named(conjugated(gram(neurons(start)), enclosed->product));
  Ball size;
  for (const Table& z : {neurons(start), neurons(walk)})
    for (const Numbers& row : z) size += inner(row, row);
  const Ball error = largest_radius(one) + largest_radius(other) +
                     size.upper() * Ball::from(power_of_two(static_cast<int>(-bits)));
  RC_PRE(error.is_finite());
  ESCAPEMENT_EXPECT_NONE(first_beyond(named(gram(end->factor)), exact, error * Ball(kRoundings)));
  ESCAPEMENT_EXPECT_NONE(
      first_beyond(named(conjugated(gram(neurons(start)), end->product)), exact, error * Ball(kRoundings)));
}

}  // namespace

ESCAPEMENT_PROPERTY("double: S(t) = R^T R = P^T S(0) P", 0.6,
                    [] { expect_close<double>(*instance_specs(), "double", numeric::kDoubleBits); });

ESCAPEMENT_PROPERTY("Mp: S(t) = R^T R = P^T S(0) P", 0.4, [] {
  const InstanceSpec spec = *instance_specs();
  const long bits = *rc::gen::inRange<long>(30, 300);
  expect_close<numeric::Mp>(spec, std::to_string(bits), bits);
});

ESCAPEMENT_PROPERTY("Ball: S(t) = R^T R = P^T S(0) P", 0.4, [] {
  const InstanceSpec spec = *instance_specs();
  const long bits = *rc::gen::inRange<long>(30, 300);
  const numeric::WorkingPrecision guard(bits + 300);
  const std::optional<Reduced> end = reduced<Ball>(spec, fmt::format("certified:{}", bits));
  RC_PRE(end.has_value());
  const std::vector<Entry> exact = named(gram(neurons(walked(spec))));
  ESCAPEMENT_EXPECT_NONE(first_disjoint(named(gram(end->factor)), exact));
  ESCAPEMENT_EXPECT_NONE(first_disjoint(named(conjugated(gram(neurons(ByHand(spec))), end->product)), exact));
});

}  // namespace escapement::test
