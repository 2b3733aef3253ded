#include "escapement/cli/run_tables.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace escapement::cli {

using json = nlohmann::ordered_json;
using numeric::Ball;

namespace {

std::string header(const std::vector<std::string>& columns, const NumberText& text) {
  std::string line;
  for (const std::string& name : columns) {
    line += "," + name;
    if (text.has_radius()) line += "," + name + "_radius";
  }
  return line;
}

void append(std::string& line, const std::optional<Ball>& value, const NumberText& text) {
  line += "," + text.value(value);
  if (text.has_radius()) line += "," + text.radius(value);
}

}  // namespace

std::string trajectory_csv(const std::vector<const observe::Trajectory*>& runs, std::uint32_t first_replica,
                           const NumberText& text) {
  const bool many = runs.size() > 1;
  std::string out = (many ? "replica,step" : "step") + header(runs.front()->columns, text) + "\n";
  for (std::size_t r = 0; r < runs.size(); ++r)
    for (const observe::Record& record : runs[r]->records) {
      if (many) out += std::to_string(first_replica + r) + ",";
      out += std::to_string(record.step);
      for (const auto& value : record.values) append(out, value, text);
      out += "\n";
    }
  return out;
}

std::string neurons_csv(const std::vector<observe::NeuronPoint>& points, const NumberText& text) {
  std::string out = "step,neuron" + header({"norm", "alignment", "cosine", "second_layer"}, text) + "\n";
  for (const observe::NeuronPoint& p : points) {
    out += std::to_string(p.step) + "," + std::to_string(p.neuron);
    append(out, p.norm, text);
    append(out, p.alignment, text);
    append(out, p.cosine, text);
    append(out, p.second_layer, text);
    out += "\n";
  }
  return out;
}

std::string exits_csv(const std::vector<const observe::Trajectory*>& runs, std::uint32_t first_replica) {
  const bool many = runs.size() > 1;
  std::string out = std::string(many ? "replica," : "") + "neuron,first_exit,certain\n";
  for (std::size_t r = 0; r < runs.size(); ++r)
    for (const observe::Exit& exit : runs[r]->exits) {
      if (many) out += std::to_string(first_replica + r) + ",";
      out += std::to_string(exit.neuron) + "," + (exit.step ? std::to_string(*exit.step) : "") + "," +
             (exit.certain ? "yes" : "no") + "\n";
    }
  return out;
}

std::string final_json(const engine::FinalState& final, const NumberText& text) {
  // The same shape twice: midpoints, and for certified runs radii.
  const auto values = [&](auto&& print) {
    json object;
    const auto list = [&](const std::vector<Ball>& row, std::size_t size) {
      json array = json::array();
      for (std::size_t j = 0; j < size; ++j) array.push_back(print(row[j]));
      return array;
    };
    if (!final.neurons.empty()) {
      json w = json::array(), a = json::array();
      for (const auto& row : final.neurons) {
        w.push_back(list(row, row.size() - 1));
        a.push_back(print(row.back()));
      }
      object["W"] = std::move(w);
      object["a"] = std::move(a);
    }
    object["theta"] = list(final.theta, final.theta.size());
    for (const auto& [name, column] : {std::pair{"mean_norm", observe::Column::mean_norm},
                                       std::pair{"train_loss", observe::Column::train_loss}}) {
      const auto& value = final.record.values[static_cast<std::size_t>(column)];
      object[name] = value ? print(*value) : json();
    }
    return object;
  };
  const auto or_null = [](std::string s) { return s.empty() ? json() : json(std::move(s)); };
  json root;
  root["steps"] = final.steps;
  root.update(values([&](const Ball& x) { return or_null(text.value(x)); }));
  if (text.has_radius()) root["radius"] = values([&](const Ball& x) { return or_null(text.radius(x)); });
  return root.dump(1) + "\n";
}

std::string sweep_csv(const std::vector<std::string>& keys, const std::vector<SweepRow>& rows) {
  const auto quoted = [](const std::string& s) {
    return s.find(',') == std::string::npos ? s : "\"" + s + "\"";
  };
  // Where the sweep runs over precisions, any certified point gives every row its radius columns.
  const auto certified =
      std::find_if(rows.begin(), rows.end(), [](const SweepRow& r) { return r.text.has_radius(); });
  const bool radii = certified != rows.end();
  std::string out;
  for (const std::string& key : keys) out += key + ",";
  out += "stop,steps" + header(rows.front().columns, radii ? certified->text : rows.front().text) + "\n";
  for (const SweepRow& row : rows) {
    for (const std::string& value : row.values) out += quoted(value) + ",";
    out += row.stop + "," + std::to_string(row.steps);
    for (const auto& value : row.record.values) {
      out += "," + row.text.value(value);
      if (radii) out += "," + (row.text.has_radius() ? row.text.radius(value) : "");
    }
    out += "\n";
  }
  return out;
}

}  // namespace escapement::cli
