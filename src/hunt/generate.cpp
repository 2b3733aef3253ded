#include "escapement/hunt/generate.h"

#include <algorithm>

#include <rapidcheck/gen/Create.h>
#include <rapidcheck/seq/Create.h>
#include <rapidcheck/shrinkable/Create.h>

#include "escapement/hunt/hypotheses.h"
#include "escapement/numeric/ball_functions.h"

namespace escapement::hunt {

namespace {

using Vector = std::vector<Exact>;

std::size_t size_in(Dice& dice, const Domain& domain, const char* key, long most) {
  const auto [low, high] = domain.range(key, 1, most);
  const Exact top =
      std::min(high, Exact(std::max<long>(most, low < 64 ? static_cast<long>(numerator(low)) : 64)));
  const long least = low < 1 ? 1 : static_cast<long>(numeric::ceiling_of(std::min(low, Exact(64))));
  const long last = std::max(least, static_cast<long>(BigInt(numerator(top) / denominator(top))));
  return static_cast<std::size_t>(std::min(dice.between(least, last), dice.between(least, last)));
}

Exact draw_eta(Dice& dice, const Domain& domain) {
  if (const auto at = domain.ranges.find("eta"); at != domain.ranges.end()) {
    const auto& [low, high] = at->second;
    return dice.one_in(4) ? (dice.one_in(2) ? low : high)
                          : Exact(low + (high - low) * Exact(dice.between(0, 64), 64));
  }
  if (domain.inside) return power_of_two(-2 * dice.between(1200, 4000));
  switch (dice.below(4)) {
    case 0: return power_of_two(-dice.between(1, 4));
    case 1: return power_of_two(-2 * dice.between(1, 20));
    case 2: {
      const Exact root = dice.log_uniform(-12, -1, 2);
      return root * root;
    }
    default: return dice.log_uniform(-24, 0, 20);
  }
}

Vector vector_of(Dice& dice, std::size_t length, const Exact& scale) {
  Vector v(length);
  for (Exact& x : v) x = scale * dice.entry();
  if (dice.one_in(4)) {  // along an axis
    const std::size_t kept = dice.below(length);
    for (std::size_t j = 0; j < length; ++j)
      if (j != kept) v[j] = 0;
    if (v[kept] == 0) v[kept] = scale;
  }
  return v;
}

void draw_inputs(Dice& dice, Case& c, std::size_t n) {
  const Exact scale = dice.one_in(2) ? Exact(1) : dice.log_uniform(-2, 2, 1);
  const std::uint64_t shape = dice.below(5);
  for (std::size_t k = 0; k < n; ++k) {
    Vector x = vector_of(dice, c.d(), scale);
    for (std::size_t j = 0; shape == 0 && j < c.d();
         ++j)  // columns of a Hadamard matrix: C = I where n is enough
      x[j] = __builtin_popcountll(k & j) % 2 == 0 ? 1 : -1;
    for (std::size_t j = 0; shape == 1 && j < c.d(); ++j) x[j] = j == k % c.d() ? scale : Exact(0);
    if (shape == 2 && k > 0) x = c.inputs[dice.below(k)];  // tied
    c.inputs.push_back(std::move(x));
  }
}

// Shapes that statements about single neurons turn on.
void shape_row(Dice& dice, const Case& c, Vector& row) {
  const std::size_t d = c.d();
  const Exact star = inner(c.theta_star, c.theta_star, d);
  if (star == 0) return;
  const Exact along = inner(row, c.theta_star, d) / star;
  switch (dice.below(6)) {
    case 0:  // orthogonal to theta*
      for (std::size_t j = 0; j < d; ++j) row[j] -= along * c.theta_star[j];
      break;
    case 1:  // aligned with it
      for (std::size_t j = 0; j < d; ++j) row[j] = along * c.theta_star[j];
      break;
    case 2: {  // a = -+<w, e>: the decaying, or the growing, mode alone, where |theta*| is the largest entry of theta*
      Exact norm = 0;
      for (const Exact& x : c.theta_star) norm = std::max(norm, Exact(abs(x)));
      row[d] = dice.sign() * inner(row, c.theta_star, d) / norm;
      break;
    }
    case 3: row[d] = 0; break;
    case 4:
      row[d] = dice.sign() * dice.log_uniform(0, 4, 2) * (row[d] == 0 ? Exact(1) : Exact(abs(row[d])));
      break;
    default: break;
  }
}

bool is_zero_vector(const Vector& v) {
  return std::all_of(v.begin(), v.end(), [](const Exact& x) { return x == 0; });
}

// Steps that took it take the first one.
void drop_input(Case& c, std::size_t k) {
  c.inputs.erase(c.inputs.begin() + static_cast<long>(k));
  if (!c.input_copies.empty()) c.input_copies.erase(c.input_copies.begin() + static_cast<long>(k));
  for (std::uint32_t& s : c.samples) s = s > k ? s - 1 : s == k ? 0 : s;
}

// Widths beyond what is held, by counting equal rows.
void enlarge(Case& c, Dice& dice) {
  c.row_copies.assign(c.rows.size(), 1);
  c.row_copies[0] = BigInt(1) << static_cast<unsigned>(dice.between(1, 12));
}

}  // namespace

Case draw(const Target& target, const Domain& domain, Dice& dice) {
  Case c;
  const std::size_t d = size_in(dice, domain, "d", domain.inside || domain.keep.count("A6") != 0 ? 6 : 3);
  c.eta = draw_eta(dice, domain);
  const auto [sigma_low, sigma_high] = domain.range("sigma", Exact(1, 4), 8);
  c.sigma = dice.one_in(2) ? std::clamp(Exact(1), sigma_low, sigma_high)
                           : Exact(sigma_low + (sigma_high - sigma_low) * Exact(dice.between(0, 31), 31));
  c.steps = size_in(dice, domain, "steps", 4);
  c.theta_star = vector_of(dice, d, dice.one_in(2) ? Exact(1) : dice.log_uniform(-4, 8, 2));
  draw_inputs(dice, c, size_in(dice, domain, "n", 4));
  const bool likely = target.start == Start::likely;
  const Exact scale = dice.one_in(2) ? Exact(1)
                      : likely       ? dice.log_uniform(-5, 2, 2)
                                     : dice.log_uniform(-12, 2, 2);
  const std::size_t m = size_in(dice, domain, "m", 4);
  for (std::size_t i = 0; i < m; ++i) {
    Vector row = vector_of(dice, d + 1, scale);
    shape_row(dice, c, row);
    if (i > 0 && dice.one_in(4)) row = c.rows[dice.below(i)];
    c.rows.push_back(std::move(row));
  }
  if (likely && dice.one_in(3)) enlarge(c, dice);
  for (std::uint64_t t = 0; t < c.steps; ++t) {
    c.samples.push_back(static_cast<std::uint32_t>(dice.below(c.inputs.size())));
    c.noise.push_back(static_cast<std::int8_t>(dice.sign()));
  }
  return c;
}

Case mutate(const Case& c, Dice& dice) {
  Case other = c;
  const auto numbers = other.numbers();
  Exact& x = *numbers[dice.below(numbers.size())];
  switch (dice.below(8)) {
    case 0: x = dice.entry(); break;
    case 1: x *= power_of_two(dice.between(-4, 4)); break;
    case 2: x = *numbers[dice.below(numbers.size())]; break;
    case 3: x = -x; break;
    case 4: {
      const auto structures = simpler_structures(c);
      if (!structures.empty()) return dice.among(structures);
      break;
    }
    case 5:
      if (!other.rows.empty() && other.row_copies.empty() && other.rows.size() < 6)
        other.rows.push_back(dice.among(c.rows));
      break;
    case 6:
      if (other.input_copies.empty() && other.inputs.size() < 6) other.inputs.push_back(dice.among(c.inputs));
      break;
    default: x *= 1 + Exact(dice.between(-8, 8), 32); break;
  }
  if (other.eta <= 0) other.eta = c.eta;
  if (other.sigma < 0) other.sigma = -other.sigma;
  return other;
}

std::vector<Case> simpler_structures(const Case& c) {
  std::vector<Case> all;
  const auto add = [&](auto&& change) {
    Case other = c;
    change(other);
    all.push_back(std::move(other));
  };
  for (std::size_t i = 0; c.rows.size() > 1 && i < c.rows.size(); ++i)
    add([&](Case& o) {
      o.rows.erase(o.rows.begin() + static_cast<long>(i));
      if (!o.row_copies.empty()) o.row_copies.erase(o.row_copies.begin() + static_cast<long>(i));
    });
  for (std::size_t j = 0; c.d() > 1 && j < c.d(); ++j)
    add([&](Case& o) {
      const auto at = static_cast<long>(j);
      o.theta_star.erase(o.theta_star.begin() + at);
      for (auto& x : o.inputs) x.erase(x.begin() + at);
      for (auto& row : o.rows) row.erase(row.begin() + at);
      for (std::size_t k = o.inputs.size(); k-- > 0;)  // an input along that axis goes with it
        if (o.inputs.size() > 1 && is_zero_vector(o.inputs[k]) && !is_zero_vector(c.inputs[k]))
          drop_input(o, k);
    });
  for (const std::uint64_t steps : {c.steps / 2, c.steps - 1}) {
    if (steps == 0 || steps >= c.steps) continue;
    if (c.samples.empty()) add([&](Case& o) { o.steps = steps; });
    for (const bool front : {false, true}) {  // which end of the driving sequence is kept
      if (c.samples.empty()) continue;
      add([&](Case& o) {
        const auto cut = static_cast<long>(front ? 0 : c.steps - steps);
        o.steps = steps;
        o.samples.assign(c.samples.begin() + cut, c.samples.begin() + cut + static_cast<long>(steps));
        o.noise.assign(c.noise.begin() + cut, c.noise.begin() + cut + static_cast<long>(steps));
      });
    }
  }
  for (std::size_t k = 0; c.inputs.size() > 1 && k < c.inputs.size(); ++k)
    add([&](Case& o) { drop_input(o, k); });
  for (const bool rows : {true, false}) {
    const std::vector<BigInt>& copies = rows ? c.row_copies : c.input_copies;
    if (std::any_of(copies.begin(), copies.end(), [](const BigInt& n) { return n > 1; })) {
      add([&](Case& o) { (rows ? o.row_copies : o.input_copies).clear(); });
      for (std::size_t i = 0; i < copies.size(); ++i)
        if (copies[i] > 1) {
          add([&](Case& o) { (rows ? o.row_copies : o.input_copies)[i] = 1; });
          add([&](Case& o) { (rows ? o.row_copies : o.input_copies)[i] /= 2; });
          add([&](Case& o) { (rows ? o.row_copies : o.input_copies)[i] -= 1; });
        }
    }
  }
  return all;
}

rc::Gen<Case> cases(const Target& target, const Domain& domain) {
  return [&target, &domain](const rc::Random& random, int) {
    Dice dice(random);
    return rc::shrinkable::shrinkRecur(draw(target, domain, dice), [](const Case& c) {
      return rc::seq::fromContainer(simpler_structures(c));
    });
  };
}

}  // namespace escapement::hunt
