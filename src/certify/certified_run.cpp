#include "escapement/certify/certified_run.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/certify/enclosed_parts.h"

namespace escapement::certify {

using numeric::Ball;
using observe::Outcome;

namespace {

constexpr double kMargin = 1.05;  // over what the growth so far foretells
constexpr long kSpareBits = 16;

std::string brief(const Bound& radius) {
  Ball ball;
  radius.widen(ball.raw());
  return ball.radius_string();
}

// What the next attempt needs: the missing bits, or, where this one ended early, as many as its growth so far foretells
// and at least half as much again.
long next_bits(const Attempt& last, std::uint64_t steps, double log2_radius) {
  constexpr double kMost = 1e9;
  const auto bits = static_cast<double>(last.bits);
  double next = 1.5 * bits;
  if (last.outcome == Outcome::completed)
    next = std::max(bits + 1, bits + last.radius.log2() - log2_radius + kSpareBits);
  else if (last.steps > 0)
    next = std::max(next, kMargin * bits * static_cast<double>(steps) / static_cast<double>(last.steps) -
                              log2_radius + kSpareBits);
  return static_cast<long>(std::min(next, kMost));
}

// Neither a later end nor half the radius.
bool no_better(const Attempt& before, const Attempt& now) {
  if (before.outcome != Outcome::completed)
    return now.outcome != Outcome::completed && now.steps <= before.steps + before.steps / 50;
  return now.outcome != Outcome::completed || !(now.radius * Bound::integer(2) < before.radius);
}

std::string how_far(const Attempt& a) {
  if (a.outcome == Outcome::completed) return fmt::format("radius {} with {} bits", brief(a.radius), a.bits);
  return fmt::format("step {} with {} bits", a.steps, a.bits);
}

// Why the attempts end without the radius; empty while another one may help.
std::string reason_to_stop(const CertifiedRun& result, const CertifyRequest& request) {
  const Attempt& last = result.last();
  switch (last.outcome) {
    case Outcome::interrupted: return "interrupted";
    case Outcome::diverged: return fmt::format("the run diverges at step {}, certainly", last.steps);
    case Outcome::not_finite:
    case Outcome::out_of_range:
    case Outcome::undecided:
    case Outcome::completed: break;
  }
  const std::size_t count = result.attempts.size();
  if (count > 1 && no_better(result.attempts[count - 2], last)) {
    const std::string source = request.start_radius == 0
                                   ? std::string("what is left does not come from rounding")
                                   : fmt::format("what is left comes from the box of starts of radius {}",
                                                 numeric::to_string(request.start_radius));
    return fmt::format("more bits no longer help: {}, {}; {}", how_far(result.attempts[count - 2]),
                       how_far(last), source);
  }
  if (last.bits >= request.most_bits)
    return fmt::format("{} bits are the most allowed, and reach {}", request.most_bits, how_far(last));
  return {};
}

}  // namespace

Bound radius_of(const engine::FinalState& final) {
  Bound widest;
  const auto look = [&](const Ball& x) {
    if (const Bound radius = Bound::radius_of(x.raw()); widest < radius) widest = radius;
  };
  for (const Ball& x : final.theta) look(x);
  for (const auto& row : final.neurons)
    for (const Ball& x : row) look(x);
  return widest;
}

CertifiedRun certify(const model::Instance& instance, const CertifyRequest& request) {
  if (request.start_radius != 0 && config::is_oscillation(instance.config.algorithm))
    throw config::InputError("command line", "--start-radius", "a rule other than the driven oscillations");
  const Ball asked = Ball::from(request.radius);
  const double log2_radius = Bound::of(asked).log2();
  engine::RunOptions options = request.options;
  options.enclosed = enclosed_parts(request.start_radius);
  options.checkpoint_directory.clear();
  CertifiedRun result;
  model::Instance at = instance;
  for (long bits = std::min(request.first_bits, request.most_bits);;) {
    at.config.precision = {config::PrecisionChoice::Kind::certified, bits};
    result.run = engine::run_instance(at, options);
    const observe::Trajectory& t = result.run.trajectory;
    result.attempts.push_back({bits, t.steps, t.outcome, radius_of(result.run.final), result.run.seconds});
    const Attempt& last = result.last();
    result.reached =
        last.outcome == Outcome::completed && less_equal(last.radius.ball(), asked) == numeric::Truth::yes;
    if (result.reached) return result;
    result.reason = reason_to_stop(result, request);
    if (!result.reason.empty()) return result;
    bits = std::min(next_bits(last, instance.config.steps, log2_radius), request.most_bits);
  }
}

}  // namespace escapement::certify
