// What drives one replica in words of doubles: inputs, labels and label noise, by the same draws as model::Driving.
#pragma once

#include <cstdint>
#include <vector>

#include "escapement/model/driving.h"

namespace escapement::reduction {

// Whether steps are of the form that word_kernels.h takes; else those of word_gradient_kernels.h.
bool takes_single_samples(const config::Config& config);

class WordSource {
 public:
  using Mp = numeric::Mp;
  // Generated data; the references outlive this.
  WordSource(const model::Instance& instance, const model::Problem<Mp>& problem, std::size_t words);

  std::size_t batch() const { return driving_.batch(); }  // samples a step; of a full batch all n
  bool noisy(std::uint64_t step) const { return driving_.noisy(step); }
  // Steps first .. first + count - 1 into every eighth place of x, labels and noise [count x batch x 8], the noise in
  // units of sigma. What x and labels point to lasts until the next call.
  void fill(std::uint64_t first, std::size_t count, const double** x, const double** labels, double* noise);

 private:
  void add_label(const Mp& y);
  void draw_inputs(std::uint64_t first, std::size_t count);
  double noise_of(std::uint64_t step, std::uint32_t position) const;
  std::size_t index_of(std::uint64_t step, std::uint32_t position) const;

  const model::Instance& instance_;
  const model::Problem<Mp>& problem_;
  model::Driving<Mp> driving_;
  std::size_t words_;
  std::vector<double> inputs_, labels_;  // of the sample, or of a block of fresh inputs
  std::vector<std::uint32_t> index_;     // of single samples
  std::vector<double> sign_;
};

}  // namespace escapement::reduction
