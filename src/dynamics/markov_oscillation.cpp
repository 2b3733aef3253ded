#include "escapement/dynamics/markov_oscillation.h"

#include <istream>
#include <ostream>

#include "escapement/numeric/check.h"

namespace escapement::dynamics {

using config::Algorithm;
using model::DirectState;
using model::Magnitude;
using model::State;
using numeric::from_int;
using numeric::Vector;

template <class T>
MarkovOscillation<T>::MarkovOscillation(const model::Instance& instance, const model::Problem<T>& problem,
                                        const model::Start<T>& start)
    : problem_(problem),
      driving_(instance, problem),
      amplitude_(model::oscillation_amplitude<T>(instance)),
      given_(instance.start != nullptr),
      chain_(static_cast<std::size_t>(instance.m), 0),
      centre_(static_cast<std::size_t>(instance.m), from_int<T>(0)) {
  const bool variant = instance.config.algorithm == Algorithm::second_layer_oscillation;
  model::for_each_neuron_block(instance.m, [&](std::uint64_t first, std::size_t size) {
    numeric::Rows<T> block(size, instance.d);
    start.rows(first, block);
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t neuron = static_cast<std::size_t>(first) + i;
      if (variant)
        centre_[neuron] = block.get(i, instance.d);
      else if (given_)
        chain_[neuron] = static_cast<std::int8_t>(instance.start->rows[neuron][instance.d].sign());
      else
        chain_[neuron] = static_cast<std::int8_t>(model::chain_start(instance.stream, neuron));
    }
  });
}

template <class T>
Progress<T> MarkovOscillation<T>::advance(State<T>& state, std::uint64_t first, std::uint64_t count) {
  auto* direct = dynamic_cast<DirectState<T>*>(&state);
  ESCAPEMENT_CHECK(direct != nullptr);
  Vector<T> r(problem_.d);
  Progress<T> progress;
  for (; progress.taken < count; ++progress.taken) {
    problem_.mean_gradient(state.theta(), r);
    progress.value = dot(r, r);
    progress.magnitude = model::magnitude(progress.value);
    if (progress.magnitude != Magnitude::ordinary) break;
    Vector<T> a = direct->second_layer(), scaled = a;
    scale(scaled, problem_.step_size);
    direct->move_first_layer(scaled, r);
    for (std::size_t i = 0; i < chain_.size(); ++i) {
      if (chain_[i] != 0)
        chain_[i] = 0;
      else
        chain_[i] = static_cast<std::int8_t>(driving_.chain_sign(first + progress.taken, i, consumed_++));
      if (chain_[i] == 0)
        a.set(i, centre_[i]);
      else
        a.set(i, chain_[i] > 0 ? T(centre_[i] + amplitude_) : T(centre_[i] - amplitude_));
    }
    direct->set_second_layer(a);
    direct->end_driven_step();
  }
  return progress;
}

template <class T>
void MarkovOscillation<T>::preview(const State<T>&, std::uint64_t, observe::Preview<T>& out) const {
  out.second_layer_move = amplitude_;  // every neuron leaves its state at every step
}

template <class T>
void MarkovOscillation<T>::save(std::ostream& out) const {
  out << consumed_ << '\n';
  for (const std::int8_t s : chain_) out << "-0+"[s + 1];
  out << '\n';
}

template <class T>
bool MarkovOscillation<T>::load(std::istream& in) {
  std::string line;
  if (!std::getline(in, line)) return false;
  consumed_ = std::strtoull(line.c_str(), nullptr, 10);
  if (!std::getline(in, line) || line.size() != chain_.size()) return false;
  for (std::size_t i = 0; i < line.size(); ++i)
    chain_[i] = static_cast<std::int8_t>(line[i] == '+' ? 1 : line[i] == '-' ? -1 : 0);
  return true;
}

#define ESCAPEMENT_INSTANTIATE(T) template class MarkovOscillation<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::dynamics
