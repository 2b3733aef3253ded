#include "escapement/hunt/case.h"

#include <numeric>
#include <set>

#include <fmt/format.h>

namespace escapement::hunt {

namespace {

BigInt total(const std::vector<BigInt>& copies, std::size_t plain) {
  if (copies.empty()) return plain;
  return std::accumulate(copies.begin(), copies.end(), BigInt(0));
}

template <class Pointer, class C>
std::vector<Pointer> numbers_of(C& c) {
  std::vector<Pointer> all{&c.eta, &c.sigma};
  for (auto& x : c.theta_star) all.push_back(&x);
  for (auto& row : c.inputs)
    for (auto& x : row) all.push_back(&x);
  for (auto& row : c.rows)
    for (auto& x : row) all.push_back(&x);
  return all;
}

}  // namespace

BigInt Case::width() const { return total(row_copies, rows.size()); }
BigInt Case::sample_size() const { return total(input_copies, inputs.size()); }
std::vector<const Exact*> Case::numbers() const { return numbers_of<const Exact*>(*this); }
std::vector<Exact*> Case::numbers() { return numbers_of<Exact*>(*this); }

std::uint64_t cost_of(const Exact& x) {
  if (x == 0) return 0;
  const bool dyadic = (denominator(x) & (denominator(x) - 1)) == 0;
  const std::uint64_t length = numeric::to_string(x).size() + (dyadic ? 0 : 1);
  constexpr std::uint64_t kMost = 0x7fffffff;
  const BigInt size = abs(numerator(x)) + denominator(x);
  const std::uint64_t counted = size < kMost ? static_cast<std::uint64_t>(size) : kMost;
  return (length << 33) + (std::uint64_t{dyadic ? 0u : 1u} << 32) + (counted << 1) + (x < 0 ? 1 : 0);
}

Simplicity simplicity(const Case& c) {
  Simplicity result;
  std::set<Exact> different;
  std::uint64_t nonzero = 0, characters = 0;
  for (const Exact* x : c.numbers()) {
    characters += cost_of(*x) >> 33;
    result.texts.emplace_back(cost_of(*x), numeric::to_string(*x));
    if (*x != 0) ++nonzero;
    different.insert(abs(*x));
  }
  for (const std::int8_t sign : c.noise) characters += sign < 0 ? 1 : 0;
  for (const std::uint32_t k : c.samples) characters += k;
  constexpr std::uint64_t kWidest = 1u << 30;
  const BigInt width = c.width();
  result.sizes = {width < kWidest ? static_cast<std::uint64_t>(width) : kWidest,
                  c.d(),
                  c.steps,
                  c.inputs.size(),
                  nonzero,
                  characters,
                  different.size()};
  return result;
}

std::string summary(const Case& c) {
  const auto count = [](const BigInt& n) {
    const std::string text = n.str();
    return text.size() > 20 ? fmt::format("about 10^{}", text.size() - 1) : text;
  };
  std::string text =
      fmt::format("m = {}, d = {}, n = {}, {} step{}, eta = {}", count(c.width()), c.d(),
                  count(c.sample_size()), c.steps, c.steps == 1 ? "" : "s", numeric::to_string(c.eta));
  if (c.sigma != 0) text += ", sigma = " + numeric::to_string(c.sigma);
  if (c.box != 0) text += ", box +/- " + numeric::to_string(c.box);
  return text;
}

}  // namespace escapement::hunt
