// Units. In Z -> s Z, x -> b x the output is s^2 b times what it was; with theta* -> s^2 theta*, the labels and label noise
// in the output's units, and eta -> eta / (s b)^2, rho -> s rho every term of a step has one and the same unit. Powers of two
// do not round: where s and b are such, each number of the run is the other's with another exponent. (The bound that ends a
// run, 2^150, has no unit: s and b stay far from it.)
#include <ostream>

#include "../support/dice.h"
#include "../support/property.h"
#include "alike.h"

namespace escapement::test {

namespace {

struct Scaling {
  int neurons = 0, inputs = 0;  // s = 2^neurons, b = 2^inputs
};

void showValue(const Scaling& s, std::ostream& out) {
  out << "s = 2^" << s.neurons << ", b = 2^" << s.inputs;
}

rc::Gen<Scaling> scalings() {
  return [](const rc::Random& random, int) {
    Dice dice(random);
    return rc::shrinkable::just(Scaling{dice.between(-9, 9), dice.between(-9, 9)});
  };
}

InstanceSpec scaled(InstanceSpec spec, const Scaling& by) {
  const Exact s = power_of_two(by.neurons), b = power_of_two(by.inputs);
  const auto times = [](std::vector<Exact>& list, const Exact& factor) {
    for (Exact& x : list) x *= factor;
  };
  for (auto& row : spec.first_layer) times(row, s);
  times(spec.second_layer, s);
  times(spec.theta_star, s * s);
  for (auto& row : spec.inputs) times(row, b);
  times(spec.noise, s * s * b);
  spec.sigma *= s * s * b;
  spec.eta /= s * s * b * b;
  spec.rho *= s;
  return spec;
}

}  // namespace

ESCAPEMENT_PROPERTY("other units of Z and x change exponents and not a bit more", 0.8, [] {
  const InstanceSpec spec = *instance_specs();
  const Scaling by = *scalings();
  const InstanceSpec image = scaled(spec, by);
  RC_LOG_CASE(image);
  expect_identical(spec, image, {by.neurons, 2 * by.neurons});
});

}  // namespace escapement::test
