#include "escapement/report/phases.h"

#include <cmath>
#include <optional>
#include <string>

#include "escapement/report/csv_reader.h"

namespace escapement::report {

namespace {

// An event that has not happened yet: `happened` sees the value now and at the first record.
struct Watch {
  const char* column;
  const char* label;
  bool (*happened)(double now, double first);
  std::optional<std::size_t> place = {};
  double first = std::nan("");
  bool over = false;
};

}  // namespace

std::vector<Event> phase_events(const std::filesystem::path& directory, bool bands) {
  CsvReader reader(directory / (bands ? "bands.csv" : "trajectory.csv"));
  const auto step = reader.column("step");
  if (!step) return {};
  Watch watches[] = {
      {"escaped_share", "all neurons have escaped", [](double now, double) { return now >= 1; }},
      {"mean_norm", "mean norm halved",
       [](double now, double first) { return now <= first / 2 && first > 0; }},
      {"mean_abs_cosine", "mean |cos| passes 1/2",
       [](double now, double first) { return now >= 0.5 && first < 0.5; }},
  };
  for (Watch& watch : watches) watch.place = reader.column(std::string(watch.column) + (bands ? "_q50" : ""));

  std::vector<Event> events;
  while (reader.next()) {
    for (Watch& watch : watches) {
      if (!watch.place || watch.over) continue;
      const double now = reader.value(*watch.place);
      if (std::isnan(now)) continue;
      if (std::isnan(watch.first)) watch.first = now;
      watch.over = watch.happened(now, watch.first);
      if (watch.over) events.push_back({reader.value(*step), watch.label});
    }
  }
  return events;
}

std::vector<NoiseBand> periodic_noise(std::uint64_t on, std::uint64_t off, std::uint64_t steps) {
  std::vector<NoiseBand> bands;
  if (on == 0 || off == 0) return bands;
  for (std::uint64_t from = 0; from < steps;) {
    const std::uint64_t to = steps - from > on ? from + on : steps;
    bands.push_back({static_cast<double>(from), static_cast<double>(to)});
    if (steps - to <= off) break;
    from = to + off;
  }
  return bands;
}

}  // namespace escapement::report
