// Up to eight replicas of one configuration that take their steps together, in words of doubles: their draws, and the
// kernels of word_kernels.h and word_gradient_kernels.h. A replica's numbers are the same in any group.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "escapement/reduction/width_free_state.h"
#include "escapement/reduction/word_kernels.h"
#include "escapement/reduction/word_source.h"

namespace escapement::reduction {

class WordGroup {
 public:
  using Mp = numeric::Mp;

  // References outlive the group. All states are at the same step.
  struct Member {
    const model::Instance& instance;
    const model::Problem<Mp>& problem;
    WidthFreeState<Mp>& state;
  };
  // How far a member came, and why not further.
  struct Progress {
    std::uint64_t taken = 0;  // steps, since the group was made
    WordEnd end = WordEnd::none;
    Mp value;  // too_large: the residual, or the squared direction
  };

  // Whether the step size, the noise and the labels of an instance are zero or within the range that words can hold.
  static bool can_hold(const model::Problem<Mp>& problem);

  WordGroup(const std::vector<Member>& members, std::size_t words);
  ~WordGroup();

  // Steps first .. first + count - 1 of every member that has not ended.
  void advance(std::uint64_t first, std::uint64_t count);
  const Progress& progress(std::size_t member) const { return progress_[member]; }
  // Hands a member's state over as it is now (or where the member ended).
  void give(std::size_t member) const;

 private:
  // Visits a member's words in the order of WordRows, R's and then P's.
  template <class Visit>
  void for_each_word(std::size_t member, Visit&& visit) const;
  std::vector<double> in_words(const Mp& x) const;
  void take_in(std::size_t member);
  void take_in_covariance();
  void advance_block(std::uint64_t first, std::size_t count);
  template <class Steps>
  bool prepare(Steps& steps, std::size_t first_member, std::size_t members, std::size_t count);
  void step(std::size_t first_member, std::size_t members, std::uint64_t first, std::size_t count);
  void step_along_gradient(std::uint64_t first, std::size_t count);
  void note(const WordLane* lanes, std::size_t first_member, std::size_t members);

  std::vector<Member> members_;
  std::size_t words_, d_, leading_, rows_;
  bool along_gradient_;
  WordLayout layout_;  // whichever is faster
  std::vector<std::unique_ptr<WordSource>> sources_;
  std::vector<Progress> progress_;
  std::size_t batch_ = 1, block_ = 1;  // samples a step, steps a block
  numeric::Vector<double> z_, scratch_, noise_, covariance_, theta_star_;
  std::vector<double> step_size_, sigma_, rho_, share_;
  std::vector<const double*> x_, labels_;
};

}  // namespace escapement::reduction
