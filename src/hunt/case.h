// Case: one exact instance together with the claim that it is held against. Everything is a value, nothing a seed, so that
// a stored case means the same for ever (docs/concepts/case.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "escapement/numeric/exact.h"

namespace escapement::hunt {

using numeric::BigInt;
using numeric::Exact;

struct Case {
  std::string claim, clause, reading;  // as `escapement check` names them
  Exact constant = 1;                  // put for the constant that O(.) hides, where the claim has one

  std::string algorithm;  // "label-noise-sgd", "gradient-descent" or "oscillation"
  Exact eta = 1, sigma = 0;
  std::uint64_t steps = 0;
  std::vector<Exact> theta_star;           // [d]
  std::vector<std::vector<Exact>> inputs;  // X [n x d]
  std::vector<std::vector<Exact>> rows;    // Z(0) = [W0 | a0], [m x (d+1)]
  // How often each input and each neuron is there: 10^1400 equal samples are one row and a number. Empty: once each.
  std::vector<BigInt> input_copies, row_copies;
  std::vector<std::uint32_t> samples;  // [steps], label noise only
  std::vector<std::int8_t> noise;      // [steps], signs of the label noise
  // Half-width of the box of starts around `rows`, entry by entry: the claim fails everywhere in it. 0: one start.
  Exact box = 0;

  bool operator==(const Case&) const = default;

  std::size_t d() const { return theta_star.size(); }
  BigInt width() const;        // m, copies counted
  BigInt sample_size() const;  // n, copies counted
  bool has_copies() const { return !input_copies.empty() || !row_copies.empty(); }
  // Every number that a person would have to be told, in a fixed order.
  std::vector<const Exact*> numbers() const;
  std::vector<Exact*> numbers();
};

// A well-founded measure of how much there is to read: sizes first, then the numbers' texts. Smaller is simpler.
struct Simplicity {
  std::vector<std::uint64_t>
      sizes;  // m, d, steps, inputs, numbers that are not zero, characters, different numbers
  std::vector<std::pair<std::uint64_t, std::string>> texts;  // of each number: see cost_of
  auto operator<=>(const Simplicity&) const = default;
};
Simplicity simplicity(const Case& c);

// Of a number: 0 for zero, else the length of its shortest text, one more where it is no dyadic; then numerator plus
// denominator, then the sign: 0 < 1 < 2 < ... < 9 < 10 < ... < -1 < ... < 1/2 < 1/4 < 3/4 ...
std::uint64_t cost_of(const Exact& x);

// One line for a person: "m = 1, d = 2, n = 2, 1 step, eta = 1/4".
std::string summary(const Case& c);

}  // namespace escapement::hunt
