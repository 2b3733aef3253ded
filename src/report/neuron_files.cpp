#include "escapement/report/neuron_files.h"

#include <cmath>

#include "escapement/report/csv_reader.h"

namespace escapement::report {

namespace {

// A row of either file.
class NeuronReader {
 public:
  explicit NeuronReader(const std::filesystem::path& file) : csv_(file) {
    static constexpr const char* kNames[] = {"step", "neuron", "norm", "alignment"};
    for (std::size_t i = 0; i < 4; ++i) {
      const auto column = csv_.column(kNames[i]);
      if (!column) return;
      columns_[i] = *column;
    }
    cosine_ = csv_.column("cosine");
    second_layer_ = csv_.column("second_layer");
    complete_ = true;
  }

  bool next() { return complete_ && csv_.next(); }
  double step() const { return csv_.value(columns_[0]); }
  double neuron() const { return csv_.value(columns_[1]); }
  double norm() const { return csv_.value(columns_[2]); }
  double alignment() const { return csv_.value(columns_[3]); }
  double cosine() const { return cosine_ ? csv_.value(*cosine_) : std::nan(""); }
  double second_layer() const { return second_layer_ ? csv_.value(*second_layer_) : std::nan(""); }

 private:
  CsvReader csv_;
  std::size_t columns_[4] = {};
  std::optional<std::size_t> cosine_, second_layer_;
  bool complete_ = false;
};

// |theta*| from the row where cosine * norm is largest, hence least rounded.
class ThetaNorm {
 public:
  void include(const NeuronReader& row) {
    const double projection = std::abs(row.cosine() * row.norm());
    if (!(projection > largest_)) return;
    largest_ = projection;
    value_ = std::abs(row.alignment()) / projection;
  }
  std::optional<double> value() const { return value_ > 0 ? std::optional(value_) : std::nullopt; }

 private:
  double largest_ = 0, value_ = 0;
};

}  // namespace

Snapshots read_snapshots(const std::filesystem::path& directory) {
  Snapshots result;
  ThetaNorm theta_norm;
  NeuronReader reader(directory / "neurons.csv");
  for (std::size_t row = 0; reader.next(); ++row) {
    const double step = reader.step();
    if (std::isnan(step)) continue;
    if (result.blocks.empty() || result.blocks.back().step != step) result.blocks.push_back({step, row, 0});
    result.blocks.back().count = row + 1 - result.blocks.back().first;
    result.norm.include(reader.norm());
    result.alignment.include(reader.alignment());
    result.signs = result.signs || !std::isnan(reader.second_layer());
    theta_norm.include(reader);
  }
  result.theta_norm = theta_norm.value();
  if (result.norm.empty() || result.alignment.empty()) return {};
  return result;
}

Paths read_paths(const std::filesystem::path& directory) {
  Paths result;
  ThetaNorm theta_norm;
  NeuronReader reader(directory / "paths.csv");
  std::size_t place = 0;  // within the current step
  while (reader.next()) {
    const double step = reader.step(), id = reader.neuron();
    if (!(id >= 0) || std::isnan(step)) return {};
    if (result.steps.empty() || step != result.steps.back()) {
      if (place != result.neurons.size()) return {};
      result.steps.push_back(step);
      place = 0;
    }
    const PathPoint point{reader.norm(), reader.alignment()};
    const auto neuron = static_cast<std::uint64_t>(id);
    if (result.steps.size() == 1) result.neurons.push_back({neuron, point, point, {}, {}});
    if (place >= result.neurons.size() || result.neurons[place].neuron != neuron) return {};
    FollowedNeuron& followed = result.neurons[place++];
    followed.end = point;
    followed.norm.include(point.norm);
    followed.alignment.include(point.alignment);
    result.second_layer.include(reader.second_layer());
    theta_norm.include(reader);
  }
  if (place != result.neurons.size()) return {};
  result.theta_norm = theta_norm.value();
  return result;
}

}  // namespace escapement::report
