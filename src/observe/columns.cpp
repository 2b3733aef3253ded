#include "escapement/observe/columns.h"

#include "escapement/numeric/check.h"

namespace escapement::observe {

const std::vector<std::string>& column_names() {
  static const std::vector<std::string> names{"tau",
                                              "train_loss",
                                              "test_loss",
                                              "theta_norm",
                                              "theta_distance",
                                              "frobenius_W",
                                              "norm_a",
                                              "mean_norm",
                                              "min_norm",
                                              "max_norm",
                                              "norm_q10",
                                              "norm_q50",
                                              "norm_q90",
                                              "mean_alignment",
                                              "mean_abs_alignment",
                                              "mean_cosine",
                                              "cosine_q10",
                                              "cosine_q50",
                                              "cosine_q90",
                                              "mean_abs_cosine",
                                              "escaped_share",
                                              "delta_mean",
                                              "delta_share_positive",
                                              "delta_share_below",
                                              "second_layer_move",
                                              "identity_defect",
                                              "product_defect"};
  ESCAPEMENT_CHECK(names.size() == static_cast<std::size_t>(Column::count));
  return names;
}

}  // namespace escapement::observe
