#include "escapement/reduction/word_group.h"

#include <algorithm>
#include <cmath>

#include "escapement/numeric/check.h"
#include "escapement/reduction/word_gradient_kernels.h"

namespace escapement::reduction {

using numeric::Mp;
using numeric::Vector;

namespace {

constexpr std::size_t kBlock = 256;  // samples whose draws are made together

// Below this, the last of four words would be no normal double.
constexpr double kLeastNumber = 0x1p-800;
constexpr double kGreatestNumber = 0x1p100;

// Rows in lanes cost a member this many inner loops beyond those over its blocks of rows (measured).
constexpr std::size_t kSerialPart = 30;

WordLayout better_layout(std::size_t members, std::size_t rows, std::size_t leading, std::size_t d) {
  const std::size_t one_by_one = members * (word_blocks(rows, leading) * d + kSerialPart);
  return one_by_one < rows * d ? WordLayout::rows_in_lanes : WordLayout::replicas_in_lanes;
}

bool holds(const Mp& x) {
  const double size = std::fabs(numeric::to_double(x));
  return x == 0 || (size >= kLeastNumber && size <= kGreatestNumber);
}

}  // namespace

bool WordGroup::can_hold(const model::Problem<Mp>& problem) {
  if (!holds(problem.step_size) || !holds(problem.sigma) || !holds(problem.rho)) return false;
  for (const Mp& y : problem.y)
    if (!holds(y)) return false;
  for (std::size_t j = 0; j < problem.d; ++j)
    if (!holds(problem.theta_star.get(j))) return false;
  for (const Vector<Mp>& x : problem.x)
    for (std::size_t j = 0; j < problem.d; ++j)
      if (!(std::fabs(numeric::to_double(x.get(j))) <= kGreatestWordInput)) return false;
  return true;
}

WordGroup::WordGroup(const std::vector<Member>& members, std::size_t words)
    : members_(members),
      words_(words),
      d_(members.front().problem.d),
      leading_(members.front().state.factor().rows()),
      rows_(leading_ + (members.front().state.sees_neurons() ? d_ + 1 : 0)),
      along_gradient_(!takes_single_samples(members.front().instance.config)),
      layout_(along_gradient_ ? WordLayout::replicas_in_lanes
                              : better_layout(members.size(), rows_, leading_, d_)),
      progress_(members.size()),
      z_((layout_ == WordLayout::rows_in_lanes ? members.size() * word_blocks(rows_, leading_) : rows_) *
         (d_ + 1) * words * kWordLanes),
      scratch_(std::max(word_scratch(rows_, d_, words), word_gradient_scratch(d_, words))) {
  ESCAPEMENT_CHECK(members.size() <= kWordLanes);
  const model::Problem<Mp>& problem = members.front().problem;
  for (std::size_t lane = 0; lane < members.size(); ++lane) {
    ESCAPEMENT_CHECK(members[lane].state.factor().rows() == leading_);
    take_in(lane);
    sources_.push_back(std::make_unique<WordSource>(members[lane].instance, members[lane].problem, words));
  }
  batch_ = sources_.front()->batch();
  block_ = std::max<std::size_t>(1, kBlock / std::max<std::size_t>(1, batch_));
  const std::size_t samples = block_ * std::max<std::size_t>(1, batch_) * kWordLanes;
  x_.resize(samples);
  labels_.resize(samples);
  noise_ = Vector<double>(samples);
  step_size_ = in_words(problem.step_size);
  sigma_ = in_words(problem.sigma);
  rho_ = in_words(problem.rho);
  share_ = in_words(numeric::from_int<Mp>(1) /
                    numeric::from_int<Mp>(static_cast<long>(std::max<std::size_t>(1, batch_))));
  if (members.front().instance.config.batch.full) take_in_covariance();
}

WordGroup::~WordGroup() = default;

std::vector<double> WordGroup::in_words(const Mp& x) const {
  std::vector<double> result(words_);
  split(x, words_, result.data());
  return result;
}

void WordGroup::take_in_covariance() {
  covariance_ = Vector<double>(d_ * d_ * words_ * kWordLanes);
  theta_star_ = Vector<double>(d_ * words_ * kWordLanes);
  for (std::size_t lane = 0; lane < members_.size(); ++lane) {
    const auto put = [&](Vector<double>& out, std::size_t at, const Mp& x) {
      const std::vector<double> w = in_words(x);
      for (std::size_t k = 0; k < words_; ++k) out.set((at * words_ + k) * kWordLanes + lane, w[k]);
    };
    const model::Problem<Mp>& problem = members_[lane].problem;
    for (std::size_t i = 0; i < d_; ++i) {
      put(theta_star_, i, problem.theta_star.get(i));
      for (std::size_t j = 0; j < d_; ++j) put(covariance_, i * d_ + j, problem.covariance.get(i, j));
    }
  }
}

template <class Visit>
void WordGroup::for_each_word(std::size_t member, Visit&& visit) const {
  const std::size_t row_size = (d_ + 1) * words_;
  for (std::size_t i = 0; i < rows_; ++i) {
    std::size_t block = i, lane = member;
    if (layout_ == WordLayout::rows_in_lanes) {
      const std::size_t at = i < leading_ ? i : word_blocks(leading_, leading_) * kWordLanes + i - leading_;
      block = member * word_blocks(rows_, leading_) + at / kWordLanes;
      lane = at % kWordLanes;
    }
    for (std::size_t k = 0; k < row_size; ++k) visit((block * row_size + k) * kWordLanes + lane);
  }
}

void WordGroup::take_in(std::size_t member) {
  const WidthFreeState<Mp>& state = members_[member].state;
  WordRows all = state.word_factor() ? *state.word_factor() : split(state.factor(), words_);
  if (rows_ > leading_) {
    const WordRows product = state.word_product() ? *state.word_product() : split(state.product(), words_);
    all.w.insert(all.w.end(), product.w.begin(), product.w.end());
  }
  const double* in = all.w.data();
  for_each_word(member, [&](std::size_t at) { z_.set(at, *in++); });
}

void WordGroup::give(std::size_t member) const {
  WordRows factor{words_, leading_, d_, {}}, product{words_, rows_ - leading_, d_, {}};
  const std::size_t size = leading_ * (d_ + 1) * words_;
  for_each_word(member,
                [&](std::size_t at) { (factor.w.size() < size ? factor : product).w.push_back(z_.get(at)); });
  members_[member].state.set_words(std::move(factor),
                                   rows_ > leading_ ? std::optional(std::move(product)) : std::nullopt);
}

void WordGroup::advance(std::uint64_t first, std::uint64_t count) {
  for (std::uint64_t done = 0; done < count; done += block_)
    advance_block(first + done, static_cast<std::size_t>(std::min<std::uint64_t>(block_, count - done)));
}

void WordGroup::advance_block(std::uint64_t first, std::size_t count) {
  for (std::size_t lane = 0; lane < members_.size(); ++lane)
    sources_[lane]->fill(first, count, x_.data() + lane, labels_.data() + lane, noise_.data() + lane);
  // Lanes without a member read what the first one reads, and change nothing.
  for (std::size_t at = 0; at < count * batch_ * kWordLanes; at += kWordLanes)
    for (std::size_t lane = members_.size(); lane < kWordLanes; ++lane) {
      x_[at + lane] = x_[at];
      labels_[at + lane] = labels_[at];
    }
  if (along_gradient_) return step_along_gradient(first, count);
  if (layout_ == WordLayout::replicas_in_lanes) return step(0, members_.size(), first, count);
  for (std::size_t member = 0; member < members_.size(); ++member) step(member, 1, first, count);
}

// What both kernels ask for, and whether there is a member to step.
template <class Steps>
bool WordGroup::prepare(Steps& steps, std::size_t first_member, std::size_t members, std::size_t count) {
  bool any = false;
  for (std::size_t i = 0; i < members; ++i) {
    steps.lanes[i].active = progress_[first_member + i].end == WordEnd::none;
    any = any || steps.lanes[i].active;
  }
  steps.z = z_.data() + first_member * word_blocks(rows_, leading_) * (d_ + 1) * words_ * kWordLanes;
  steps.rows = rows_;
  steps.leading = leading_;
  steps.d = d_;
  steps.steps = count;
  steps.x = x_.data() + first_member;
  steps.labels = labels_.data() + first_member;
  steps.noise = noise_.data() + first_member;
  steps.step_size = step_size_.data();
  steps.sigma = sigma_.data();
  steps.scratch = scratch_.data();
  return any;
}

void WordGroup::note(const WordLane* lanes, std::size_t first_member, std::size_t members) {
  for (std::size_t i = 0; i < members; ++i) {
    if (!lanes[i].active) continue;
    Progress& progress = progress_[first_member + i];
    progress.taken += lanes[i].taken;
    progress.end = lanes[i].end;
    if (progress.end == WordEnd::too_large) progress.value = joined(lanes[i].value, words_);
  }
}

void WordGroup::step(std::size_t first_member, std::size_t members, std::uint64_t first, std::size_t count) {
  WordSteps steps{};
  if (!prepare(steps, first_member, members, count)) return;
  steps.first = first;
  word_kernel(numeric::active_isa(), words_, layout_)(steps);
  note(steps.lanes, first_member, members);
}

void WordGroup::step_along_gradient(std::uint64_t first, std::size_t count) {
  WordGradientSteps steps{};
  if (!prepare(steps, 0, members_.size(), count)) return;
  const config::Config& config = members_.front().instance.config;
  bool noisy = false;
  for (std::size_t t = 0; t < count; ++t) noisy = noisy || sources_.front()->noisy(first + t);
  steps.batch = config.batch.full && !noisy ? 0 : batch_;
  steps.covariance = config.batch.full ? covariance_.data() : nullptr;
  steps.theta_star = theta_star_.data();
  steps.share = share_.data();
  steps.rho = config.algorithm == config::Algorithm::sam ? rho_.data() : nullptr;
  word_gradient_kernel(numeric::active_isa(), words_)(steps);
  note(steps.lanes, 0, members_.size());
}

}  // namespace escapement::reduction
