// The inner product of two vectors of 21 numbers, as the candidates for our scalars compute it: nanoseconds a term.
// This is what docs/dependencies.md argues from. Not part of the build:
//   g++ -std=c++20 -O2 docs/measurements/inner_products.cpp -o /tmp/inner_products
//       -lbenchmark -lpthread -lflint-arb -lflint -lmpfi -lmpfr -lgmp && /tmp/inner_products
#include <vector>

#include <arb.h>
#include <benchmark/benchmark.h>
#include <boost/multiprecision/mpfr.hpp>
#include <mpfi.h>

namespace {

constexpr int kTerms = 21;  // d + 1 of the two-phase setting

// Full-length significands: k-th roots, signs in turn.
struct Operands {
  explicit Operands(long bits_) : bits(bits_), x(kTerms), y(kTerms) {
    for (unsigned long k = 0; k < kTerms; ++k) {
      for (auto* v : {&x[k], &y[k]}) mpfr_init2(v, bits);
      mpfr_rootn_ui(&x[k], (mpfr_set_ui(&x[k], k + 2, MPFR_RNDN), &x[k]), 7, MPFR_RNDN);
      mpfr_rootn_ui(&y[k], (mpfr_set_ui(&y[k], k + 3, MPFR_RNDN), &y[k]), 5, MPFR_RNDN);
      if (k % 2 == 1) mpfr_neg(&y[k], &y[k], MPFR_RNDN);
    }
  }
  ~Operands() {
    for (unsigned k = 0; k < kTerms; ++k) mpfr_clears(&x[k], &y[k], static_cast<mpfr_ptr>(nullptr));
  }
  long bits;
  std::vector<__mpfr_struct> x, y;
};

void per_term(benchmark::State& state) {
  state.counters["per_term"] =
      benchmark::Counter(kTerms, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void mpfr_multiply_add(benchmark::State& state) {
  const Operands o(state.range(0));
  mpfr_t sum, term;
  mpfr_inits2(o.bits, sum, term, static_cast<mpfr_ptr>(nullptr));
  for (auto _ : state) {
    mpfr_set_zero(sum, 1);
    for (int k = 0; k < kTerms; ++k) {
      mpfr_mul(term, &o.x[k], &o.y[k], MPFR_RNDN);
      mpfr_add(sum, sum, term, MPFR_RNDN);
    }
    benchmark::DoNotOptimize(sum->_mpfr_d);
  }
  mpfr_clears(sum, term, static_cast<mpfr_ptr>(nullptr));
  per_term(state);
}

void mpfr_fused(benchmark::State& state) {
  const Operands o(state.range(0));
  mpfr_t sum;
  mpfr_init2(sum, o.bits);
  for (auto _ : state) {
    mpfr_set_zero(sum, 1);
    for (int k = 0; k < kTerms; ++k) mpfr_fma(sum, &o.x[k], &o.y[k], sum, MPFR_RNDN);
    benchmark::DoNotOptimize(sum->_mpfr_d);
  }
  mpfr_clear(sum);
  per_term(state);
}

void boost_mpfr_float(benchmark::State& state) {
  using Real = boost::multiprecision::number<boost::multiprecision::mpfr_float_backend<0>,
                                             boost::multiprecision::et_off>;
  const Operands o(state.range(0));
  Real::default_precision(static_cast<unsigned>(o.bits * 301 / 1000));
  std::vector<Real> x, y;
  for (int k = 0; k < kTerms; ++k) {
    x.emplace_back(&o.x[k]);
    y.emplace_back(&o.y[k]);
  }
  for (auto _ : state) {
    Real sum = 0;
    for (int k = 0; k < kTerms; ++k) sum += x[k] * y[k];
    benchmark::DoNotOptimize(sum);
  }
  per_term(state);
}

void mpfi_multiply_add(benchmark::State& state) {
  const Operands o(state.range(0));
  std::vector<__mpfi_struct> x(kTerms), y(kTerms);
  for (int k = 0; k < kTerms; ++k) {
    mpfi_init2(&x[k], o.bits);
    mpfi_init2(&y[k], o.bits);
    mpfi_set_fr(&x[k], &o.x[k]);
    mpfi_set_fr(&y[k], &o.y[k]);
  }
  mpfi_t sum, term;
  mpfi_init2(sum, o.bits);
  mpfi_init2(term, o.bits);
  for (auto _ : state) {
    mpfi_set_ui(sum, 0);
    for (int k = 0; k < kTerms; ++k) {
      mpfi_mul(term, &x[k], &y[k]);
      mpfi_add(sum, sum, term);
    }
    benchmark::DoNotOptimize(sum->left._mpfr_d);
  }
  for (int k = 0; k < kTerms; ++k) mpfi_clear(&x[k]), mpfi_clear(&y[k]);
  mpfi_clear(sum);
  mpfi_clear(term);
  per_term(state);
}

template <class Dot>
void with_arb(benchmark::State& state, Dot dot) {
  const Operands o(state.range(0));
  arb_ptr x = _arb_vec_init(kTerms), y = _arb_vec_init(kTerms);
  for (int k = 0; k < kTerms; ++k) {
    arf_set_mpfr(arb_midref(x + k), &o.x[k]);
    arf_set_mpfr(arb_midref(y + k), &o.y[k]);
  }
  arb_t sum;
  arb_init(sum);
  for (auto _ : state) {
    dot(sum, x, y, o.bits);
    benchmark::DoNotOptimize(sum);
  }
  arb_clear(sum);
  _arb_vec_clear(x, kTerms);
  _arb_vec_clear(y, kTerms);
  per_term(state);
}

void arb_multiply_add(benchmark::State& state) {
  with_arb(state, [](arb_t sum, arb_srcptr x, arb_srcptr y, long bits) {
    arb_zero(sum);
    for (int k = 0; k < kTerms; ++k) arb_addmul(sum, x + k, y + k, bits);
  });
}
void arb_dot_rigorous(benchmark::State& state) {
  with_arb(state, [](arb_t sum, arb_srcptr x, arb_srcptr y, long bits) {
    arb_dot(sum, nullptr, 0, x, 1, y, 1, kTerms, bits);
  });
}
void arb_dot_approximate(benchmark::State& state) {
  with_arb(state, [](arb_t sum, arb_srcptr x, arb_srcptr y, long bits) {
    arb_approx_dot(sum, nullptr, 0, x, 1, y, 1, kTerms, bits);
  });
}

}  // namespace

BENCHMARK(boost_mpfr_float)->Arg(128)->Arg(256)->Arg(512);
BENCHMARK(mpfr_multiply_add)->Arg(128)->Arg(256)->Arg(512);
BENCHMARK(mpfr_fused)->Arg(128)->Arg(256)->Arg(512);
BENCHMARK(mpfi_multiply_add)->Arg(128)->Arg(256)->Arg(512);
BENCHMARK(arb_multiply_add)->Arg(128)->Arg(256)->Arg(512);
BENCHMARK(arb_dot_rigorous)->Arg(128)->Arg(256)->Arg(512);
BENCHMARK(arb_dot_approximate)->Arg(128)->Arg(256)->Arg(512);
BENCHMARK_MAIN();
