#include "escapement/reduction/word_group.h"

#include <algorithm>
#include <cmath>

#include "escapement/numeric/check.h"

namespace escapement::reduction {

using config::NoiseLaw;
using numeric::Mp;
using numeric::Purpose;
using numeric::Rows;
using numeric::Vector;

namespace {

constexpr std::size_t kBlock = 256;  // steps whose draws are made together

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

// One member's inputs, labels and label noise, the same draws as model::Driving makes.
class WordGroup::Source {
 public:
  Source(const Member& member, std::size_t words)
      : instance_(member.instance),
        problem_(member.problem),
        driving_(member.instance, member.problem),
        words_(words) {
    if (problem_.n > 0) inputs_ = instance_.generated_inputs;
    for (const Mp& y : problem_.y) add_label(y);
    index_.resize(kBlock);
    sign_.resize(kBlock);
  }

  // Into every eighth place of x, labels and noise, from their beginnings.
  void fill(std::uint64_t first, std::size_t count, const double** x, const double** labels, double* noise) {
    draw_steps(instance_.stream, first, count, std::max<std::size_t>(problem_.n, 1), index_.data(),
               sign_.data());
    if (problem_.n == 0) draw_inputs(first, count);
    for (std::size_t t = 0; t < count; ++t) {
      const std::size_t at = problem_.n == 0 ? t : index_[t];
      x[t * kWordLanes] = inputs_.data() + at * problem_.d;
      labels[t * kWordLanes] = labels_.data() + at * words_;
      noise[t * kWordLanes] = driving_.noisy(first + t) ? noise_of(first + t, sign_[t]) : 0;
    }
  }

 private:
  void add_label(const Mp& y) {
    labels_.resize(labels_.size() + words_);
    split(y, words_, labels_.data() + labels_.size() - words_);
  }

  void draw_inputs(std::uint64_t first, std::size_t count) {
    inputs_.resize(kBlock * problem_.d);
    labels_.clear();
    Vector<Mp> input(problem_.d);
    for (std::size_t t = 0; t < count; ++t) {
      double* row = inputs_.data() + t * problem_.d;
      numeric::gaussian_row(instance_.stream, Purpose::fresh_input, first + t, 0, problem_.d, row);
      for (std::size_t j = 0; j < problem_.d; ++j) input.set(j, numeric::from_dyadic<Mp>(row[j]));
      add_label(dot(problem_.theta_star, input));
    }
  }

  double noise_of(std::uint64_t step, double sign) const {
    if (instance_.config.noise == NoiseLaw::two_point) return sign;
    return numeric::gaussian(numeric::high_word(philox(instance_.stream, Purpose::step, step, 0)));
  }

  const model::Instance& instance_;
  const model::Problem<Mp>& problem_;
  model::Driving<Mp> driving_;
  std::size_t words_;
  std::vector<double> inputs_, labels_;  // of the sample, or of a block of fresh inputs
  std::vector<std::uint32_t> index_;
  std::vector<double> sign_;
};

bool WordGroup::can_hold(const model::Problem<Mp>& problem) {
  if (!holds(problem.step_size) || !holds(problem.sigma)) return false;
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
      layout_(better_layout(members.size(), rows_, leading_, d_)),
      kernel_(word_kernel(numeric::active_isa(), words, layout_)),
      progress_(members.size()),
      z_((layout_ == WordLayout::rows_in_lanes ? members.size() * word_blocks(rows_, leading_) : rows_) *
         (d_ + 1) * words * kWordLanes),
      scratch_(word_scratch(rows_, d_, words)),
      noise_(kBlock * kWordLanes),
      step_size_(words),
      sigma_(words),
      x_(kBlock * kWordLanes),
      labels_(kBlock * kWordLanes) {
  ESCAPEMENT_CHECK(members.size() <= kWordLanes);
  split(members.front().problem.step_size, words, step_size_.data());
  split(members.front().problem.sigma, words, sigma_.data());
  for (std::size_t lane = 0; lane < members.size(); ++lane) {
    ESCAPEMENT_CHECK(members[lane].state.factor().rows() == leading_);
    take_in(lane);
    sources_.push_back(std::make_unique<Source>(members[lane], words));
  }
}

WordGroup::~WordGroup() = default;

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
  for (std::uint64_t done = 0; done < count; done += kBlock)
    advance_block(first + done, static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, count - done)));
}

void WordGroup::advance_block(std::uint64_t first, std::size_t count) {
  for (std::size_t lane = 0; lane < members_.size(); ++lane)
    sources_[lane]->fill(first, count, x_.data() + lane, labels_.data() + lane, noise_.data() + lane);
  // Lanes without a member read what the first one reads, and change nothing.
  for (std::size_t at = 0; at < count * kWordLanes; at += kWordLanes)
    for (std::size_t lane = members_.size(); lane < kWordLanes; ++lane) {
      x_[at + lane] = x_[at];
      labels_[at + lane] = labels_[at];
    }
  if (layout_ == WordLayout::replicas_in_lanes) return step(0, members_.size(), first, count);
  for (std::size_t member = 0; member < members_.size(); ++member) step(member, 1, first, count);
}

void WordGroup::step(std::size_t first_member, std::size_t members, std::uint64_t first, std::size_t count) {
  WordSteps steps{};
  bool any = false;
  for (std::size_t i = 0; i < members; ++i) {
    steps.lanes[i].active = progress_[first_member + i].end == WordEnd::none;
    any = any || steps.lanes[i].active;
  }
  if (!any) return;
  steps.z = z_.data() + first_member * word_blocks(rows_, leading_) * (d_ + 1) * words_ * kWordLanes;
  steps.rows = rows_;
  steps.leading = leading_;
  steps.d = d_;
  steps.steps = count;
  steps.first = first;
  steps.x = x_.data() + first_member;
  steps.labels = labels_.data() + first_member;
  steps.noise = noise_.data() + first_member;
  steps.step_size = step_size_.data();
  steps.sigma = sigma_.data();
  steps.scratch = scratch_.data();
  kernel_(steps);
  for (std::size_t i = 0; i < members; ++i) {
    const WordLane& end = steps.lanes[i];
    if (!end.active) continue;
    Progress& progress = progress_[first_member + i];
    progress.taken += end.taken;
    progress.end = end.end;
    if (end.end == WordEnd::too_large) progress.value = joined(end.value, words_);
  }
}

}  // namespace escapement::reduction
