// The covariance of a data set: its eigendirections, and samples of any size of it.
#pragma once

#include <cstdint>
#include <vector>

#include "escapement/model/instance.h"

namespace escapement::theory {

struct CovarianceDirection {
  double eigenvalue = 0;    // of C = (1/n) sum x_k x_k^T
  double ground_truth = 0;  // component of theta* in it
};

// In double precision, errors of about 1e-15 times the largest eigenvalue. The instance has a sample.
std::vector<CovarianceDirection> covariance_directions(const model::Instance& instance);

// d inputs whose covariance has exactly the law of that of n >= d standard normal inputs (Wishart, Bartlett's factor
// [Bartlett1934]): gradient descent sees a data set through its covariance alone, so n may be larger than what can be
// stored. A pure function of the stream. [d x d], one input a row.
std::vector<std::vector<double>> inputs_of_sample(numeric::Stream stream, std::size_t d,
                                                  const numeric::BigInt& n);

}  // namespace escapement::theory
