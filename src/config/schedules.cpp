#include "escapement/config/schedules.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "escapement/config/scan.h"
#include "escapement/numeric/exact.h"

namespace escapement::config {

using numeric::BigInt;

namespace {

// 10^(k/K) to the nearest integer, by integer arithmetic: with r = floor(2 * 10^(k/K)), that is (r + 1) / 2.
std::uint64_t rounded_power(std::uint64_t k, std::uint64_t per_decade) {
  BigInt power, root;
  mpz_ui_pow_ui(power.backend().data(), 10, k);
  power <<= per_decade;
  mpz_root(root.backend().data(), power.backend().data(), per_decade);
  return static_cast<std::uint64_t>((root + 1) / 2);
}

std::vector<std::uint64_t> logarithmic_steps(std::uint64_t per_decade) {
  std::vector<std::uint64_t> steps{0};
  for (std::uint64_t k = 0;; ++k) {
    const std::uint64_t step = rounded_power(k, per_decade);
    if (step >= kStepLimit) return steps;
    if (step != steps.back()) steps.push_back(step);
  }
}

}  // namespace

std::optional<NoiseSchedule> NoiseSchedule::parse(std::string_view text) {
  if (text == "on") return NoiseSchedule{1, 0};
  if (text == "off") return NoiseSchedule{0, 1};
  if (!take_prefix(text, "periodic:")) return std::nullopt;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto on = scan_integer(text.substr(0, colon), 1, kStepLimit - 1);
  const auto off = scan_integer(text.substr(colon + 1), 1, kStepLimit - 1);
  if (!on || !off) return std::nullopt;
  return NoiseSchedule{*on, *off};
}

std::string NoiseSchedule::text() const {
  if (periodic()) return fmt::format("periodic:{}:{}", on, off);
  return on == 0 ? "off" : "on";
}

StepSchedule StepSchedule::every(std::uint64_t stride) {
  StepSchedule schedule;
  schedule.stride_ = std::max<std::uint64_t>(stride, 1);
  return schedule;
}

StepSchedule StepSchedule::log(std::uint64_t per_decade) {
  StepSchedule schedule;
  schedule.per_decade_ = std::clamp<std::uint64_t>(per_decade, 1, kMaxPerDecade);
  schedule.listed_ =
      std::make_shared<const std::vector<std::uint64_t>>(logarithmic_steps(schedule.per_decade_));
  return schedule;
}

StepSchedule StepSchedule::at(std::vector<std::uint64_t> steps) {
  StepSchedule schedule;
  if (steps.empty()) return schedule;
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  schedule.listed_ = std::make_shared<const std::vector<std::uint64_t>>(std::move(steps));
  return schedule;
}

std::optional<StepSchedule> StepSchedule::parse(std::string_view text) {
  if (text == "none") return StepSchedule{};
  if (take_prefix(text, "every:")) {
    const auto stride = scan_integer(text, 1, kStepLimit - 1);
    return stride ? std::optional(every(*stride)) : std::nullopt;
  }
  if (take_prefix(text, "log:")) {
    const auto per_decade = scan_integer(text, 1, kMaxPerDecade);
    return per_decade ? std::optional(log(*per_decade)) : std::nullopt;
  }
  if (!take_prefix(text, "at:[") || !text.ends_with(']')) return std::nullopt;
  text.remove_suffix(1);
  const auto items = split(text, ',');
  if (items.size() > kMaxListed) return std::nullopt;
  std::vector<std::uint64_t> steps;
  steps.reserve(items.size());
  for (const std::string_view item : items) {
    const auto step = scan_integer(trimmed(item), 0, kStepLimit - 1);
    if (!step) return std::nullopt;
    steps.push_back(*step);
  }
  return at(std::move(steps));
}

std::string StepSchedule::text() const {
  if (stride_ != 0) return fmt::format("every:{}", stride_);
  if (per_decade_ != 0) return fmt::format("log:{}", per_decade_);
  return none() ? "none" : fmt::format("at:[{}]", fmt::join(*listed_, ","));
}

bool StepSchedule::contains(std::uint64_t step) const {
  if (stride_ != 0) return step % stride_ == 0;
  return listed_ != nullptr && std::binary_search(listed_->begin(), listed_->end(), step);
}

std::optional<std::uint64_t> StepSchedule::next_after(std::uint64_t step) const {
  if (stride_ != 0) {
    const std::uint64_t gap = stride_ - step % stride_;
    return step >= kStepLimit || step + gap >= kStepLimit ? std::nullopt : std::optional(step + gap);
  }
  if (listed_ == nullptr) return std::nullopt;
  const auto next = std::upper_bound(listed_->begin(), listed_->end(), step);
  return next == listed_->end() ? std::nullopt : std::optional(*next);
}

std::uint64_t StepSchedule::count_through(std::uint64_t last) const {
  if (stride_ != 0) return last / stride_ + 1;
  if (listed_ == nullptr) return 0;
  return static_cast<std::uint64_t>(std::upper_bound(listed_->begin(), listed_->end(), last) -
                                    listed_->begin());
}

}  // namespace escapement::config
