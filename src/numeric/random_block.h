// Philox4x32-10 for eight counters side by side: the kernels behind draw_steps, one per instruction set.
#pragma once

#include "escapement/numeric/isa.h"
#include "escapement/numeric/random.h"

namespace escapement::numeric {

// Everything of the counter and key but the major.
struct PhiloxCounter {
  std::uint32_t key0, key1, replica, purpose_bits, minor;
  PhiloxCounter(Stream s, Purpose purpose, std::uint32_t minor_word)
      : key0(static_cast<std::uint32_t>(s.seed)),
        key1(static_cast<std::uint32_t>(s.seed >> 32)),
        replica(s.replica),
        purpose_bits(static_cast<std::uint32_t>(purpose) << 16),
        minor(minor_word) {}
};

using DrawSteps = void (*)(const PhiloxCounter& c, std::uint64_t first, std::size_t count, std::uint32_t n,
                           std::uint32_t* index, double* sign);

DrawSteps draw_steps_kernel(Isa isa);

}  // namespace escapement::numeric
