// Gradient descent where the data's covariance is the identity, C = I, so that one step can be written down:
//
// Growth. With u = theta* / |theta*| and s = a + <w, u>, r = a - <w, u>, a step of size h makes of every neuron
//     s' = (1 + h |theta*|) s - h (<w, theta> + a <theta, u>),   r' = (1 - h |theta*|) r - h (<w, theta> - a <theta, u>),
// so that s grows and r shrinks by these factors up to h |theta| (|w| + |a|), which is of third order in a network near zero
// [Lemma 4.5's mechanism]. Convergence. With e = theta - theta*,
//     theta' - theta* = (I - h (|a|^2 I + W^T W) + h^2 <theta, e> I) e,
// hence |e'| <= (1 - h |a|^2) |e| + h^2 |theta| |e|^2 while h (|a|^2 + |W|^2) <= 1, W^T W being at least 0, and
// |e'| >= (1 - h (|a|^2 + |W|^2)) |e| - h^2 |theta| |e|^2, W^T W being at most |W|^2. If all w_i are multiples of theta*,
// W^T W e = |W|^2 e and |theta| <= (|a|^2 + |W|^2) / 2, hence |e'| <= (1 - h S (1 - h |e| / 2)) |e| with S = |a|^2 + |W|^2:
// at least the rate h c / 2 while S >= c and h |e| <= 1 [Lemma 4.6's mechanism].
#include <fmt/format.h>

#include "escapement/numeric/precision.h"
#include "escapement/observe/columns.h"

#include "../support/dice.h"
#include "../support/property.h"
#include "by_hand.h"
#include "structured_states.h"

