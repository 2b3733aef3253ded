// Not a peer but the ceiling: how many fused multiply-adds of doubles one core does in a second, with nothing else to do.
// Twelve independent chains cover the latency (4 cycles, 2 units a cycle) of every processor of today, in the widest
// vectors that the machine has; operands stay in registers. Prints one line of JSON like the peers: a "step" is one
// multiply-add of one double.
#include "setting.h"

namespace {

#if defined(__AVX512F__)
constexpr int kBytes = 64;
#else
constexpr int kBytes = 32;
#endif
typedef double Pack __attribute__((vector_size(kBytes)));
constexpr int kLanes = kBytes / 8, kChains = 12;

// x <- x/2 + 1 in every chain: stays at 2, is never denormal, and the compiler contracts it to one instruction.
void run(long rounds, Pack (&x)[kChains]) {
  Pack a = x[0], b = x[1], c = x[2], d = x[3], e = x[4], f = x[5], g = x[6], h = x[7], i = x[8], j = x[9],
       k = x[10], l = x[11];
  const Pack half = x[0] * 0 + 0.5, one = x[0] * 0 + 1;
  for (long n = 0; n < rounds; ++n) {
    a = a * half + one, b = b * half + one, c = c * half + one, d = d * half + one;
    e = e * half + one, f = f * half + one, g = g * half + one, h = h * half + one;
    i = i * half + one, j = j * half + one, k = k * half + one, l = l * half + one;
  }
  const Pack end[kChains] = {a, b, c, d, e, f, g, h, i, j, k, l};
  for (int n = 0; n < kChains; ++n) x[n] = end[n];
}

}  // namespace

int main(int argc, char** argv) {
  const peer::Setting s = peer::parse(argc, argv);
  Pack x[kChains];
  for (Pack& p : x) p = Pack{} + s.eta;
  const long rounds = s.steps / (kChains * kLanes) + 1;
  const auto begin = std::chrono::steady_clock::now();
  run(rounds, x);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  double sum = 0;
  for (const Pack& p : x)
    for (int i = 0; i < kLanes; ++i) sum += p[i];
  const double steps = static_cast<double>(rounds) * kChains * kLanes;
  std::printf(
      "{\"name\": \"fma_peak\", \"steps\": %.0f, \"seconds\": %.6f, \"steps_per_second\": %.1f, \"mean\": "
      "%.17g}\n",
      steps, seconds, steps / seconds, sum / (kChains * kLanes));
  return 0;
}
