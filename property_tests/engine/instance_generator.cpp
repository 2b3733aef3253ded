// Drawing and shrinking explicit instances.
#include <algorithm>

#include "../support/dice.h"
#include "instance_spec.h"
#include "structured_states.h"

namespace escapement::test {

namespace {

std::vector<std::vector<Exact>> draw_rows(Dice& dice, std::size_t rows, std::size_t columns) {
  std::vector<std::vector<Exact>> result;
  for (std::size_t i = 0; i < rows; ++i) {
    std::vector<Exact> row(columns, 0);
    const std::uint64_t kind = dice.below(12);
    if (kind == 0 && i > 0)
      row = result[dice.below(i)];  // tied with another one: rank falls
    else if (kind == 1)
      row[dice.below(columns)] = dice.entry();  // on an axis
    else if (kind != 2)                         // else a row of zeros
      std::generate(row.begin(), row.end(), [&] { return dice.entry(); });
    result.push_back(row);
  }
  return result;
}

Exact squared(const std::vector<Exact>& v) {
  Exact sum = 0;
  for (const Exact& x : v) sum += x * x;
  return sum;
}

// The residual of a step falls by the factor 1 - eta (|a|^2 |x|^2 + |W x|^2) to first order: eta is at most a quarter of
// what makes that negative, and up to 2^12 times smaller.
Exact draw_step_size(Dice& dice, const InstanceSpec& s) {
  Exact input = 0, size = squared(s.second_layer);
  for (const auto& x : s.inputs) input = std::max(input, squared(x));
  for (const auto& w : s.first_layer) size += squared(w);
  Exact bound = power_of_two(-3);
  while (bound * input * (size + 1) > power_of_two(-2)) bound /= 2;
  return dice.one_in(8) ? Exact(bound * Exact(2, 3))
                        : Exact(bound * dice.log_uniform(-12, -1, dice.between(1, 52)));
}

InstanceSpec draw(Dice& dice, int size) {
  const auto up_to = [&](int most) {
    return static_cast<std::size_t>(dice.between(1, 1 + most * size / 100));
  };
  InstanceSpec s;
  s.algorithm = dice.among<std::string>(
      {"label-noise-sgd", "label-noise-sgd", "sgd", "label-noise-gd", "gradient-descent", "sam", "sam"});
  s.d = up_to(7);
  s.m = up_to(dice.one_in(2) ? 24 : 7);
  s.n = up_to(9);
  s.batch = s.full_batch_rule() ? 0 : dice.among<std::size_t>({1, 1, 1, 2, 5, 0});
  s.steps = dice.one_in(10) ? dice.below(4) : dice.below(4 + static_cast<std::uint64_t>(size) / 2);
  s.loss = dice.one_in(3) ? "square" : "half-square";
  if (dice.one_in(3)) s.schedule = "periodic:" + std::to_string(up_to(5)) + ":" + std::to_string(up_to(5));
  if (dice.one_in(12)) s.schedule = "off";
  s.inputs = draw_rows(dice, s.n, s.d);
  s.first_layer = draw_rows(dice, s.m, s.d);
  s.second_layer = draw_rows(dice, 1, s.m)[0];
  s.theta_star = draw_rows(dice, 1, s.d)[0];
  if (dice.one_in(4)) restructure(dice, s);
  s.eta = draw_step_size(dice, s);
  s.sigma = dice.one_in(5) ? Exact(0) : dice.one_in(2) ? dice.short_dyadic() : dice.log_uniform(-20, 1, 20);
  s.rho = dice.one_in(6) ? Exact(0) : dice.log_uniform(-10, -2, dice.between(1, 30));
  if (s.per_step() == s.batch)
    for (std::size_t i = 0; i < s.steps * s.batch; ++i)
      s.samples.push_back(static_cast<std::uint32_t>(dice.below(s.n)));
  const bool noisy =
      s.algorithm == "label-noise-sgd" || s.algorithm == "label-noise-gd" || s.algorithm == "sam";
  const bool gaussian = dice.one_in(3);
  for (std::size_t i = 0; noisy && i < s.steps * s.per_step(); ++i) {
    if (gaussian)
      s.noise.push_back(s.sigma * dice.entry());
    else
      s.signs.push_back(dice.sign());
  }
  return s;
}

template <class List>
void remove(List& list, std::size_t i) {
  list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
}

void cut_steps(InstanceSpec& s, std::uint64_t steps) {
  const auto keep = [&](auto& list, std::size_t per_step) {
    list.resize(std::min(list.size(), steps * per_step));
  };
  keep(s.samples, s.batch);
  keep(s.signs, s.per_step());
  keep(s.noise, s.per_step());
  s.steps = steps;
}

// The same law without one of its samples; steps that used it use the first one.
InstanceSpec without_sample(InstanceSpec s, std::size_t k) {
  if (s.per_step() == s.n && s.samples.empty()) {  // noise of each sample at each step
    for (std::uint64_t t = s.steps; t-- > 0;) {
      if (!s.signs.empty()) remove(s.signs, t * s.n + k);
      if (!s.noise.empty()) remove(s.noise, t * s.n + k);
    }
  }
  remove(s.inputs, k);
  --s.n;
  for (std::uint32_t& i : s.samples) i = i == k ? 0 : i > k ? i - 1 : i;
  return s;
}

}  // namespace

std::vector<InstanceSpec> simpler(const InstanceSpec& spec) {
  std::vector<InstanceSpec> result;
  const auto with = [&](auto&& change) {
    InstanceSpec next = spec;
    change(next);
    result.push_back(std::move(next));
  };
  for (std::size_t i = 0; spec.m > 1 && i < spec.m; ++i)
    with([&](InstanceSpec& s) { remove(s.first_layer, i), remove(s.second_layer, i), --s.m; });
  for (std::size_t j = 0; spec.d > 1 && j < spec.d; ++j)
    with([&](InstanceSpec& s) {
      for (auto& row : s.inputs) remove(row, j);
      for (auto& row : s.first_layer) remove(row, j);
      remove(s.theta_star, j), --s.d;
    });
  if (spec.steps > 0) {
    with([&](InstanceSpec& s) { cut_steps(s, spec.steps / 2); });
    with([&](InstanceSpec& s) { cut_steps(s, spec.steps - 1); });
  }
  for (std::size_t k = 0; spec.n > 1 && k < spec.n; ++k) result.push_back(without_sample(spec, k));
  if (spec.schedule != "on") with([](InstanceSpec& s) { s.schedule = "on"; });
  if (spec.loss != "half-square") with([](InstanceSpec& s) { s.loss = "half-square"; });
  const auto each = [&](auto&& numbers_of) {  // of a list of numbers, one at a time
    InstanceSpec probe = spec;
    for (std::size_t i = 0; i < numbers_of(probe).size(); ++i)
      for (const Exact& x : simpler(numbers_of(probe)[i]))
        with([&](InstanceSpec& s) { numbers_of(s)[i] = x; });
  };
  for (std::size_t i = 0; i < spec.m; ++i) each([i](InstanceSpec & s) -> auto& { return s.first_layer[i]; });
  each([](InstanceSpec & s) -> auto& { return s.second_layer; });
  for (std::size_t k = 0; k < spec.n; ++k) each([k](InstanceSpec & s) -> auto& { return s.inputs[k]; });
  each([](InstanceSpec & s) -> auto& { return s.theta_star; });
  each([](InstanceSpec & s) -> auto& { return s.noise; });
  for (const Exact& x : simpler(spec.sigma))
    if (x >= 0) with([&](InstanceSpec& s) { s.sigma = x; });
  for (const Exact& x : simpler(spec.rho))
    if (x >= 0) with([&](InstanceSpec& s) { s.rho = x; });
  for (const Exact& x : simpler(spec.eta))
    if (x > 0 && x <= spec.eta) with([&](InstanceSpec& s) { s.eta = x; });
  return result;
}

rc::Gen<InstanceSpec> instance_specs() {
  return [](const rc::Random& random, int size) {
    Dice dice(random);
    return rc::shrinkable::shrinkRecur(
        draw(dice, size), [](const InstanceSpec& s) { return rc::seq::fromContainer(simpler(s)); });
  };
}

}  // namespace escapement::test