namespace escapement::test {

namespace {

using numeric::Truth;
using observe::Column;

enum class Near { zero, anywhere, aligned };

InstanceSpec draw(Dice& dice, int size, Near where) {
  InstanceSpec s;
  s.algorithm = "gradient-descent";
  s.batch = 0;
  s.loss = dice.one_in(3) ? "square" : "half-square";
  s.n = std::size_t{1} << dice.below(4);
  s.d = 1 + dice.below(std::min<std::size_t>(s.n, 5));
  s.m = static_cast<std::size_t>(dice.between(1, 2 + size / 10));
  s.steps = 1 + dice.below(1 + static_cast<std::uint64_t>(size));
  s.inputs = orthogonal_inputs(s.n, s.d);
  for (std::size_t j = 0; j < s.d; ++j) s.theta_star.push_back(dice.entry());
  s.eta = power_of_two(dice.between(-14, -7));
  const Exact unit = where == Near::zero ? power_of_two(-dice.between(4, 12)) : Exact(1) / 4;
  for (std::size_t i = 0; i < s.m; ++i) {
    s.first_layer.emplace_back();
    const Exact factor = dice.entry();
    for (std::size_t j = 0; j < s.d; ++j)
      s.first_layer[i].push_back(unit *
                                 (where == Near::aligned ? Exact(factor * s.theta_star[j]) : dice.entry()));
    s.second_layer.push_back(unit * dice.entry());
  }
  return s;
}

bool is_aligned(const InstanceSpec& s) {
  for (const auto& w : s.first_layer)
    for (std::size_t j = 0; j < s.d; ++j)
      for (std::size_t k = 0; k < j; ++k)
        if (w[j] * s.theta_star[k] != w[k] * s.theta_star[j]) return false;
  return true;
}

rc::Gen<InstanceSpec> descents(Near where) {
  return [where](const rc::Random& random, int size) {
    Dice dice(random);
    return rc::shrinkable::shrinkRecur(draw(dice, size, where), [where](const InstanceSpec& s) {
      std::vector<InstanceSpec> smaller = simpler(s);
      std::erase_if(smaller, [&](const InstanceSpec& other) {  // C = I stays
        return other.n != s.n || other.d != s.d || other.inputs != s.inputs ||
               (where == Near::aligned && !is_aligned(other));
      });
      return rc::seq::fromContainer(smaller);
    });
  };
}

Ball norm(const Numbers& x) { return sqrt(inner(x, x)); }

// Every step of a run, as recorded, and how far rounding may have moved what is recorded of a vector.
struct Path {
  engine::RunResult result;
  Ball rounding;
  Ball value(std::uint64_t step, Column column) const {
    return *result.trajectory.records.at(step).values.at(static_cast<std::size_t>(column));
  }
};
Path path_of(const InstanceSpec& spec, const std::string& precision, long bits, const std::string& state) {
  Path path{run(make_instance(spec, {{"precision", precision},
                                     {"state", state},
                                     {"record", "every:1"},
                                     {"watch", std::to_string(spec.m)}})),
            Ball()};
  if (!precision.starts_with("certified"))
    path.rounding = (running_error(spec, bits) +
                     norm(numbers_of(spec.theta_star)) * Ball::from(power_of_two(static_cast<int>(-bits)))) *
                    Ball(64 * static_cast<int>(spec.d + spec.m));
  return path;
}

// In double, Mp and Ball, in both states.
void in_every_scalar(const InstanceSpec& spec, const std::function<void(const Path&)>& law) {
  const long bits = *rc::gen::inRange<long>(60, 300);
  const numeric::WorkingPrecision guard(600);
  for (const char* state : {"direct", "width-free"})
    for (const std::string& precision :
         {std::string("double"), std::to_string(bits), fmt::format("certified:{}", bits)}) {
      RC_LOG() << precision << ", " << state << "\n";
      const Path path = path_of(spec, precision, precision == "double" ? numeric::kDoubleBits : bits, state);
      RC_PRE(path.result.trajectory.outcome == observe::Outcome::completed);
      RC_PRE(path.rounding.is_finite());
      law(path);
    }
}

Ball step_size(const InstanceSpec& s) { return Ball::from(s.loss == "square" ? Exact(2 * s.eta) : s.eta); }

}  // namespace

ESCAPEMENT_PROPERTY(
    "alignment: a + <w, u> grows and a - <w, u> shrinks by 1 +- eta |theta*| a step", 0.4, [] {
      const InstanceSpec spec = *descents(Near::zero);
      RC_PRE(
          std::any_of(spec.theta_star.begin(), spec.theta_star.end(), [](const Exact& x) { return x != 0; }));
      in_every_scalar(spec, [&](const Path& path) {
        const Ball h = step_size(spec), truth = norm(numbers_of(spec.theta_star));
        const auto& points = path.result.trajectory.paths;
        RC_ASSERT(points.size() == (spec.steps + 1) * spec.m);
        for (std::size_t at = 0; at + spec.m < points.size(); ++at) {
          const observe::NeuronPoint &now = points[at], &next = points[at + spec.m];
          RC_ASSERT(now.neuron == next.neuron && now.step + 1 == next.step);
          const Ball allowed =
              h * path.value(now.step, Column::theta_norm) * (now.norm + abs(now.second_layer));
          for (const int sign : {1, -1}) {
            const auto along = [&](const observe::NeuronPoint& p) {
              return p.second_layer + Ball(sign) * p.alignment / truth;
            };
            const Ball off = abs(along(next) - (Ball(1) + Ball(sign) * h * truth) * along(now));
            RC_LOG() << "step " << now.step << ", neuron " << now.neuron << ": off by " << off.mid_string(6)
                     << ", allowed " << allowed.mid_string(6) << "\n";
            RC_ASSERT(less_equal(off, allowed + path.rounding * (Ball(1) + Ball(1) / truth)) != Truth::no);
          }
        }
      });
    });

ESCAPEMENT_PROPERTY("convergence: |a|^2 at least and |a|^2 + |W|^2 at most contract theta - theta*", 0.4, [] {
  const InstanceSpec spec = *descents(Near::anywhere);
  in_every_scalar(spec, [&](const Path& path) {
    const Ball h = step_size(spec);
    for (std::uint64_t t = 0; t < spec.steps; ++t) {
      const Ball a = path.value(t, Column::norm_a), w = path.value(t, Column::frobenius_W);
      RC_PRE(less_equal(h * (a * a + w * w), Ball(1)) == Truth::yes);
      const Ball error = path.value(t, Column::theta_distance);
      const Ball square = h * h * path.value(t, Column::theta_norm) * error * error;
      const Ball most = (Ball(1) - h * a * a) * error + square,
                 least = (Ball(1) - h * (a * a + w * w)) * error - square;
      const Ball next = path.value(t + 1, Column::theta_distance);
      RC_ASSERT(less_equal(next, most + path.rounding) != Truth::no);
      RC_ASSERT(less_equal(least - path.rounding, next) != Truth::no);
    }
  });
});

ESCAPEMENT_PROPERTY("convergence: an aligned network contracts at the rate |a|^2 + |W|^2", 0.4, [] {
  const InstanceSpec spec = *descents(Near::aligned);
  in_every_scalar(spec, [&](const Path& path) {
    const Ball h = step_size(spec), first = path.value(0, Column::theta_distance);
    RC_PRE(less_equal(h * first, Ball(1)) == Truth::yes);
    Ball least, rate = Ball(1);
    for (std::uint64_t t = 0; t < spec.steps; ++t) {
      const Ball a = path.value(t, Column::norm_a), w = path.value(t, Column::frobenius_W);
      const Ball s = a * a + w * w, error = path.value(t, Column::theta_distance);
      RC_PRE(less_equal(h * s * (Ball(1) + h * error / Ball(2)), Ball(1)) == Truth::yes);
      const Ball allowed = (Ball(1) - h * s * (Ball(1) - h * error / Ball(2))) * error;
      RC_ASSERT(less_equal(path.value(t + 1, Column::theta_distance), allowed + path.rounding) != Truth::no);
      least = t == 0 ? s.lower() : numeric::minimum(least, s.lower());
    }
    for (std::uint64_t t = 0; t < spec.steps; ++t) rate *= Ball(1) - h * least / Ball(2);
    RC_ASSERT(less_equal(path.value(spec.steps, Column::theta_distance), rate * first + path.rounding) !=
              Truth::no);
  });
});

}  // namespace escapement::test
