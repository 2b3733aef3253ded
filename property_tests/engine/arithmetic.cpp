#include "arithmetic.h"

#include <ostream>

#include <fmt/format.h>

#include "../support/dice.h"

namespace escapement::test {

rc::Gen<Arithmetic> arithmetics() {
  return [](const rc::Random& random, int) {
    Dice dice(random);
    const std::string precision =
        dice.among<std::string>({"double", "double", std::to_string(dice.between(24, 300)),
                                 fmt::format("certified:{}", dice.between(30, 300))});
    return rc::shrinkable::just(Arithmetic{precision, dice.one_in(2)});
  };
}

void showValue(const Arithmetic& arithmetic, std::ostream& out) {
  out << "--set precision=" << arithmetic.precision
      << " --set state=" << (arithmetic.width_free ? "width-free" : "direct") << " (oscillations: direct)";
}

Settings settings_of(const DrawnRun& run, const Arithmetic& arithmetic) {
  const bool driven = is_oscillation(load(run, {}).algorithm);
  return {{"precision", arithmetic.precision},
          {"state", arithmetic.width_free && !driven ? "width-free" : "direct"}};
}

rc::Gen<std::string> schedules() {
  return [](const rc::Random& random, int) {
    Dice dice(random);
    std::string steps;
    for (int count = dice.between(1, 6); count > 0; --count)
      steps += fmt::format("{}{}", steps.empty() ? "" : ",", dice.below(300));
    return rc::shrinkable::just(
        dice.among<std::string>({"none", fmt::format("every:{}", dice.between(1, 60)),
                                 fmt::format("log:{}", dice.between(1, 20)), fmt::format("at:[{}]", steps)}));
  };
}

}  // namespace escapement::test
