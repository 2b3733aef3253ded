// Single-sample steps of eight width-free replicas side by side, in double words (106 bits) or quad words (212 bits); see
// numeric/words8.h for the arithmetic and docs/derivations/multi-word.md for the bounds.
//
// Each lane holds one replica's rows Z = [W | a] and takes
//     p = W x,  c = eta (<a, p> - y - noise),  W <- W - c a x^T,  a <- a - c p,
// with inputs, labels and noise of its own. A row is updated and multiplied by the next input in one sweep. Entries of W are
// sums in cascade that are put in order after every step whose number is 7 modulo 8; a, p and c always are. So the bits
// depend on the steps alone: not on where a run is cut, on its neighbours in the other lanes, or on the instruction set.
//
// The other kernel takes one replica and holds eight of its rows side by side: the same operations on every number, and so the
// same bits, for runs that are too few to fill the lanes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "escapement/numeric/isa.h"

namespace escapement::reduction {

inline constexpr std::size_t kWordLanes = 8;
inline constexpr std::size_t kMaxWords = 4;

// The range in which no operation overflows and what underflows is no part of any result's first 212 bits. Norms are of
// the rows that decide the residual; a norm may also be exactly zero. Checked before every step (docs as above).
inline constexpr double kLeastWordNorm = 0x1p-250;
inline constexpr double kGreatestWordNorm = 0x1p250;
inline constexpr double kGreatestWordStep = 0x1p200;  // |c|
inline constexpr double kGreatestWordInput = 0x1p10;  // |x_j|: for the caller to see to
inline constexpr double kGreatestResidual = 0x1p150;  // as model::Magnitude

enum class WordEnd : std::uint8_t {
  none,          // all steps taken
  too_large,     // the residual is beyond kGreatestResidual, or not finite
  out_of_range,  // the step would leave the range, or the state has: nothing of it is lost yet
};

struct WordLane {
  bool active = false;  // inactive lanes keep their values; their inputs must still be readable
  std::size_t taken = 0;
  WordEnd end = WordEnd::none;
  double value[kMaxWords] = {};  // too_large: the residual
};

// Layout of z, aligned to 64 bytes; column d is a:
//   replicas in lanes: [rows x (d + 1) x words x 8];
//   rows in lanes:     [word_blocks(rows, leading) x (d + 1) x words x 8], the leading rows eight to a block, then the
//                      others, blocks filled up with zeros. Of x, labels, noise and lanes only the first of eight is read.
enum class WordLayout { replicas_in_lanes, rows_in_lanes };

constexpr std::size_t word_blocks(std::size_t rows, std::size_t leading) {
  return (leading + kWordLanes - 1) / kWordLanes + (rows - leading + kWordLanes - 1) / kWordLanes;
}

struct WordSteps {
  double* z;
  std::size_t rows, leading;    // the first `leading` rows decide the residual, the others are carried along
  std::size_t d, steps;         // steps >= 1
  std::uint64_t first;          // number of the first step
  const double* const* x;       // [steps x 8] inputs [d]
  const double* const* labels;  // [steps x 8] labels [words]
  const double* noise;          // [steps x 8] label noise in units of sigma; replicas in lanes: aligned as z
  const double* step_size;      // [words]
  const double* sigma;          // [words]
  double* scratch;              // [word_scratch()], aligned as z
  WordLane lanes[kWordLanes];   // active in; taken, end and value out
};

constexpr std::size_t word_scratch(std::size_t rows, std::size_t d, std::size_t words) {
  return kWordLanes * (rows * words + 2 * d);
}

using WordKernel = void (*)(WordSteps& steps);

WordKernel word_kernel(numeric::Isa isa, std::size_t words, WordLayout layout);  // words 2 or 4

}  // namespace escapement::reduction
