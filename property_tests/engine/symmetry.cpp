#include "symmetry.h"

#include <ostream>

#include "../support/dice.h"

namespace escapement::test {

namespace {

template <class N>
N number(const Exact& x);
template <>
Exact number<Exact>(const Exact& x) {
  return x;
}
template <>
Ball number<Ball>(const Exact& x) {
  return Ball::from(x);
}

template <class N>
void turn(N& x, N& y, const Turn& t) {
  const N c = number<N>(t.cos), s = number<N>(t.sin), z = t.reflected ? N(-y) : y;
  if (&x == &y) {  // one axis alone: its sign
    x = z;
    return;
  }
  const N first = c * x + s * z, second = c * z - s * x;
  x = first;
  y = second;
}

// z [m x (d+1)]: W and a.
template <class N>
void turn_rows(std::vector<std::vector<N>>& z, const Turn& t) {
  if (t.neurons) {
    for (std::size_t j = 0; j < z[0].size(); ++j) turn(z[t.i][j], z[t.j][j], t);
  } else {
    for (auto& row : z) turn(row[t.i], row[t.j], t);
  }
}

}  // namespace

rc::Gen<std::vector<Turn>> turns(const InstanceSpec& spec, Turns kind) {
  return [m = spec.m, d = spec.d, kind](const rc::Random& random, int) {
    Dice dice(random);
    std::vector<Turn> result;
    for (int count = dice.between(1, 4); count > 0; --count) {
      Turn t;
      t.neurons = kind != Turns::any || dice.one_in(2);
      const std::size_t size = t.neurons ? m : d;
      t.i = dice.below(size);
      t.j = kind == Turns::signs_of_neurons ? t.i : dice.below(size);
      t.reflected = t.i == t.j;
      if (t.i != t.j) {
        static const std::vector<std::pair<int, int>> legs{{3, 4}, {4, 3}, {5, 12}, {20, 21}, {0, 1}};
        const auto [a, b] = kind == Turns::any ? dice.among(legs) : std::pair(0, 1);
        const int square = a * a + b * b;
        int hypotenuse = 1;
        while (hypotenuse * hypotenuse < square) ++hypotenuse;
        t.cos = Exact(a, hypotenuse);
        t.sin = Exact(b, hypotenuse);
        t.reflected = kind == Turns::permutations_of_neurons || dice.one_in(2);
        // (x, y) -> (y, x) is a quarter turn after y -> -y, up to the sign of both.
        if (kind == Turns::permutations_of_neurons) t.sin = -1;
      }
      result.push_back(t);
    }
    return rc::shrinkable::shrinkRecur(result, [](const std::vector<Turn>& all) {
      std::vector<std::vector<Turn>> fewer;
      for (std::size_t i = 0; all.size() > 1 && i < all.size(); ++i) {
        fewer.push_back(all);
        fewer.back().erase(fewer.back().begin() + static_cast<std::ptrdiff_t>(i));
      }
      return rc::seq::fromContainer(fewer);
    });
  };
}

void showValue(const std::vector<Turn>& all, std::ostream& out) {
  for (const Turn& t : all)
    out << (t.neurons ? "neurons " : "coordinates ") << t.i << ", " << t.j << ": cos " << t.cos << ", sin "
        << t.sin << (t.reflected ? ", reflected\n" : "\n");
}

InstanceSpec turned(InstanceSpec spec, const std::vector<Turn>& all) {
  std::vector<std::vector<Exact>> z = spec.first_layer;
  for (std::size_t i = 0; i < spec.m; ++i) z[i].push_back(spec.second_layer[i]);
  for (const Turn& t : all) {
    turn_rows(z, t);
    if (t.neurons) continue;
    for (auto& x : spec.inputs) turn(x[t.i], x[t.j], t);
    turn(spec.theta_star[t.i], spec.theta_star[t.j], t);
  }
  for (std::size_t i = 0; i < spec.m; ++i) {
    spec.second_layer[i] = z[i].back();
    z[i].pop_back();
  }
  spec.first_layer = z;
  return spec;
}

End turned(const engine::RunResult& end, const std::vector<Turn>& all) {
  engine::RunResult result = end;
  for (const Turn& t : all) {
    turn_rows(result.final.neurons, t);
    if (!t.neurons) turn(result.final.theta[t.i], result.final.theta[t.j], t);
  }
  return end_of(result);
}

}  // namespace escapement::test
