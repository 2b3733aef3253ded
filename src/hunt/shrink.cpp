#include "escapement/hunt/shrink.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "escapement/hunt/generate.h"
#include "escapement/hunt/simpler_numbers.h"

namespace escapement::hunt {

namespace {

constexpr std::uint64_t kEnumerated = 30'000;  // cases of one structure
constexpr std::uint64_t kPaired = 4'000;       // candidates of one pass over pairs of numbers
constexpr double kSlack = 1e-9;                // between the double and the certain reading of a margin

constexpr std::size_t kPairLetters = 4;

void sort_by_cost(std::vector<Exact>& list) {  // equal ones side by side
  std::sort(list.begin(), list.end(), [](const Exact& a, const Exact& b) {
    return cost_of(a) != cost_of(b) ? cost_of(a) < cost_of(b) : a < b;
  });
}

// Of two numbers, what simplicity() counts first: those that are not zero, then characters.
std::pair<int, std::uint64_t> reading(const Exact& a, const Exact& b) {
  return {(a != 0 ? 1 : 0) + (b != 0 ? 1 : 0), (cost_of(a) >> 33) + (cost_of(b) >> 33)};
}

class Shrinker {
 public:
  Shrinker(const Target& target, const Domain& domain, const Case& start, const Shrinking& how)
      : target_(target), domain_(domain), how_(how), size_(simplicity(start)) {
    result_.values = start;
  }

  Shrunk run() {
    for (bool again = true; again && !over();) {
      again = passes();
      if (!over() && enumerate()) again = true;
    }
    return std::move(result_);
  }

 private:
  const Case& now() const { return result_.values; }
  bool over() const { return result_.tried >= how_.most_tried || (how_.stop && how_.stop()); }

  // The cheap questions first.
  bool violated(Case& c) {
    ++result_.tried;
    if (!admit(target_, domain_, c)) return false;
    if (how_.honest && !target_.degenerate(c).empty()) {
      if (target_.start != Start::likely) return false;
    }
    return score(target_, c) >= how_.least * (1 - kSlack);
  }
  bool certain(Case& c) const {
    if (!keeps_assumptions(target_, domain_, c)) return false;
    if (target_.start == Start::likely) {
      if (confirm(target_, c).rung != Rung::certified) return false;
      return !how_.honest || target_.degenerate(c).empty();
    }
    return certainly_at_least(target_, c, how_.least);
  }
  bool take(Case c) {
    if (over() || !violated(c)) return false;
    Simplicity size = simplicity(c);
    if (!(size < size_) || !certain(c)) return false;
    result_.values = std::move(c);
    size_ = std::move(size);
    ++result_.taken;
    if (how_.smaller) how_.smaller(now());
    return true;
  }

  // Until nothing of it is taken; whether anything was.
  template <class Pass>
  bool exhaust(Pass&& pass) {
    bool any = false;
    while (!over() && pass()) any = true;
    return any;
  }

  bool structure() {
    for (Case& c : simpler_structures(now()))
      if (take(std::move(c))) return true;
    return false;
  }

  // Numbers that may become another one; eta must not become 0.
  template <class Values>
  bool each_number(Values&& values) {
    bool any = false;
    for (std::size_t i = 0; i < now().numbers().size(); ++i)
      for (const Exact& x : values(*now().numbers()[i])) {
        if (cost_of(x) >= cost_of(*now().numbers()[i])) continue;
        Case c = now();
        *c.numbers()[i] = x;
        if (!take(std::move(c))) continue;
        any = true;
        break;
      }
    return any;
  }

  bool whole() {  // rows, inputs, signs, order, a driving sequence of one kind
    bool any = false;
    const auto attempt = [&](auto&& change) {
      Case c = now();
      change(c);
      if (c != now() && take(std::move(c))) any = true;
    };
    const std::size_t d = now().d();
    for (std::size_t j = 0; j < d; ++j) {
      attempt([&](Case& c) {  // reflect an axis
        c.theta_star[j] = -c.theta_star[j];
        for (auto& x : c.inputs) x[j] = -x[j];
        for (auto& row : c.rows) row[j] = -row[j];
      });
      for (std::size_t k = j + 1; k < d; ++k)
        attempt([&](Case& c) {
          std::swap(c.theta_star[j], c.theta_star[k]);
          for (auto& x : c.inputs) std::swap(x[j], x[k]);
          for (auto& row : c.rows) std::swap(row[j], row[k]);
        });
    }
    for (std::size_t i = 0; i < now().rows.size(); ++i) {
      attempt([&](Case& c) {
        for (Exact& x : c.rows[i]) x = -x;
      });
      for (const int power : {0, -1, -2, -3, -4, -5, -6, -8, -10})  // a plain multiple of theta*
        attempt([&](Case& c) {
          for (std::size_t j = 0; j < d; ++j) c.rows[i][j] = power_of_two(power) * c.theta_star[j];
        });
      for (std::size_t k = i + 1; k < now().rows.size(); ++k) {
        attempt([&](Case& c) { std::swap(c.rows[i], c.rows[k]); });
        attempt([&](Case& c) { c.rows[k] = c.rows[i]; });
      }
    }
    for (std::size_t i = 0; i < now().inputs.size(); ++i) {
      attempt([&](Case& c) {  // an input and its noise
        for (Exact& x : c.inputs[i]) x = -x;
      });
      for (std::size_t k = i + 1; k < now().inputs.size(); ++k) {
        attempt([&](Case& c) { std::swap(c.inputs[i], c.inputs[k]); });
        attempt([&](Case& c) { c.inputs[k] = c.inputs[i]; });
      }
    }
    for (std::size_t t = 0; t < now().noise.size(); ++t) {
      attempt([&](Case& c) { c.noise[t] = 1; });
      attempt([&](Case& c) { c.samples[t] = 0; });
    }
    for (const int power :
         {-8, -4, -2, -1, 1, 2, 4, 8})  // a common factor of the network, of theta*, of the inputs
      for (int part = 0; part < 3; ++part)
        attempt([&](Case& c) {
          const Exact factor = power_of_two(power);
          if (part == 0)
            for (auto& row : c.rows)
              for (Exact& x : row) x *= factor;
          if (part == 1)
            for (Exact& x : c.theta_star) x *= factor;
          if (part == 2)
            for (auto& input : c.inputs)
              for (Exact& x : input) x *= factor;
        });
    return any;
  }

