// The CSV files of a small run, made up of formulas.
#pragma once

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "support/scratch_folder.h"

namespace escapement::test {

// `records` rows at 0, 100, 200, ...: the norm decays, the cosine grows, everyone has escaped from the third record on.
inline std::string sample_trajectory(int records) {
  std::string text =
      "step,tau,train_loss,train_loss_radius,test_loss,norm_a,mean_norm,norm_q10,norm_q90,mean_alignment,"
      "mean_abs_alignment,mean_abs_cosine,escaped_share,second_layer_move\n";
  for (int k = 0; k < records; ++k) {
    const double norm = std::exp(-0.1 * k);
    text += fmt::format("{},{},{:.70f},1e-900,{},1,{},{},{},0.01,{},{},{},{}\n", 100 * k, 0.1 * k,
                        2 * norm * norm, norm, norm, 0.8 * norm, 1.2 * norm, 0.2 * norm, 1 - 0.8 * norm,
                        k < 2 ? 0.5 : 1.0, 0.001 * norm);
  }
  return text;
}

// `columns` in the order of neurons.csv; neurons i = 0, 1, ... of length 1 + i/10 that shrink and turn to theta*, |theta*| = 2.
inline std::string sample_neurons(const std::vector<int>& steps, int neurons) {
  std::string text = "step,neuron,norm,alignment,cosine,second_layer\n";
  for (const int step : steps)
    for (int i = 0; i < neurons; ++i) {
      const double norm = (1 + 0.1 * i) * std::exp(-0.001 * step),
                   cosine = (i % 2 ? -1 : 1) * (0.2 + 0.0005 * step);
      text +=
          fmt::format("{},{},{},{},{},{}\n", step, i, norm, 2 * norm * cosine, cosine, i % 2 ? -0.1 : 0.1);
    }
  return text;
}

inline std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

}  // namespace escapement::test
