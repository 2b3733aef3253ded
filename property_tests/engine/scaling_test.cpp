// Units. In Z -> s Z, x -> b x the output is s^2 b times what it was; with theta* -> s^2 theta*, the labels and label noise
// in the output's units, and eta -> eta / (s b)^2, rho -> s rho every term of a step has one and the same unit. Powers of two
// do not round: where s and b are such, each number of the run is the other's with another exponent. (The bound that ends a
// run, 2^150, has no unit: s and b stay far from it.)
#include <map>
#include <optional>
#include <ostream>
#include <string>

#include "escapement/numeric/magnitude_range.h"

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

// Exponents of s and of b in a column's unit; absent where it has none: what is compared with 1/m or sigma^2.
struct Unit {
  int neurons = 0, inputs = 0;
};
std::optional<Unit> unit_of(const std::string& column) {
  static const std::map<std::string, Unit> units{{"tau", {0, -2}},
                                                 {"train_loss", {4, 2}},
                                                 {"test_loss", {4, 0}},
                                                 {"theta_norm", {2, 0}},
                                                 {"theta_distance", {2, 0}},
                                                 {"frobenius_W", {1, 0}},
                                                 {"norm_a", {1, 0}},
                                                 {"mean_norm", {1, 0}},
                                                 {"min_norm", {1, 0}},
                                                 {"max_norm", {1, 0}},
                                                 {"norm_q10", {1, 0}},
                                                 {"norm_q50", {1, 0}},
                                                 {"norm_q90", {1, 0}},
                                                 {"mean_alignment", {3, 0}},
                                                 {"mean_abs_alignment", {3, 0}},
                                                 {"mean_cosine", {0, 0}},
                                                 {"cosine_q10", {0, 0}},
                                                 {"cosine_q50", {0, 0}},
                                                 {"cosine_q90", {0, 0}},
                                                 {"mean_abs_cosine", {0, 0}},
                                                 {"delta_mean", {6, 4}},
                                                 {"second_layer_move", {1, 0}},
                                                 {"product_defect", {1, 0}},
                                                 {"delta_share_positive", {0, 0}}};
  const auto unit = units.find(column);
  return unit == units.end() ? std::nullopt : std::optional(unit->second);
}

std::vector<Entry> columns_of(const engine::RunResult& result, const Scaling& by) {
  std::vector<Entry> list;
  for (const observe::Record& record : result.trajectory.records)
    for (std::size_t c = 0; c < record.values.size(); ++c) {
      const std::string& name = observe::column_names().at(c);
      const auto unit = unit_of(name);
      if (!unit) continue;
      const std::string where = name + " at step " + std::to_string(record.step);
      if (!record.values[c]) {
        list.push_back({where + ", absent", Ball(0)});
        continue;
      }
      const int exponent = unit->neurons * by.neurons + unit->inputs * by.inputs;
      list.push_back({where, numeric::shifted_ball(*record.values[c], exponent)});
    }
  return list;
}

}  // namespace

ESCAPEMENT_PROPERTY("other units of Z and x change exponents and not a bit more", 0.8, [] {
  const InstanceSpec spec = *instance_specs();
  const Scaling by = *scalings();
  const InstanceSpec image = scaled(spec, by);
  RC_LOG_CASE(image);
  expect_identical(spec, image, {by.neurons, 2 * by.neurons});
});

ESCAPEMENT_PROPERTY("units whose squares no double holds change exponents too, in every column", 0.5, [] {
  const InstanceSpec spec = *instance_specs();
  const Scaling by{*rc::gen::inRange(-300, -60), *rc::gen::inRange(-9, 10)};
  const InstanceSpec image = scaled(spec, by);
  RC_LOG_CASE(image);
  for (const char* state : {"direct", "width-free"}) {
    const Settings settings{{"precision", "double"}, {"state", state}, {"record", "every:3"}, {"watch", "3"}};
    const engine::RunResult one = run(make_instance(spec, settings)),
                            other = run(make_instance(image, settings));
    RC_LOG() << state << "\n";
    RC_ASSERT(one.final.steps == other.final.steps);
    ESCAPEMENT_EXPECT_NONE(first_difference(columns_of(one, by), columns_of(other, {})));
  }
});

}  // namespace escapement::test
