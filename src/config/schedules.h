// When the label noise is on, and at which steps something is recorded.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace escapement::config {

inline constexpr std::uint64_t kStepLimit = std::uint64_t{1} << 48;  // steps are below this

// Noise on for `on` steps, then off for `off`, repeated; step 0 begins an `on` stretch.
struct NoiseSchedule {
  std::uint64_t on = 1;
  std::uint64_t off = 0;

  bool active(std::uint64_t step) const { return off == 0 || (on != 0 && step % (on + off) < on); }
  bool periodic() const { return on != 0 && off != 0; }
  bool operator==(const NoiseSchedule&) const = default;

  // on | off | periodic:P:Q with 1 <= P, Q < 2^48
  static std::optional<NoiseSchedule> parse(std::string_view text);
  std::string text() const;
};

// A set of steps. Every kind but `none` and `at` contains step 0.
class StepSchedule {
 public:
  static constexpr std::uint64_t kMaxPerDecade = 100;
  static constexpr std::size_t kMaxListed = 1'000'000;

  StepSchedule() = default;                           // none
  static StepSchedule every(std::uint64_t stride);    // multiples of stride >= 1
  static StepSchedule log(std::uint64_t per_decade);  // 0 and 10^(k/K) to the nearest integer, k = 0, 1, ...
  static StepSchedule at(std::vector<std::uint64_t> steps);  // these; sorted, each once

  // none | every:K | log:K (1 <= K <= 100) | at:[t1,t2,...]
  static std::optional<StepSchedule> parse(std::string_view text);
  std::string text() const;

  bool none() const { return stride_ == 0 && listed_ == nullptr; }
  bool contains(std::uint64_t step) const;
  std::optional<std::uint64_t> next_after(
      std::uint64_t step) const;                          // the first one > step; nullopt: no more
  std::uint64_t count_through(std::uint64_t last) const;  // how many are <= last

  bool operator==(const StepSchedule& other) const { return text() == other.text(); }

 private:
  std::uint64_t stride_ = 0;
  std::uint64_t per_decade_ = 0;
  std::shared_ptr<const std::vector<std::uint64_t>> listed_;  // ascending; of `log` and `at`
};

}  // namespace escapement::config
