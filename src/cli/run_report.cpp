// What is said of a finished point: JSON, a table for the terminal.
#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "escapement/cli/certify_options.h"
#include "escapement/cli/run_point.h"
#include "escapement/report/table.h"

namespace escapement::cli {

using json = nlohmann::ordered_json;
using observe::Outcome;

namespace {

json number(const std::string& text) { return text.empty() ? json() : json(text); }

// One word where all replicas agree, else how many ran in which.
json arithmetic_of(const PointResult& result) {
  std::map<std::string, std::size_t> count;
  if (result.ensemble) count = result.ensemble->arithmetic;
  for (const engine::RunResult& run : result.runs)
    if (!run.arithmetic.empty()) ++count[run.arithmetic];
  if (count.empty()) return json();
  return count.size() == 1 ? json(count.begin()->first) : json(count);
}

json stop_of(const engine::RunResult& run, const NumberText& text) {
  json stop;
  stop["outcome"] = to_string(run.trajectory.outcome);
  stop["step"] = run.trajectory.steps;
  if (run.left_words) stop["mpfr_from_step"] = *run.left_words;
  if (run.trajectory.stop_value) stop["value"] = number(text.value(run.trajectory.stop_value));
  return stop;
}

constexpr Outcome kOutcomes[] = {Outcome::completed, Outcome::diverged,     Outcome::not_finite,
                                 Outcome::undecided, Outcome::out_of_range, Outcome::interrupted};

json outcomes_of(const EnsembleSummary& ensemble) {
  json counts;
  for (const Outcome o : kOutcomes)
    if (ensemble.count(o) > 0) counts[to_string(o)] = ensemble.count(o);
  return counts;
}

// Statistics over the replicas that completed, and how many did not.
std::string ensemble_text(const PointResult& result, const NumberText& text) {
  const EnsembleSummary& ensemble = *result.ensemble;
  report::Table table({"", "mean", "10%", "50%", "90%", "least", "greatest"});
  const auto brief = [](const numeric::Ball& x) { return x.mid_string(6); };
  for (std::size_t c = 0; c < ensemble.columns.size(); ++c) {
    const stats::Stream& s = ensemble.values[c];
    if (s.count() == 0) continue;
    table.add_row({ensemble.columns[c],
                   brief(s.mean()) + (text.has_radius() ? " +/- " + s.mean().radius_string() : ""),
                   brief(s.quantile(10)), brief(s.quantile(50)), brief(s.quantile(90)), brief(s.least()),
                   brief(s.greatest())});
  }
  std::string out = table.text();
  for (const Outcome o : kOutcomes)
    if (ensemble.count(o) > 0) out += fmt::format("{} replicas {}\n", ensemble.count(o), to_string(o));
  if (ensemble.first)
    out += fmt::format("the first that did not complete is replica {}: {} at step {}\n",
                       ensemble.first->replica, to_string(ensemble.first->outcome), ensemble.first->step);
  return out;
}

}  // namespace

std::string point_json(const Point& point, const PointResult& result, int indent) {
  const NumberText text(result.printed);
  json root;
  root["stop"] = to_string(result.outcome);
  root["steps"] = result.steps;
  const EnsembleSummary* ensemble = result.ensemble ? &*result.ensemble : nullptr;
  double seconds = ensemble != nullptr ? ensemble->seconds : 0;
  std::uint64_t steps = ensemble != nullptr ? ensemble->steps_here : 0;
  for (const engine::RunResult& run : result.runs) {
    seconds += run.seconds;
    steps += run.steps_here;
  }
  root["steps_per_second"] = seconds > 0 ? json(static_cast<double>(steps) / seconds) : json();
  root["wall_seconds"] = result.wall_seconds;
  root["state"] =
      (ensemble != nullptr ? ensemble->width_free : result.runs.front().width_free) ? "width-free" : "direct";
  root["precision"] = config::value_of(point.config, "precision");
  root["arithmetic"] = arithmetic_of(result);
  if (result.certified.size() == 1) root["certified"] = certified_json(result.certified.front());
  for (const config::Setting& s : point.swept) root["swept"][s.key] = s.value;
  json final = json::object(), radius = json::object();
  for (std::size_t i = 0; i < result.final.values.size(); ++i) {
    final[result.columns[i]] = number(text.value(result.final.values[i]));
    radius[result.columns[i]] = number(text.radius(result.final.values[i]));
  }
  root["final"] = std::move(final);
  if (text.has_radius()) root["final_radius"] = std::move(radius);
  if (ensemble != nullptr) {
    root["outcomes"] = outcomes_of(*ensemble);
    if (ensemble->first)
      root["first_not_completed"] = {{"replica", ensemble->first->replica},
                                     {"outcome", to_string(ensemble->first->outcome)},
                                     {"step", ensemble->first->step}};
  } else if (result.runs.size() == 1) {
    root["end"] = stop_of(result.runs.front(), text);
    json exits = json::array();
    for (const observe::Exit& exit : result.runs.front().trajectory.exits)
      exits.push_back({{"neuron", exit.neuron},
                       {"first_exit", exit.step ? json(*exit.step) : json()},
                       {"certain", exit.certain}});
    root["exits"] = std::move(exits);
  } else {
    root["replicas"] = json::array();
    for (std::size_t r = 0; r < result.runs.size(); ++r) {
      json one = stop_of(result.runs[r], text);
      if (!result.certified.empty()) one["certified"] = certified_json(result.certified[r]);
      one["replica"] = point.config.replica + r;
      root["replicas"].push_back(std::move(one));
    }
  }
  return root.dump(indent);
}

std::string point_summary(const Point& point, const PointResult& result) {
  const NumberText text(result.printed);
  const auto brief = [&](const std::optional<numeric::Ball>& x) {
    if (!x || !x->is_finite()) return std::string();
    std::string s = x->mid_string(6);
    if (text.has_radius()) s += " +/- " + x->radius_string();
    return s;
  };
  if (result.ensemble) return ensemble_text(result, text);
  const engine::RunResult& first = result.runs.front();
  const observe::Record* start =
      first.trajectory.records.empty() ? nullptr : &first.trajectory.records.front();
  const bool one = result.runs.size() == 1;
  const std::string end = fmt::format("step {}", result.steps);
  std::vector<std::string> header{""};
  if (one && start != nullptr) header.push_back(fmt::format("step {}", start->step));
  if (one)
    header.push_back(end);
  else
    header.insert(header.end(), {"mean", "10%", "50%", "90%"});
  report::Table table(header);
  const std::size_t stride = one ? 1 : 4;
  for (std::size_t i = 0; i + stride <= result.final.values.size(); i += stride) {
    std::vector<std::string> row{first.trajectory.columns[i / stride]};
    if (one && start != nullptr) row.push_back(brief(start->values[i]));
    for (std::size_t k = 0; k < stride; ++k) row.push_back(brief(result.final.values[i + k]));
    if (std::any_of(row.begin() + 1, row.end(), [](const std::string& s) { return !s.empty(); }))
      table.add_row(row);
  }
  std::string out = table.text();
  for (const certify::CertifiedRun& run : result.certified) out += certified_summary(run);
  for (std::size_t r = 0; r < result.runs.size(); ++r) {
    const observe::Trajectory& t = result.runs[r].trajectory;
    const std::string who = one ? "run " : fmt::format("replica {} ", point.config.replica + r);
    if (const auto left = result.runs[r].left_words)
      out += who + fmt::format("left the range of {} arithmetic at step {} and went on in MPFR\n",
                               result.runs[r].arithmetic, *left);
    if (t.outcome == Outcome::completed || !result.certified.empty()) continue;
    out += who + to_string(t.outcome) + fmt::format(" at step {}", t.steps);
    if (t.outcome == Outcome::undecided)
      out += ": the enclosure became too wide to decide anything; more bits reach further";
    else if (t.outcome == Outcome::out_of_range)
      out += ": the network has left the sizes that double precision holds; use --precision BITS";
    else if (t.stop_value && t.stop_value->is_finite())
      out += ", at " + t.stop_value->mid_string(6) + " (a residual, or a batch's squared gradient)";
    out += "\n";
  }
  return out;
}

}  // namespace escapement::cli
