// The kernel over lanes against the kernel for one replica, without draws, and both against the multiply-adds that the
// core does at the same moment: by processor time, in short alternating turns, so that a busy machine disturbs all three alike.
//   lane_kernels [TURNS]     a line per dimension; rates in 10^6 steps of one replica a second
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

#if defined(ESCAPEMENT_X86)
#include <immintrin.h>
#endif

#include "escapement/numeric/packed.h"
#include "escapement/numeric/random.h"
#include "escapement/reduction/factor_kernels.h"
#include "escapement/reduction/lane_kernels.h"

namespace {

using namespace escapement;
using namespace escapement::reduction;
using numeric::Purpose;
using numeric::Vector;

constexpr std::size_t kSteps = 256, kSample = 200;
constexpr double kTurn = 1e-3;  // seconds

double processor_seconds() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

#if defined(ESCAPEMENT_X86)
// Twelve independent chains of 256-bit multiply-adds; returns how many of doubles.
__attribute__((target("avx2,fma"), noinline)) double multiply_adds(long rounds) {
  __m256d a = _mm256_set1_pd(0), b = a, c = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a;
  const __m256d half = _mm256_set1_pd(0.5), one = _mm256_set1_pd(1);
  for (long n = 0; n < rounds; ++n) {
    a = _mm256_fmadd_pd(a, half, one), b = _mm256_fmadd_pd(b, half, one), c = _mm256_fmadd_pd(c, half, one);
    d = _mm256_fmadd_pd(d, half, one), e = _mm256_fmadd_pd(e, half, one), f = _mm256_fmadd_pd(f, half, one);
    g = _mm256_fmadd_pd(g, half, one), h = _mm256_fmadd_pd(h, half, one), i = _mm256_fmadd_pd(i, half, one);
    j = _mm256_fmadd_pd(j, half, one), k = _mm256_fmadd_pd(k, half, one), l = _mm256_fmadd_pd(l, half, one);
    asm volatile(""
                 : "+x"(a), "+x"(b), "+x"(c), "+x"(d), "+x"(e), "+x"(f), "+x"(g), "+x"(h), "+x"(i), "+x"(j),
                   "+x"(k), "+x"(l));
  }
  return 48.0 * static_cast<double>(rounds);
}
#else
double multiply_adds(long) { return 0; }
#endif

struct Problem {
  std::size_t d, rows, lanes;
  std::vector<Vector<double>> inputs;         // by lane, kSample of them one after the other
  std::vector<std::vector<const double*>> x;  // by lane
  std::vector<double> zero = std::vector<double>(kSteps + kMaxProducts), c = zero, noise = zero;
  Vector<double> z, products, scratch, p, p_products, p_scratch, ring;  // lanes
  Vector<double> z1, products1, scratch1, p1, p_products1, p_scratch1;  // one replica
  LaneSteps together{};
  FactorSteps alone{};

  Problem(std::size_t dim, bool neurons) : d(dim), rows(d + 1), lanes(lane_method().width) {
    const std::size_t stride = numeric::padded(d), tall = numeric::padded(rows);
    const auto size = [&](Vector<double>& v, std::size_t n) { v = Vector<double>(n); };
    size(z, rows * rows * lanes), size(products, kMaxProducts * rows * lanes),
        size(scratch, kLaneColumns * rows * lanes);
    size(z1, rows * tall), size(products1, kMaxProducts * tall), size(scratch1, kFactorScratch * tall);
    p = z, p_products = products, p_scratch = scratch, p1 = z1, p_products1 = products1,
    p_scratch1 = scratch1;
    size(ring, kLaneInputs * stride * lanes);
    std::vector<std::uint32_t> index(kSteps + kMaxProducts);
    for (std::uint32_t l = 0; l < lanes; ++l) {
      inputs.emplace_back(kSample * stride);
      for (std::size_t k = 0; k < kSample; ++k)
        gaussian_row({1, l}, Purpose::inputs, k, 0, d, inputs[l].data() + k * stride);
      numeric::draw_steps({1, l}, 0, index.size(), kSample, index.data(), noise.data());
      x.emplace_back();
      for (const std::uint32_t i : index) x[l].push_back(inputs[l].data() + i * stride);
    }
    for (std::size_t i = 0; i < rows; ++i) {  // both start at the identity
      z1.set(i * tall + i, 1), p1.set(i * tall + i, 1);
      for (std::size_t l = 0; l < lanes; ++l)
        z.set((i * rows + i) * lanes + l, 1), p.set((i * rows + i) * lanes + l, 1);
    }
    together.factor = {z.data(), products.data(), scratch.data(), rows};
    alone.factor = {z1.data(), products1.data(), scratch1.data(), tall / 8};
    if (neurons) together.passenger = {p.data(), p_products.data(), p_scratch.data(), rows};
    if (neurons) alone.passenger = {p1.data(), p_products1.data(), p_scratch1.data(), tall / 8};
    for (std::size_t l = 0; l < lanes; ++l) {
      together.x[l] = x[l].data();
      together.y[l] = zero.data();
      together.noise[l] = noise.data();
    }
    together.inputs = ring.data();
    alone.x = x.front().data();
    alone.y = zero.data();
    alone.noise = noise.data();
    alone.c = c.data();
    alone.x_blocks = stride / 8;
    together.steps = alone.steps = kSteps;
    together.d = alone.d = d;
    together.step_size = alone.step_size = 1e-4;
    together.limit = alone.limit = 0x1p150;
  }
};

// Work a second of processor time, over about kTurn.
template <class F>
double rate(F&& work) {
  double done = 0, seconds = 0;
  const double begin = processor_seconds();
  while (seconds < kTurn) {
    for (int i = 0; i < 8; ++i) done += work();  // asking for the time takes a third of a microsecond
    seconds = processor_seconds() - begin;
  }
  return done / seconds;
}

double median(std::vector<double> v) {
  std::nth_element(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2), v.end());
  return v[v.size() / 2];
}

void line(std::size_t d, bool neurons, int turns) {
  Problem s(d, neurons);
  const FactorKernel kernel = factor_kernel(numeric::active_isa());
  std::vector<double> together, alone, ratio, share, limits;
  for (int t = 0; t < turns; ++t) {
    const double limit =
        numeric::active_isa() == numeric::Isa::portable ? 0 : rate([] { return multiply_adds(5000); });
    together.push_back(rate([&] { return static_cast<double>(lane_method().kernel(s.together) * s.lanes); }));
    alone.push_back(rate([&] { return static_cast<double>(kernel(s.alone)); }));
    ratio.push_back(together.back() / alone.back());
    share.push_back(limit > 0 ? together.back() * static_cast<double>(2 * d * d + d) / limit : 0);
    limits.push_back(limit);
  }
  std::printf("%3zu  %-4s %10.2f %10.2f %8.2f %8.3f %12.2f\n", d, neurons ? "R, P" : "R",
              1e-6 * median(together), 1e-6 * median(alone), median(ratio), median(share),
              1e-9 * median(limits));
}

}  // namespace

int main(int argc, char** argv) {
  const int turns = argc > 1 ? std::max(1, std::atoi(argv[1])) : 100;
  std::printf("%s, %zu lanes; share: of the multiply-adds (10^9 a second, last column) by 2 d^2 + d a step\n",
              numeric::to_string(numeric::active_isa()).c_str(), lane_method().width);
  std::printf("  d  what      lanes       alone    ratio    share        limit\n");
  for (const std::size_t d : {1u, 2u, 3u, 5u, 8u, 10u, 16u, 20u, 32u, 50u})
    for (const bool neurons : {false, true}) line(d, neurons, turns);
  return 0;
}
