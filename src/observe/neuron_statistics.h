// Statistics over all neurons at one step, in blocks, two readings where quantiles of a large width need them.
#pragma once

#include <optional>
#include <vector>

#include "escapement/observe/observer.h"

namespace escapement::observe {

// <w, theta*> / (|w| |theta*|): 0 for a neuron of norm zero; [-1, 1] where an enclosure of |w| touches zero.
template <class T>
T cosine(const T& alignment, const T& norm, const T& theta_norm);

// Fills the neuron columns of `record`: norms, alignments, cosines, escaped share, and DeltaW where `preview` has a step.
template <class T>
void observe_neurons(Record& record, const model::State<T>& state, const model::Start<T>& start,
                     const model::Problem<T>& problem, const Preview<T>& preview);

}  // namespace escapement::observe
