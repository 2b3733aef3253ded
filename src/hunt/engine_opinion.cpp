#include "escapement/hunt/engine_opinion.h"

#include "escapement/engine/run.h"
#include "escapement/hunt/case_file.h"
#include "escapement/model/instance_file.h"
#include "escapement/numeric/check.h"
#include "escapement/numeric/precision.h"

namespace escapement::hunt {

namespace {
constexpr long kBits = 512;
constexpr std::uint64_t kMostEngineSteps = 20'000;
}  // namespace

std::string engine_opinion(const Case& c) {
  if (c.algorithm == "oscillation") return "not asked: the claim is about an expectation";
  if (c.has_copies()) return "not asked: equal rows are counted, not held";
  if (c.steps == 0) return "not asked: no step is taken";
  if (c.steps > kMostEngineSteps) return "not asked: too many steps";
  const model::InstanceFile file = model::parse_instance(instance_text(c), "case " + content_hash(c));
  config::Request request;
  request.given = file.settings;
  request.options = {{"precision", "certified:" + std::to_string(kBits), "hunt"}, {"record", "none", "hunt"}};
  const model::Instance instance = model::make_instance(config::load(request), file);
  engine::RunOptions options;
  options.watch.neurons_at_end = true;
  const engine::RunResult run = engine::run_instance(instance, options);
  if (run.final.steps != c.steps) return "not finished: " + observe::to_string(run.trajectory.outcome);
  Case centre = c;
  centre.box = 0;
  const numeric::WorkingPrecision precision(kBits);
  Walk<numeric::Ball> walk(centre);
  for (std::uint64_t t = 0; t < c.steps; ++t) walk.step();
  for (std::size_t i = 0; i < c.rows.size(); ++i)
    for (std::size_t j = 0; j <= c.d(); ++j)
      ESCAPEMENT_CHECK(run.final.neurons[i][j].overlaps(walk.rows()[i][j]));
  return "agrees";
}

}  // namespace escapement::hunt
