// What drives a step: sample indices, label noise, fresh inputs; explicit, or a pure function of the step's number.
#pragma once

#include <memory>

#include "escapement/model/problem.h"
#include "escapement/model/right_step.h"

namespace escapement::model {

template <class T>
class Driving {
 public:
  // Keeps references: the instance and the problem outlive it.
  Driving(const Instance& instance, const Problem<T>& problem);

  // Single samples of steps first .. first + count - 1 (batch 1), and up to kStepsAhead of the run's steps after, which
  // are no steps of the block; or the `batch` samples of one step.
  static constexpr std::size_t kStepsAhead = 3;
  void fill_steps(std::uint64_t first, std::size_t count, SampleBlock<T>& block) const;
  void fill_batch(std::uint64_t step, SampleBlock<T>& block) const;
  std::size_t batch() const { return batch_; }

  // Label noise of all n samples at a step (full batch); all zero while the schedule is off.
  void full_noise(std::uint64_t step, std::vector<T>& noise) const;
  // Whether any label noise can be nonzero at this step.
  bool noisy(std::uint64_t step) const;

  // The chain's coins: +1 or -1 for neuron i's departure from zero at a step, from a running offset for explicit ones.
  int chain_sign(std::uint64_t step, std::uint64_t neuron, std::uint64_t consumed) const;

 private:
  T noise(std::uint64_t step, std::size_t position, std::size_t per_step) const;
  void input(std::uint64_t step, std::size_t position, std::uint32_t index, SampleBlock<T>& block,
             std::size_t k) const;
  void fill_noise(std::uint64_t first, SampleBlock<T>& block) const;

  const Instance& instance_;
  const Problem<T>& problem_;
  std::size_t batch_;
  bool label_noise_;
  T minus_sigma_;
  std::shared_ptr<const std::vector<double>>
      overlaps_;  // of the sample, where single steps can use them; else null
};

}  // namespace escapement::model
