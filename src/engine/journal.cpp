#include "escapement/engine/journal.h"

#include <charconv>
#include <string_view>

namespace escapement::engine {

using numeric::Ball;
using observe::NeuronPoint;
using observe::Record;

namespace {

std::string text(const std::optional<Ball>& value) { return value ? value->dump() : "-"; }

// Fields are separated by ';' (Arb's own text has blanks).
std::vector<std::string> fields(const std::string& line) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end; (end = line.find(';', begin)) != std::string::npos; begin = end + 1)
    parts.push_back(line.substr(begin, end - begin));
  parts.push_back(line.substr(begin));
  return parts;
}

bool read(const std::string& field, std::uint64_t& value) {
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
  return error == std::errc() && end == field.data() + field.size();
}
bool read(const std::string& field, std::optional<Ball>& value) {
  value.reset();
  if (field == "-") return true;
  Ball ball;
  if (!Ball::undump(field, ball)) return false;
  value = std::move(ball);
  return true;
}
bool read(const std::string& field, Ball& value) { return Ball::undump(field, value); }

}  // namespace

std::string journal_line(const Record& record) {
  std::string line = "r;" + std::to_string(record.step);
  for (const auto& value : record.values) line += ";" + text(value);
  return line + "\n";
}

std::string journal_line(char kind, const NeuronPoint& p) {
  return std::string(1, kind) + ";" + std::to_string(p.step) + ";" + std::to_string(p.neuron) + ";" +
         p.norm.dump() + ";" + p.alignment.dump() + ";" + text(p.cosine) + ";" + p.second_layer.dump() + "\n";
}

bool read_journal_line(const std::string& line, std::size_t columns, observe::Trajectory& trajectory) {
  const std::vector<std::string> parts = fields(line);
  if (parts[0] == "r") {
    Record record;
    if (parts.size() != columns + 2 || !read(parts[1], record.step)) return false;
    record.values.resize(columns);
    for (std::size_t i = 0; i < columns; ++i)
      if (!read(parts[i + 2], record.values[i])) return false;
    trajectory.records.push_back(std::move(record));
    return true;
  }
  if ((parts[0] != "s" && parts[0] != "p") || parts.size() != 7) return false;
  NeuronPoint p;
  if (!read(parts[1], p.step) || !read(parts[2], p.neuron) || !read(parts[3], p.norm) ||
      !read(parts[4], p.alignment) || !read(parts[5], p.cosine) || !read(parts[6], p.second_layer))
    return false;
  (parts[0] == "s" ? trajectory.snapshots : trajectory.paths).push_back(std::move(p));
  return true;
}

}  // namespace escapement::engine
