#include "escapement/reduction/word_gradient_kernels.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/numeric/packed.h"

using namespace escapement::numeric;
using namespace escapement::reduction;

namespace {

enum class Form { batch, full, sharp };

struct Setting {
  static constexpr std::size_t kD = 3, kLeading = 4, kRows = 8, kBatch = 5, kSteps = 12;
  std::size_t words;
  Form form;
  std::vector<double> inputs, labels, step_size, sigma, rho, share;
  std::vector<const double*> x, y;
  Vector<double> z, noise, covariance, theta_star;

  Setting(std::size_t words_, Form form_)
      : words(words_),
        form(form_),
        inputs(40 * kD),
        labels(40 * words_),
        step_size(words_),
        sigma(words_),
        rho(words_),
        share(words_),
        z(kRows * (kD + 1) * words_ * kWordLanes),
        noise(kSteps * kBatch * kWordLanes),
        covariance(kD * kD * words_ * kWordLanes),
        theta_star(kD * words_ * kWordLanes) {
    std::mt19937_64 engine(words + 10 * static_cast<std::size_t>(form));
    const auto number = [&] { return static_cast<double>(engine() >> 11) * 0x1p-52 - 1; };
    const auto fill = [&](Vector<double>& out) {  // words at most u apart
      for (std::size_t i = 0; i < out.size(); ++i)
        out.set(i, std::ldexp(number(), -54 * static_cast<int>(i / kWordLanes % words)));
    };
    for (double& v : inputs) v = number();
    for (std::size_t i = 0; i < labels.size(); ++i)
      labels[i] = std::ldexp(number(), -54 * static_cast<int>(i % words));
    fill(z);
    fill(covariance);
    fill(theta_star);
    step_size[0] = 1.0 / 128;
    sigma[0] = 0.5;
    rho[0] = 0.125;
    share[0] = 0.25;
    for (std::size_t i = 0; i < noise.size(); ++i) {
      noise.set(i, engine() % 2 == 0 ? 1 : -1);
      const std::size_t k = engine() % 40;
      x.push_back(inputs.data() + k * kD);
      y.push_back(labels.data() + k * words);
    }
  }

  Vector<double> after(Isa isa, std::size_t cut, unsigned active, const Vector<double>& start,
                       WordEnd end = WordEnd::none, std::size_t taken = kSteps) const {
    Vector<double> state = start, scratch(word_gradient_scratch(kD, words));
    for (const auto& [from, to] : {std::pair(std::size_t{0}, cut), std::pair(cut, kSteps)}) {
      if (from == to) continue;
      WordGradientSteps k{};
      const std::size_t offset = from * kBatch * kWordLanes;
      k.z = state.data();
      k.rows = kRows, k.leading = kLeading, k.d = kD, k.steps = to - from, k.batch = kBatch;
      k.x = x.data() + offset, k.labels = y.data() + offset, k.noise = noise.data() + offset;
      k.covariance = form == Form::full ? covariance.data() : nullptr;
      k.theta_star = theta_star.data();
      k.share = share.data(), k.step_size = step_size.data(), k.sigma = sigma.data();
      k.rho = form == Form::sharp ? rho.data() : nullptr;
      k.scratch = scratch.data();
      for (std::size_t l = 0; l < kWordLanes; ++l) k.lanes[l].active = ((active >> l) & 1U) != 0;
      word_gradient_kernel(isa, words)(k);
      for (const WordLane& lane : k.lanes) {
        REQUIRE((!lane.active || lane.end == end));
        REQUIRE((!lane.active || lane.taken == std::min(taken, to - from)));
      }
    }
    return state;
  }
};

bool same_lane(const Vector<double>& a, const Vector<double>& b, std::size_t lane) {
  for (std::size_t i = lane; i < a.size(); i += kWordLanes)
    if (a.get(i) != b.get(i)) return false;
  return true;
}

}  // namespace

TEST_CASE("steps along gradients have the same bits on every instruction set, cut anywhere, in any company") {
  for (const std::size_t words : {2U, 4U})
    for (const Form form : {Form::batch, Form::full, Form::sharp}) {
      const Setting s(words, form);
      const Vector<double> whole = s.after(active_isa(), Setting::kSteps, 0xFF, s.z);
      for (const Isa isa : available_isas()) {
        const Vector<double> cut = s.after(isa, 5, 0xFF, s.z);
        for (std::size_t l = 0; l < kWordLanes; ++l) REQUIRE(same_lane(cut, whole, l));
      }
      const Vector<double> some = s.after(active_isa(), Setting::kSteps, 0x05, s.z);
      REQUIRE(same_lane(some, whole, 2));
      REQUIRE(!same_lane(whole, s.z, 1));
    }
}

TEST_CASE("steps along gradients end out of range with the state unharmed") {
  for (const Form form : {Form::batch, Form::full, Form::sharp}) {
    const Setting s(4, form);
    for (const int exponent : {-300, 300}) {
      Vector<double> start = s.z;
      for (std::size_t i = 0; i < start.size(); ++i) start.set(i, std::ldexp(start.get(i), exponent));
      const Vector<double> end =
          s.after(active_isa(), Setting::kSteps, 0xFF, start, WordEnd::out_of_range, 0);
      REQUIRE(std::equal(start.data(), start.data() + start.size(), end.data()));
    }
    Vector<double> start = s.z;
    for (std::size_t i = 0; i < start.size(); ++i) start.set(i, std::ldexp(start.get(i), 100));
    const Vector<double> end = s.after(active_isa(), Setting::kSteps, 0xFF, start, WordEnd::too_large, 0);
    for (std::size_t i = 0; i < end.size(); ++i) REQUIRE(std::isfinite(end.get(i)));
  }
}
