#include "escapement/judge/validity_map.h"

#include <map>

#include "escapement/config/keys.h"
#include "escapement/config/ladder.h"
#include "escapement/config/load.h"
#include "escapement/config/presets.h"
#include "escapement/config/validate.h"
#include "escapement/numeric/exact.h"

namespace escapement::judge {

using numeric::Exact;
using theory::MapPoint;
using theory::Outcome;

namespace {

constexpr std::size_t kSpacing = std::size_t{1} << kLevels;  // finest places between two coarse values

// The value at a place of the finest lattice; empty where there is none between the coarse ones (names, or integers that
// are neighbours already).
std::string value_at(const Axis& axis, std::size_t place) {
  const std::size_t left = place / kSpacing, part = place % kSpacing;
  const std::vector<std::string>& values = axis.sweep.values;
  if (part == 0) return values[left];
  const auto a = numeric::parse_exact(values[left]), b = numeric::parse_exact(values[left + 1]);
  if (!a || !b || *a == *b) return "";
  const bool logarithmic = axis.logarithmic && *a > 0 && *b > 0;
  const auto between = logarithmic ? config::logarithmic_ladder(*a, *b, kSpacing + 1)
                                   : config::linear_ladder(*a, *b, kSpacing + 1);
  Exact value = between[part];
  if (config::find_key(axis.sweep.key, "--over").kind == config::KeyKind::integer) {
    value = Exact(numerator(Exact(value + Exact(1, 2))) / denominator(Exact(value + Exact(1, 2))));
    if (value == *a || value == *b) return "";
  }
  return numeric::to_string(value);
}

using Place = std::pair<std::size_t, std::size_t>;

class Mapper {
 public:
  Mapper(const Row& row, const config::Config& base, const Means& means, const std::vector<Axis>& axes,
         double budget)
      : row_(row), base_(base), means_(means), axes_(axes), budget_(budget) {}

  // Judges the place once; false where it has no value.
  bool visit(Place at, unsigned level) {
    if (points_.count(at) != 0) return true;
    MapPoint point;
    point.level = level;
    point.x = value_at(axes_[0], at.first);
    if (axes_.size() > 1) point.y = value_at(axes_[1], at.second);
    if (point.x.empty() || (axes_.size() > 1 && point.y.empty())) return false;
    config::Config config = base_;
    try {
      config::apply(config, axes_[0].sweep.key, point.x, "--over");
      if (axes_.size() > 1) config::apply(config, axes_[1].sweep.key, point.y, "--over");
      config::validate(config);
      const theory::Verdict verdict = judge_row(row_, config, means_, means_.alpha, budget_, true);
      point.outcome = verdict.outcome;
      point.inside = verdict.regime.inside;
      point.bound = verdict.bound;
      point.measured = verdict.measured;
    } catch (const config::InputError&) {  // this point cannot be run
      point.outcome = Outcome::undecided;
      point.inside = theory::Truth::unknown;
    }
    points_.emplace(at, std::move(point));
    return true;
  }

  Outcome outcome(Place at) const { return points_.at(at).outcome; }
  bool known(Place at) const { return points_.count(at) != 0; }
  const std::map<Place, MapPoint>& points() const { return points_; }

 private:
  const Row& row_;
  const config::Config& base_;
  const Means& means_;
  const std::vector<Axis>& axes_;
  double budget_;
  std::map<Place, MapPoint> points_;
};

// The places halfway between the corners of every square of side `side` whose corners disagree.
void refine(Mapper& mapper, std::size_t width, std::size_t height, std::size_t side, unsigned level) {
  std::vector<Place> wanted;
  const std::size_t half = side / 2, up = height > 1 ? side : 0;
  for (std::size_t x = 0; x + side < width; x += side)
    for (std::size_t y = 0; y + up < height; y += side) {
      const std::vector<Place> corners{{x, y}, {x + side, y}, {x, y + up}, {x + side, y + up}};
      bool all = true, agree = true;
      for (const Place& corner : corners) all = all && mapper.known(corner);
      if (!all) continue;
      for (const Place& corner : corners)
        agree = agree && mapper.outcome(corner) == mapper.outcome(corners[0]);
      if (agree) continue;
      wanted.emplace_back(x + half, y);
      if (up == 0) continue;
      for (const Place& place : {Place{x, y + half}, Place{x + half, y + half}, Place{x + side, y + half},
                                 Place{x + half, y + side}})
        wanted.push_back(place);
    }
  for (const Place& place : wanted) mapper.visit(place, level);
}

}  // namespace

Axis parse_axis(const std::string& text) {
  Axis axis;
  try {
    axis = {config::parse_sweep(text), text.find(":log") != std::string::npos};
  } catch (const config::InputError& e) {  // a range is a sweep's, the option is ours
    throw config::InputError("--over", e.key(), e.expected(), e.got());
  }
  if (axis.sweep.values.size() < 2)
    throw config::InputError("--over", axis.sweep.key, "at least two values", text);
  return axis;
}

Mapped validity_map(const Row& row, const config::Config& base, const Means& means,
                    const std::vector<Axis>& axes) {
  Mapped result;
  theory::ValidityMap& map = result.map;
  map.statement = row.statement->id;
  map.clause = row.claim->clause;
  map.reading = row.claim->reading;
  map.claim = row.claim->text;
  map.x_key = axes[0].sweep.key;
  map.x_log = axes[0].logarithmic;
  if (axes.size() > 1) {
    map.y_key = axes[1].sweep.key;
    map.y_log = axes[1].logarithmic;
  }
  config::Request published;
  published.preset = "two-phase";
  const config::Config paper = config::load(published);
  const config::Config here = row.statement->setting(base);
  for (const std::string& key : row.statement->keys) {
    if (means.inside && key != "d" && key != "sigma") continue;  // chosen at each point
    const bool on_axis = key == map.x_key || key == map.y_key;
    (on_axis ? map.marked : map.parameters).emplace_back(key, config::value_of(on_axis ? paper : here, key));
  }
  const std::size_t columns = axes[0].sweep.values.size(),
                    lines = axes.size() > 1 ? axes[1].sweep.values.size() : 1;
  const std::size_t width = (columns - 1) * kSpacing + 1, height = (lines - 1) * kSpacing + 1;
  // Borders are lines: refining them costs a few times their coarse places.
  const double points = static_cast<double>(columns * lines) + 6.0 * static_cast<double>(columns + lines);
  Mapper mapper(row, base, means, axes, means.budget_seconds / points);
  try {
    std::size_t done = 0;
    for (std::size_t x = 0; x < width; x += kSpacing)
      for (std::size_t y = 0; y < height; y += kSpacing) {
        if (means.progress) means.progress(done++, columns * lines, row);
        mapper.visit({x, y}, 0);
      }
    std::size_t side = kSpacing;
    for (unsigned level = 1; level <= kLevels; ++level, side /= 2) refine(mapper, width, height, side, level);
  } catch (const Interrupted&) {
    result.interrupted = true;
  }
  for (const auto& [place, point] : mapper.points()) map.points.push_back(point);
  return result;
}

}  // namespace escapement::judge
