// The problem that every C++ peer runs: data, start and draws, in plain doubles.
//
// The peers share nothing with the library. They share this header among themselves, so that all of them
// walk the same trajectory and `benchmarks/run.py --check` can compare where they arrive.
#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace peer {

struct Setting {
  int d = 20;           // input dimension
  int m = 1000;         // neurons
  int n = 200;          // samples
  double eta = 1e-3;    // step size
  double sigma = 4;     // two-point label noise: +sigma or -sigma
  long steps = 100000;  // one sample a step
  long bits = 256;      // significand of the multiprecision peers; the double ones ignore it
  long seed = 1;
  bool check = false;  // mpfr_loop: compare with the direct (W, a) recursion
};

/// Arguments are `key=value`, e.g. `steps=50000 m=1000`; anything else ends the program with status 2.
inline Setting parse(int argc, char** argv) {
  Setting s;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto cut = word.find('=');
    const std::string key = word.substr(0, cut);
    const std::string text = cut == std::string::npos ? "" : word.substr(cut + 1);
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    bool good = !text.empty() && *end == '\0' && value >= 0;
    if (key == "d")
      s.d = static_cast<int>(value);
    else if (key == "m")
      s.m = static_cast<int>(value);
    else if (key == "n")
      s.n = static_cast<int>(value);
    else if (key == "eta")
      s.eta = value;
    else if (key == "sigma")
      s.sigma = value;
    else if (key == "steps")
      s.steps = static_cast<long>(value);
    else if (key == "bits")
      s.bits = static_cast<long>(value);
    else if (key == "seed")
      s.seed = static_cast<long>(value);
    else if (key == "check")
      s.check = value != 0;
    else
      good = false;
    if (!good || s.d < 1 || s.m < 1 || s.n < 1 || s.bits < 2) {
      std::fprintf(stderr, "%s: bad argument '%s'\n", argv[0], word.c_str());
      std::exit(2);
    }
  }
  return s;
}

/// Data and start: x_k ~ N(0, I_d), w_ij ~ N(0, 1/d), a_i ~ N(0, 1/m), ||theta*|| = 1, y_k = <theta*, x_k>.
struct Problem {
  std::vector<double> W;  // [m x d], row by row
  std::vector<double> a;  // [m]
  std::vector<double> X;  // [n x d], row by row
  std::vector<double> y;  // [n]

  explicit Problem(const Setting& s) {
    std::mt19937_64 random(static_cast<std::uint64_t>(s.seed));
    std::normal_distribution<double> normal;
    const auto d = static_cast<std::size_t>(s.d), m = static_cast<std::size_t>(s.m),
               n = static_cast<std::size_t>(s.n);
    W.resize(m * d), a.resize(m), X.resize(n * d), y.resize(n);
    for (double& w : W) w = normal(random) / std::sqrt(static_cast<double>(d));
    for (double& v : a) v = normal(random) / std::sqrt(static_cast<double>(m));
    for (double& x : X) x = normal(random);
    std::vector<double> target(d);
    double square = 0;
    for (double& v : target) v = normal(random), square += v * v;
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t j = 0; j < d; ++j) y[k] += target[j] / std::sqrt(square) * X[k * d + j];
  }
};

/// The draws of a step: a sample index uniform on [n], and a sign. One 64-bit number feeds both.
class Draws {
 public:
  Draws(const Setting& s)
      : n_(static_cast<std::uint64_t>(s.n)), random_(static_cast<std::uint64_t>(s.seed) + 1) {}
  void next() {
    const std::uint64_t bits = random_();
    sample = static_cast<int>(((bits >> 32) * n_) >> 32);
    positive = (bits & 1U) != 0;
  }
  int sample = 0;
  bool positive = false;

 private:
  std::uint64_t n_;
  std::mt19937_64 random_;
};

class Timer {
 public:
  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point start_ = Clock::now();
};

/// One line of JSON: what run.py reads. Returns the exit status: 1 for a run that left the finite numbers.
inline int report(const char* name, const Setting& s, double seconds, double theta_norm) {
  if (!std::isfinite(theta_norm)) {
    std::fprintf(stderr, "%s: diverged\n", name);
    return 1;
  }
  std::printf(
      "{\"name\": \"%s\", \"steps\": %ld, \"seconds\": %.6f, \"steps_per_second\": %.1f, \"theta_norm\": "
      "%.17g}\n",
      name, s.steps, seconds, static_cast<double>(s.steps) / seconds, theta_norm);
  return 0;
}

}  // namespace peer
