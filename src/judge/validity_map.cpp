#include "escapement/judge/validity_map.h"

#include <map>
#include <set>

#include "escapement/config/keys.h"
#include "escapement/config/ladder.h"
#include "escapement/config/load.h"
#include "escapement/config/presets.h"
#include "escapement/config/validate.h"
#include "escapement/judge/settings_check.h"
#include "escapement/numeric/exact.h"

namespace escapement::judge {

using numeric::Exact;
using theory::MapPoint;
using theory::Outcome;

namespace {

constexpr std::size_t kSpacing = std::size_t{1} << kLevels;  // finest places between two coarse values

// A5's bound is no key of a configuration, but an axis like any other.
constexpr const char* kDataBound = "C_data";

// Puts an axis's value where it belongs.
void put(const Axis& axis, const std::string& value, config::Config& config, Means& means) {
  if (axis.sweep.key != kDataBound) return config::apply(config, axis.sweep.key, value, "--over");
  means.condition.c_data = numeric::parse_exact(value);
}

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
  if (axis.sweep.key != kDataBound &&
      config::find_key(axis.sweep.key, "--over").kind == config::KeyKind::integer) {
    value = Exact(numerator(Exact(value + Exact(1, 2))) / denominator(Exact(value + Exact(1, 2))));
    if (value == *a || value == *b) return "";
  }
  return numeric::to_string(value);
}

using Spot = std::pair<std::size_t, std::size_t>;

double share_of_budget(const Means& means, const std::vector<Axis>& axes) {
  const std::size_t columns = axes[0].sweep.values.size(),
                    lines = axes.size() > 1 ? axes[1].sweep.values.size() : 1;
  // Borders are lines: refining them costs a few times their coarse places.
  return means.budget_seconds /
         (static_cast<double>(columns * lines) + 6.0 * static_cast<double>(columns + lines));
}

// The places of the finest lattice: alpha is spent on all of them together.
double places_of(const std::vector<Axis>& axes) {
  double places = 1;
  for (const Axis& axis : axes) places *= static_cast<double>((axis.sweep.values.size() - 1) * kSpacing + 1);
  return places;
}

// The points that are known, and the judge of those that are not.
class Mapper {
 public:
  explicit Mapper(const PlacesJudge& judge) : judge_(judge) {}

  // Judges the spots that are not known yet. Throws Interrupted once what was judged is kept.
  void visit(const std::vector<Spot>& spots, unsigned level) {
    std::vector<Place> places;
    std::set<Spot> asked;
    for (const Spot& spot : spots)
      if (points_.count(spot) == 0 && asked.insert(spot).second)
        places.push_back({spot.first, spot.second, level});
    JudgedPlaces judged = judge_(places);
    for (std::size_t i = 0; i < judged.points.size(); ++i)
      if (judged.points[i]) points_.emplace(Spot{places[i].x, places[i].y}, std::move(*judged.points[i]));
    if (judged.interrupted) throw Interrupted();
  }

  Outcome outcome(Spot at) const { return points_.at(at).outcome; }
  bool known(Spot at) const { return points_.count(at) != 0; }
  const std::map<Spot, MapPoint>& points() const { return points_; }

 private:
  const PlacesJudge& judge_;
  std::map<Spot, MapPoint> points_;
};

// The places halfway between the corners of every square of side `side` whose corners disagree.
void refine(Mapper& mapper, std::size_t width, std::size_t height, std::size_t side, unsigned level) {
  std::vector<Spot> wanted;
  const std::size_t half = side / 2, up = height > 1 ? side : 0, right = width > 1 ? side : 0;
  for (std::size_t x = 0; x + right < width; x += side)
    for (std::size_t y = 0; y + up < height; y += side) {
      const std::vector<Spot> corners{{x, y}, {x + right, y}, {x, y + up}, {x + right, y + up}};
      bool all = true, agree = true;
      for (const Spot& corner : corners) all = all && mapper.known(corner);
      if (!all) continue;
      for (const Spot& corner : corners)
        agree = agree && mapper.outcome(corner) == mapper.outcome(corners[0]);
      if (agree) continue;
      if (right != 0) wanted.emplace_back(x + half, y);
      if (up != 0) wanted.emplace_back(x, y + half);
      if (up == 0 || right == 0) continue;
      for (const Spot& spot : {Spot{x + half, y + half}, Spot{x + side, y + half}, Spot{x + half, y + side}})
        wanted.push_back(spot);
    }
  mapper.visit(wanted, level);
}

}  // namespace

Axis parse_axis(const std::string& text) {
  Axis axis;
  const bool data_bound = text.rfind(std::string(kDataBound) + "=", 0) == 0;
  const std::string key = "eta";  // a positive number, as C_data is
  try {
    axis = {config::parse_sweep(data_bound ? key + text.substr(text.find('=')) : text),
            text.find(":log") != std::string::npos};
    if (data_bound) axis.sweep.key = kDataBound;
  } catch (const config::InputError& e) {  // a range is a sweep's, the option is ours
    throw config::InputError("--over", data_bound ? kDataBound : e.key(), e.expected(), e.got());
  }
  return axis;
}

std::optional<MapPoint> judge_place(const Row& row, const config::Config& base, const Means& means,
                                    const std::vector<Axis>& axes, const Place& place) {
  MapPoint point;
  point.level = place.level;
  point.x = value_at(axes[0], place.x);
  if (axes.size() > 1) point.y = value_at(axes[1], place.y);
  if (point.x.empty() || (axes.size() > 1 && point.y.empty())) return std::nullopt;
  config::Config config = base;
  try {
    Means here = means;
    put(axes[0], point.x, config, here);
    if (axes.size() > 1) put(axes[1], point.y, config, here);
    config::validate(config);
    const theory::Verdict verdict =
        judge_row(row, config, here, here.alpha / places_of(axes), share_of_budget(here, axes), true);
    point.outcome = verdict.outcome;
    point.inside = verdict.regime.inside;
    point.bound = verdict.bound;
    point.measured = verdict.measured;
  } catch (const config::InputError&) {  // this point cannot be run
    point.outcome = Outcome::undecided;
    point.inside = theory::Truth::unknown;
  }
  return point;
}

Mapped validity_map(const Row& row, const config::Config& base, const Means& means,
                    const std::vector<Axis>& axes, const PlacesJudge& elsewhere) {
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
  for (const Axis& axis : axes)
    if (axis.sweep.key != kDataBound)
      check_axis(row, axis.sweep.key, axis.sweep.values.front(), base, means.inside);
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
  const PlacesJudge in_turn = [&](const std::vector<Place>& places) {
    JudgedPlaces judged;
    try {
      for (const Place& place : places) judged.points.push_back(judge_place(row, base, means, axes, place));
    } catch (const Interrupted&) {
      judged.interrupted = true;
    }
    return judged;
  };
  Mapper mapper(elsewhere ? elsewhere : in_turn);
  try {
    std::vector<Spot> coarse;
    for (std::size_t x = 0; x < width; x += kSpacing)
      for (std::size_t y = 0; y < height; y += kSpacing) coarse.emplace_back(x, y);
    mapper.visit(coarse, 0);
    std::size_t side = kSpacing;
    for (unsigned level = 1; level <= kLevels; ++level, side /= 2) refine(mapper, width, height, side, level);
  } catch (const Interrupted&) {
    result.interrupted = true;
  }
  for (const auto& [spot, point] : mapper.points()) map.points.push_back(point);
  return result;
}

}  // namespace escapement::judge
