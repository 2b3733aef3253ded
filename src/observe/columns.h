// The columns of trajectory.csv, in order. docs/concepts/observables.md defines each.
#pragma once

#include <string>
#include <vector>

namespace escapement::observe {

enum class Column : unsigned {
  tau,             // slow time eta^2 sigma^2 t / 2
  train_loss,      // (1/2n) sum (<theta, x_k> - y_k)^2; the population's where there is no sample
  test_loss,       // |theta - theta*|^2 / 2
  theta_norm,      // |theta|
  theta_distance,  // |theta - theta*|
  frobenius_W,     // |W|_F
  norm_a,          // |a|
  mean_norm,       // mean |w_i|; then extremes and quantiles over neurons
  min_norm,
  max_norm,
  norm_q10,
  norm_q50,
  norm_q90,
  mean_alignment,      // mean <w_i, theta*>
  mean_abs_alignment,  // mean |<w_i, theta*>|
  mean_cosine,         // mean <w_i, theta*> / (|w_i| |theta*|); quantiles over neurons
  cosine_q10,
  cosine_q50,
  cosine_q90,
  mean_abs_cosine,
  escaped_share,         // share of neurons with |w_i - w_i(0)| > 1/sqrt(m)
  delta_mean,            // mean DeltaW_i of the step about to be taken
  delta_share_positive,  // share of neurons with DeltaW_i > 0
  delta_share_below,     // share with DeltaW_i <= -(sigma/4)^2
  second_layer_move,     // mean |a_i(t+1) - a_i(t)|
  identity_defect,       // norm identity over the followed neurons
  product_defect,        // max |Z - Z(0) P| over the followed neurons
  count
};

// Names, in Column's order.
const std::vector<std::string>& column_names();

}  // namespace escapement::observe
