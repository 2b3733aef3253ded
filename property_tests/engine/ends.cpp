#include "ends.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/numeric/precision.h"
#include "escapement/observe/columns.h"

#include "../support/dice.h"

namespace escapement::test {

namespace {

constexpr long kGuardBits = 2048;  // comparisons of what was computed with far fewer

std::string exact_text(const Ball& x) {
  return fmt::format("{} +/- {} (exactly {})", x.mid_string(40), x.radius_string(), x.dump());
}

template <class Agree>
std::optional<std::string> first_not(const std::vector<Entry>& x, const std::vector<Entry>& y,
                                     Agree&& agree) {
  const numeric::WorkingPrecision guard(kGuardBits);
  if (x.size() != y.size()) return fmt::format("{} entries beside {}", x.size(), y.size());
  for (std::size_t i = 0; i < x.size(); ++i)
    if (x[i].name != y[i].name || !agree(x[i].value, y[i].value))
      return fmt::format("{}: {}\n  {}: {}", x[i].name, exact_text(x[i].value), y[i].name,
                         exact_text(y[i].value));
  return std::nullopt;
}

}  // namespace

engine::RunResult run(const model::Instance& instance) {
  engine::RunOptions options;
  options.watch.neurons_at_end = true;
  return engine::run_instance(instance, options);
}

End end_of(const engine::RunResult& result) {
  End end;
  end.outcome = result.trajectory.outcome;
  end.steps = result.final.steps;
  for (std::size_t j = 0; j < result.final.theta.size(); ++j)
    end.network.push_back({fmt::format("theta[{}]", j), result.final.theta[j]});
  for (std::size_t i = 0; i < result.final.neurons.size(); ++i) {
    const auto& row = result.final.neurons[i];
    for (std::size_t j = 0; j + 1 < row.size(); ++j)
      end.network.push_back({fmt::format("W[{}][{}]", i, j), row[j]});
    end.network.push_back({fmt::format("a[{}]", i), row.back()});
  }
  for (std::size_t c = 0; c < result.final.record.values.size(); ++c)
    if (const auto& value = result.final.record.values[c])
      end.observables.push_back({observe::column_names().at(c), *value});
  return end;
}

Ball largest_radius(const std::vector<Entry>& entries) {
  const numeric::WorkingPrecision guard(kGuardBits);
  Ball largest;
  for (const Entry& e : entries) largest = numeric::maximum(largest, e.value.radius());
  return largest;
}

Ball running_error(const End& end, long bits) {
  const numeric::WorkingPrecision guard(kGuardBits);
  Ball largest;
  for (const Entry& e : end.network) largest = numeric::maximum(largest, abs(e.value).upper());
  Ball error = largest_radius(end.network) + largest * Ball::from(power_of_two(static_cast<int>(-bits)));
  if (end.outcome != observe::Outcome::completed) error /= Ball(0);
  return error;
}

std::optional<std::string> first_difference(const std::vector<Entry>& x, const std::vector<Entry>& y) {
  return first_not(x, y, [](const Ball& a, const Ball& b) { return a.identical(b); });
}

std::optional<std::string> first_beyond(const std::vector<Entry>& x, const std::vector<Entry>& y,
                                        const Ball& tolerance) {
  const auto found = first_not(x, y, [&](const Ball& a, const Ball& b) {
    return less_equal(abs(a.mid() - b.mid()), tolerance) == numeric::Truth::yes;
  });
  if (!found) return found;
  return *found + "\n  tolerance " + tolerance.mid_string(6);
}

std::vector<Entry> shared(const std::vector<Entry>& x, const std::vector<Entry>& y) {
  std::vector<Entry> result;
  for (const Entry& e : x)
    if (std::any_of(y.begin(), y.end(), [&](const Entry& other) { return other.name == e.name; }))
      result.push_back(e);
  return result;
}

std::optional<std::string> first_disjoint(const std::vector<Entry>& x, const std::vector<Entry>& y) {
  return first_not(x, y, [](const Ball& a, const Ball& b) { return a.overlaps(b); });
}

}  // namespace escapement::test
