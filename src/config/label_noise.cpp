#include "escapement/config/label_noise.h"

namespace escapement::config {

bool uses_label_noise(const Config& c) {
  switch (c.algorithm) {
    case Algorithm::label_noise_sgd:
    case Algorithm::label_noise_gd:
    case Algorithm::sam: return c.sigma != 0;
    case Algorithm::sgd:
    case Algorithm::gradient_descent:
    case Algorithm::oscillation:
    case Algorithm::second_layer_oscillation: break;
  }
  return false;
}

}  // namespace escapement::config
