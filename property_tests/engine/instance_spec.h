// An explicit instance as a law draws it: every number exact and in view, printed as an instance file that the tool runs.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "escapement/model/instance_file.h"

#include "drawn_run.h"

namespace escapement::test {

using numeric::Exact;

struct InstanceSpec {
  std::size_t d = 1, m = 1, n = 1, batch = 1;  // batch 0: full
  std::uint64_t steps = 0;
  std::string algorithm, loss = "half-square", schedule = "on";
  Exact eta, sigma, rho;
  std::vector<Exact> theta_star, second_layer;          // [d], [m]
  std::vector<std::vector<Exact>> inputs, first_layer;  // [n x d], [m x d]
  std::vector<std::uint32_t> samples;                   // [steps x batch]
  std::vector<int> signs;                               // of the label noise [steps x per_step()], or
  std::vector<Exact> noise;                             // the noise itself (Gaussian law)

  bool full_batch_rule() const { return algorithm == "gradient-descent" || algorithm == "label-noise-gd"; }
  std::size_t per_step() const { return full_batch_rule() || batch == 0 ? n : batch; }
};

// Instances of every rule that acts from the right, batch 1, B and full, on/off/periodic, both losses, both noise laws; step
// sizes small enough for the linearised step to contract. Sizes grow with RapidCheck's size.
rc::Gen<InstanceSpec> instance_specs();

// Each simpler by structure first (width, dimension, steps, samples), then entries, then scalars.
std::vector<InstanceSpec> simpler(const InstanceSpec& spec);

std::string to_json(const InstanceSpec& spec);

model::Instance make_instance(const InstanceSpec& spec, const Settings& settings);

// Writes the instance into the working folder, and how to run it.
void showValue(const InstanceSpec& spec, std::ostream& out);

}  // namespace escapement::test
