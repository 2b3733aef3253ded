// The start of Phase II [LabelNoise2026]: |w_i|, |a_i| <= sqrt(eta) for all i, from where plain gradient descent goes on.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "escapement/model/instance.h"

namespace escapement::theory {

using Row = std::vector<double>;  // (w_i, a_i), d + 1 numbers

// `count` neurons, w uniform in the ball of this radius in R^d, a uniform in [-radius, radius]; a pure function of the
// stream.
std::vector<Row> drawn_neurons(numeric::Stream stream, std::size_t d, std::size_t count, double radius);

// A neuron that no zero makes special and that gradient descent near the origin still sends to zero:
//   w = (radius/2) (e + v), a = -radius/2,   e = theta*/|theta*|, v a unit vector orthogonal to e (d >= 2).
// There a + <w, e> = 0: it has no part in the growing mode.
Row decaying_neuron(const std::vector<numeric::Exact>& theta_star, double radius);
// w = (radius/2) v, a = 0: orthogonal to theta* for ever. The degenerate case.
Row orthogonal_neuron(const std::vector<numeric::Exact>& theta_star, double radius);
// w = u e.
Row aligned_neuron(const std::vector<numeric::Exact>& theta_star, double u, double a);

// Why Lemmas 4.5 and 4.6 claim nothing at this configuration; empty if they do. theta* = 0 has no direction; for eta > 1/2
// ln(1/eta) vanishes as eta goes to 1, which O(.) for eta -> 0 does not mean. `directions`: the claim is about directions,
// which are all aligned if d = 1.
std::string phase_two_degeneracy(const config::Config& config, bool directions);

// The instance with this start instead of its own, m = rows.size().
void give_start(model::Instance& instance, const std::vector<Row>& rows);

}  // namespace escapement::theory
