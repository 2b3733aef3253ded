// Counter-based randomness: every draw is a pure function of (seed, replica, purpose, major, minor), by Philox4x32-10
// [Salmon2011] as in Random123. Any replica and any step can be replayed alone, in any order, on any number of threads.
// What is drawn are exact dyadics (doubles taken as exact numbers), so all scalars see the same instance.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace escapement::numeric {

// What a stream is for. The numbers are part of the meaning of a seed: never renumber.
enum class Purpose : std::uint16_t {
  inputs = 1,        // x_k: major = k, minor = pair of coordinates
  ground_truth = 2,  // direction of theta*: major = 0
  start = 3,         // neuron i's row (w_i, a_i): major = i
  step = 4,          // sample index and label noise: major = t, minor = position in the batch
  fresh_input = 5,   // a new input: major = t, minor = position in the batch * 4096 + pair of coordinates
  chain = 6,         // signs of the three-state chain: major = t, minor = block of 128 neurons
  chain_start = 7,   // its start: major = 0, minor = block of 64 neurons
  calibration = 8,   // trials of simulated tests: major = pair of trials
};

struct Stream {
  std::uint64_t seed = 0;
  std::uint32_t replica = 0;
};

using Words = std::array<std::uint32_t, 4>;

inline constexpr std::uint64_t kMaxMajor = std::uint64_t{1} << 48;

// 128 bits; major < 2^48.
Words philox(Stream stream, Purpose purpose, std::uint64_t major, std::uint32_t minor);

inline std::uint64_t low_word(const Words& w) { return w[0] | (std::uint64_t{w[1]} << 32); }
inline std::uint64_t high_word(const Words& w) { return w[2] | (std::uint64_t{w[3]} << 32); }

// Uniform index below n from 64 bits; each value's probability is within 2^-64 of 1/n.
constexpr std::uint64_t index_below(std::uint64_t n, std::uint64_t bits) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>((Wide{bits} * n) >> 64);
}

// Standard normal: the quantile function [Wichura1988, AS 241, PPND16] at the centre of one of 2^53 equal cells chosen
// by the top bits. Only + - * / and sqrt on doubles: the same bits everywhere. |result| < 8.3.
double gaussian(std::uint64_t bits);

// The step's draws, packed: `count` majors from `first`. index[i] below n and sign[i] = +-1.0; the low 64 bits choose
// the index, bit 64 the sign. The same as philox() one by one, but side by side in SIMD lanes.
void draw_steps(Stream stream, std::uint64_t first, std::size_t count, std::uint64_t n, std::uint32_t* index,
                double* sign);

// Gaussians of one row: out[j] for j < count, from minors minor0, minor0 + 1, ... two per counter.
void gaussian_row(Stream stream, Purpose purpose, std::uint64_t major, std::uint32_t minor0,
                  std::size_t count, double* out);

}  // namespace escapement::numeric