  // Raising a number to 1 or to a plain larger one may let others go: steps fall where theta* grows.
  bool grow() {
    bool any = false;
    for (std::size_t i = 0; i < now().numbers().size(); ++i)
      for (const Exact& factor : {Exact(2), Exact(4), Exact(16), Exact(1, 2), Exact(1, 4), Exact(1, 16)}) {
        Case c = now();
        *c.numbers()[i] *= factor;
        if (take(std::move(c))) any = true;
      }
    return any;
  }

  // Two numbers at once, in this structure and in each simpler one: what no single change leaves.
  bool pairs() {
    std::vector<Exact> letters = values_there();
    letters.insert(letters.end(), {0, 1});
    sort_by_cost(letters);
    letters.erase(std::unique(letters.begin(), letters.end()), letters.end());
    letters.resize(std::min(letters.size(), kPairLetters));
    std::vector<Case> bases = simpler_structures(now());
    bases.insert(bases.begin(), now());
    std::uint64_t left = kPaired;
    for (const Case& base : bases) {
      const bool simpler = &base != &bases.front();  // as it is
      const auto numbers = base.numbers();
      for (std::size_t i = 1; i < numbers.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
          for (const Exact& x : letters)
            for (const Exact& y : letters) {
              if (!simpler && reading(x, y) > reading(*numbers[i], *numbers[j])) continue;
              if (left-- == 0 || over()) return false;
              Case c = base;
              *c.numbers()[i] = x;
              *c.numbers()[j] = y;
              if (take(std::move(c))) return true;
            }
    }
    return false;
  }

  bool passes() {
    bool any = exhaust([&] { return structure(); });
    any |= exhaust([&] { return each_number([](const Exact&) { return std::vector<Exact>{0}; }); });
    any |= exhaust([&] { return each_number([&](const Exact&) { return values_there(); }); });
    any |= exhaust([&] { return whole(); });
    any |= exhaust([&] { return each_number([](const Exact& x) { return simpler_numbers(x); }); });
    any |= exhaust([&] { return grow(); });
    any |= exhaust([&] { return pairs(); });
    return any;
  }

  std::vector<Exact> values_there() const {
    std::set<Exact> values;
    for (const Exact* x : now().numbers()) {
      values.insert(*x);
      values.insert(-*x);
    }
    std::vector<Exact> list(values.begin(), values.end());
    sort_by_cost(list);
    return list;
  }

  // Every assignment of plain numbers to this structure, as many of them as kEnumerated allows; the simplest that is
  // violated, if it is simpler than what there is.
  bool enumerate() {
    const std::size_t count = now().numbers().size();
    std::size_t letters = plain_numbers().size();
    const auto cases_with = [&](std::size_t l) {
      return std::pow(static_cast<double>(l), static_cast<double>(count));
    };
    while (letters > 1 && cases_with(letters) > static_cast<double>(kEnumerated)) --letters;
    if (letters < 3) return false;
    std::vector<std::pair<Simplicity, Case>> found;
    const auto limit = static_cast<std::uint64_t>(cases_with(letters));
    for (std::uint64_t n = 0; n < limit && !over(); ++n) {
      Case c = now();
      const auto numbers = c.numbers();
      std::uint64_t rest = n;
      for (std::size_t i = 0; i < count; ++i, rest /= letters)
        *numbers[i] = i == 0 ? plain_step_sizes()[rest % letters] : plain_numbers()[rest % letters];
      c.box = 0;
      if (c.sigma < 0 || !violated(c)) continue;
      Simplicity size = simplicity(c);
      if (size < size_) found.emplace_back(std::move(size), std::move(c));
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [size, c] : found)
      if (take(std::move(c))) return true;
    return false;
  }

  const Target& target_;
  const Domain& domain_;
  const Shrinking& how_;
  Shrunk result_;
  Simplicity size_;
};

}  // namespace

Shrunk shrink(const Target& target, const Domain& domain, const Case& start, const Shrinking& how) {
  return Shrinker(target, domain, start, how).run();
}

double margin_to_keep(double best) { return std::exp2(std::ceil(std::log2(best))) / 2; }

}  // namespace escapement::hunt
