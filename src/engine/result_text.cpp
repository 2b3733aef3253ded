#include "escapement/engine/result_text.h"

#include <sstream>

#include <fmt/format.h>

#include "escapement/engine/journal.h"

namespace escapement::engine {

using numeric::Ball;
using observe::Trajectory;

namespace {

constexpr const char* kFormat = "escapement-result/1";
constexpr auto kLastOutcome = static_cast<std::size_t>(observe::Outcome::interrupted);

void put(std::string& text, const std::vector<Ball>& values) {
  text += std::to_string(values.size()) + "\n";
  for (const Ball& value : values) text += value.dump() + "\n";
}

bool get(std::istream& in, std::size_t& count) {
  std::string line;
  if (!std::getline(in, line) || line.empty() || line.size() > 18 ||
      line.find_first_not_of("0123456789") != std::string::npos)
    return false;
  count = std::stoull(line);
  return true;
}

bool get(std::istream& in, std::vector<Ball>& values) {
  std::size_t count = 0;
  std::string line;
  if (!get(in, count)) return false;
  for (; count > 0; --count) {
    values.emplace_back();
    if (!std::getline(in, line) || !Ball::undump(line, values.back())) return false;
  }
  return true;
}

bool get_lines(std::istream& in, Trajectory& trajectory) {
  std::size_t count = 0;
  std::string line;
  if (!get(in, count)) return false;
  for (; count > 0; --count)
    if (!std::getline(in, line) || !read_journal_line(line, trajectory.columns.size(), trajectory))
      return false;
  return true;
}

bool get_exits(std::istream& in, std::vector<observe::Exit>& exits) {
  std::size_t count = 0;
  if (!get(in, count)) return false;
  for (; count > 0; --count) {
    observe::Exit exit;
    std::size_t left = 0, step = 0, certain = 0;
    if (!get(in, exit.neuron) || !get(in, left) || !get(in, step) || !get(in, certain)) return false;
    if (left != 0) exit.step = step;
    exit.certain = certain != 0;
    exits.push_back(exit);
  }
  return true;
}

}  // namespace

std::string result_text(const RunResult& result, bool brief) {
  const Trajectory& t = result.trajectory;
  std::string text = fmt::format(
      "{}\n{}\n{}\n{}\n{}\n{}\n{:a}\n{}\n{}\n{}\n", kFormat, static_cast<int>(t.outcome), t.steps,
      t.stop_value ? t.stop_value->dump() : "-", result.steps_here, result.width_free ? 1 : 0, result.seconds,
      result.arithmetic, result.left_words ? 1 : 0, result.left_words.value_or(0));
  std::string lines;
  std::size_t count = t.records.size();
  for (const observe::Record& record : t.records) lines += journal_line(record);
  if (!brief) {
    for (const observe::NeuronPoint& p : t.snapshots) lines += journal_line('s', p);
    for (const observe::NeuronPoint& p : t.paths) lines += journal_line('p', p);
    count += t.snapshots.size() + t.paths.size();
  }
  text += std::to_string(count) + "\n" + lines + std::to_string(t.exits.size()) + "\n";
  for (const observe::Exit& exit : t.exits)
    text += fmt::format("{}\n{}\n{}\n{}\n", exit.neuron, exit.step ? 1 : 0, exit.step.value_or(0),
                        exit.certain ? 1 : 0);
  text += std::to_string(result.final.steps) + "\n1\n" + journal_line(result.final.record);
  put(text, brief ? std::vector<Ball>() : result.final.theta);
  text += std::to_string(brief ? 0 : result.final.neurons.size()) + "\n";
  if (!brief)
    for (const std::vector<Ball>& neuron : result.final.neurons) put(text, neuron);
  return text + "end\n";
}

std::optional<RunResult> result_of(const std::string& text) {
  std::istringstream in(text);
  std::string line;
  RunResult result;
  Trajectory& t = result.trajectory;
  t.columns = observe::column_names();
  std::size_t outcome = 0, width_free = 0, neurons = 0;
  if (!std::getline(in, line) || line != kFormat || !get(in, outcome) || outcome > kLastOutcome ||
      !get(in, t.steps))
    return std::nullopt;
  t.outcome = static_cast<observe::Outcome>(outcome);
  if (!std::getline(in, line)) return std::nullopt;
  if (line != "-") {
    Ball value;
    if (!Ball::undump(line, value)) return std::nullopt;
    t.stop_value = value;
  }
  if (!get(in, result.steps_here) || !get(in, width_free) || !std::getline(in, line)) return std::nullopt;
  result.width_free = width_free != 0;
  result.seconds = std::strtod(line.c_str(), nullptr);
  std::size_t left = 0, left_step = 0;
  if (!std::getline(in, result.arithmetic) || !get(in, left) || !get(in, left_step)) return std::nullopt;
  if (left != 0) result.left_words = left_step;
  if (!get_lines(in, t) || !get_exits(in, t.exits)) return std::nullopt;

  Trajectory last;
  last.columns = t.columns;
  if (!get(in, result.final.steps) || !get_lines(in, last) || last.records.size() != 1) return std::nullopt;
  result.final.record = std::move(last.records.front());
  if (!get(in, result.final.theta) || !get(in, neurons)) return std::nullopt;
  for (; neurons > 0; --neurons)
    if (!get(in, result.final.neurons.emplace_back())) return std::nullopt;
  if (!std::getline(in, line) || line != "end") return std::nullopt;
  return result;
}

}  // namespace escapement::engine
