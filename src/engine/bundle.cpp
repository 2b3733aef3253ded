#include "escapement/engine/bundle.h"

#include <algorithm>
#include <chrono>

#include "escapement/dynamics/gradient_oracle.h"

namespace escapement::engine {

using observe::Outcome;

namespace {

constexpr std::uint64_t kBlock = 256;  // steps whose draws are made together

}  // namespace

std::uint32_t Bundle::width(const config::Config& config) {
  const bool lanes = config.precision.kind == config::PrecisionChoice::Kind::binary64 && config.watch == 0 &&
                     config.state != config::StateKind::direct && !is_oscillation(config.algorithm);
  return lanes ? static_cast<std::uint32_t>(reduction::LaneStates::width()) : 1;
}

std::uint32_t Bundle::size_for(const config::Config& config, std::uint32_t count, unsigned threads) {
  const std::uint32_t fair = (count + threads - 1) / threads;
  return std::max(1u, std::min(width(config), fair));
}

Bundle::State* Bundle::lane_of(const Member& member) {
  const Simulation<double>& s = *member.simulation;
  if (s.followed_ != nullptr) return nullptr;
  if (s.rule_->single_samples() == nullptr && s.rule_->gradients() == nullptr) return nullptr;
  return dynamic_cast<State*>(s.state_.get());
}

std::vector<Bundle::Member*> Bundle::running() {
  std::vector<Member*> list;
  for (Member& m : members_)
    if (m.running) list.push_back(&m);
  return list;
}

// Steps along single samples gain little from company once a replica fills vectors by itself, and a lane too many costs as
// much as any; wide matrices of several replicas do not fit the nearest cache together: docs/performance.md,
// `lane_kernels`. Gradients gain more than lanes can waste.
bool Bundle::pays(const Simulation<double>& s, std::size_t members) {
  constexpr std::size_t kNarrow = 3, kWide = 64;
  const std::size_t width = reduction::LaneStates::width(), d = s.instance_.config.d;
  return s.rule_->single_samples() == nullptr || (members == width && d <= kWide) ||
         (members + 1 == width && d <= kNarrow);
}

// A resumed member may be at another step, and a start of its own may have another factor.
bool Bundle::together(const std::vector<Member*>& members) const {
  if (members.size() < 2 || members.size() > reduction::LaneStates::width()) return false;
  const Member& first = *members.front();
  if (!pays(*first.simulation, members.size())) return false;
  return std::all_of(members.begin(), members.end(), [&](const Member* m) {
    const State* lane = lane_of(*m);
    return lane != nullptr && m->simulation->step_ == first.simulation->step_ &&
           reduction::LaneStates::fit(*lane_of(first), *lane);
  });
}

bool Bundle::take(const std::vector<Member*>& members, std::uint64_t count) {
  const bool single = members.front()->simulation->rule_->single_samples() != nullptr;
  bool vanished = false;
  const std::uint64_t done = [&] {
    const UnderflowWatch watch(vanished);
    return single ? take_samples(members, count) : take_gradients(members, count);
  }();
  for (Member* m : members) {
    m->simulation->step_ += done;
    m->simulation->vanished_ = m->simulation->vanished_ || vanished;
    if (done > 0) m->simulation->looked_ = false;
  }
  return done == count;
}

std::uint64_t Bundle::take_samples(const std::vector<Member*>& members, std::uint64_t count) {
  std::vector<State*> states;
  for (const Member* m : members) states.push_back(lane_of(*m));
  lanes_.begin(std::move(states));
  blocks_.resize(members.size());
  std::uint64_t done = 0;
  std::size_t size = 0, taken = 0;
  const std::uint64_t first = members.front()->simulation->step_;
  while (done < count && taken == size) {
    size = static_cast<std::size_t>(std::min(kBlock, count - done));
    for (std::size_t i = 0; i < members.size(); ++i)
      members[i]->simulation->rule_->single_samples()->fill_steps(first + done, size, blocks_[i]);
    taken = lanes_.apply_samples(blocks_, members.front()->simulation->problem_.step_size);
    done += taken;
  }
  lanes_.end(blocks_, taken);
  return done;
}

// Single samples of SAM are drawn many steps at a time, as are steps along a full gradient without noise.
std::uint64_t Bundle::take_gradients(const std::vector<Member*>& members, std::uint64_t count) {
  const Simulation<double>& front = *members.front()->simulation;
  const dynamics::GradientOracle<double>& shape = *front.rule_->gradients();
  std::vector<reduction::LaneGradients::Member> states;
  for (const Member* m : members) states.push_back({lane_of(*m), &m->simulation->problem_});
  gradients_.begin(std::move(states),
                   shape.full() ? reduction::LaneGradients::kFullBatch : shape.driving().batch(),
                   front.instance_.config.algorithm == config::Algorithm::sam);
  blocks_.resize(members.size());
  std::vector<reduction::LaneGradients::Source> sources(members.size());
  std::uint64_t done = 0;
  std::size_t size = 0, taken = 0;
  while (done < count && taken == size) {
    const std::uint64_t step = front.step_ + done, most = std::min(kBlock, count - done);
    size = shape.single_sample() ? static_cast<std::size_t>(most) : 1;
    if (shape.full() && !shape.driving().noisy(step))
      while (size < most && !shape.driving().noisy(step + size)) ++size;
    for (std::size_t i = 0; i < members.size(); ++i) {
      dynamics::GradientOracle<double>& oracle = *members[i]->simulation->rule_->gradients();
      if (shape.single_sample())
        oracle.driving().fill_steps(step, size, blocks_[i]);
      else
        oracle.prepare(step);
      sources[i] = {shape.single_sample() ? &blocks_[i] : &oracle.samples(), &oracle.mean_noise()};
    }
    taken = gradients_.advance(sources, size);
    done += taken;
  }
  gradients_.end();
  return done;
}

void Bundle::advance(std::uint64_t to, const Poll& poll) {
  using Clock = std::chrono::steady_clock;
  for (std::vector<Member*> left = running(); !left.empty(); left = running()) {
    for (Member* m : left) m->running = !m->simulation->left_range(*m->trajectory);
    if (running().size() != left.size()) continue;
    if (!together(left)) {
      for (Member* m : left) m->running = m->simulation->advance(to, *m->trajectory, poll);
      return;
    }
    const std::uint64_t step = left.front()->simulation->step_;
    if (step >= to) return;
    const auto begin = Clock::now();
    const std::uint64_t count = std::min({to - step, chunk_, steps_to_range_check(step)});
    if (!take(left, count)) {  // somebody's end, or a gradient that is zero: each finds out alone
      const bool again = left.front()->simulation->step_ == step;
      alone_ = again ? std::min(2 * alone_, kBlock) : 1;
      const std::uint64_t stop = std::min(to, left.front()->simulation->step_ + alone_);
      for (Member* m : left) m->running = m->simulation->advance(stop, *m->trajectory, {});
      continue;
    }
    const bool quick = std::chrono::duration<double>(Clock::now() - begin).count() < kPollSeconds;
    if (quick && count == chunk_) chunk_ *= 2;
    if (!quick && chunk_ > 1) chunk_ /= 2;
    if (poll && !poll(step + count) && step + count < left.front()->simulation->instance_.config.steps)
      for (Member* m : left) {
        m->trajectory->outcome = Outcome::interrupted;
        m->running = false;
      }
  }
}

void Bundle::run(const Poll& poll) {
  for (Member& m : members_) m.simulation->begin(*m.trajectory);
  for (std::vector<Member*> left = running(); !left.empty(); left = running()) {
    std::uint64_t stop = UINT64_MAX;
    for (Member* m : left) {
      m->simulation->look_once(*m->trajectory);
      m->running = m->simulation->step_ < m->simulation->instance_.config.steps;
      if (m->running) stop = std::min(stop, m->simulation->next_stop(m->simulation->step_));
    }
    advance(stop, poll);
  }
  for (Member& m : members_) m.simulation->end(*m.trajectory);
}

}  // namespace escapement::engine
