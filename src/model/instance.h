// Instance: everything that defines one run exactly, before any arithmetic is chosen. Made from a Config and a replica
// number, or read from a file. Generated numbers are doubles taken as exact dyadics; given ones are exact rationals.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "escapement/config/config.h"
#include "escapement/numeric/random.h"

namespace escapement::model {

using numeric::Exact;

struct ExplicitStart {
  std::vector<std::vector<Exact>> rows;  // [m x (d+1)], (w_i, a_i)
};

// The driving sequence of an instance file, step by step.
struct ExplicitDriving {
  std::vector<std::uint32_t> samples;  // batch per step
  std::vector<std::int8_t> signs;      // of the label noise, or of the chain (one per zero entry of a)
  std::vector<Exact> noise;            // label noise itself, where it is not +-sigma
};

struct Instance {
  config::Config config;  // algorithm, step size, schedules, ...
  std::string name;
  std::string file;  // the instance file; empty where generated
  std::size_t d = 0;
  std::uint64_t m = 0;
  std::size_t n = 0;  // 0 where inputs are fresh or the population's
  numeric::Stream stream;
  std::vector<Exact> theta_star;                            // [d]
  std::vector<double> generated_inputs;                     // [n x d] row-major, or
  std::vector<std::vector<Exact>> given_inputs;             // [n x d]
  std::shared_ptr<const ExplicitStart> start;               // null: generated
  std::shared_ptr<const ExplicitDriving> driving;           // null: generated
  std::vector<std::pair<std::string, std::string>> origin;  // what the file fixed, for provenance
};

// The instance of this configuration's replica number `replica`. Throws config::InputError where sizes cannot be held.
Instance make_instance(const config::Config& config, std::uint32_t replica);

// -1, 0 or 1 with probabilities 1/4, 1/2, 1/4: the chain's stationary law [Lemma 4.4].
double chain_start(numeric::Stream stream, std::uint64_t neuron);

// The oscillation's amplitude: as configured, else eta^(1/4) in T.
template <class T>
T oscillation_amplitude(const Instance& instance);

}  // namespace escapement::model
