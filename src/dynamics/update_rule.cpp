#include "escapement/dynamics/update_rule.h"

#include "escapement/dynamics/gradient_step.h"
#include "escapement/dynamics/markov_oscillation.h"
#include "escapement/dynamics/sharpness_aware.h"
#include "escapement/numeric/check.h"

namespace escapement::dynamics {

using config::Algorithm;

template <class T>
std::unique_ptr<UpdateRule<T>> make_rule(const model::Instance& instance, const model::Problem<T>& problem,
                                         const model::Start<T>& start) {
  switch (instance.config.algorithm) {
    case Algorithm::label_noise_sgd:
    case Algorithm::sgd:
    case Algorithm::label_noise_gd:
    case Algorithm::gradient_descent: return std::make_unique<GradientStep<T>>(instance, problem);
    case Algorithm::sam: return std::make_unique<SharpnessAware<T>>(instance, problem);
    case Algorithm::oscillation:
    case Algorithm::second_layer_oscillation:
      return std::make_unique<MarkovOscillation<T>>(instance, problem, start);
  }
  ESCAPEMENT_CHECK(false);
}

#define ESCAPEMENT_INSTANTIATE(T)                                                                     \
  template std::unique_ptr<UpdateRule<T>> make_rule(const model::Instance&, const model::Problem<T>&, \
                                                    const model::Start<T>&);
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::dynamics
