// The initial neurons z_i(0) = (w_i, a_i), any block of them at any time: explicit from a file, or regenerated from the
// counter-based stream (neuron i's row is a pure function of seed, replica and i).
#pragma once

#include <cstdint>
#include <functional>

#include "escapement/model/instance.h"
#include "escapement/numeric/packed.h"

namespace escapement::model {

inline constexpr std::size_t kNeuronBlock = 1024;  // neurons looked at together

template <class T>
class Start {
 public:
  explicit Start(const Instance& instance);
  std::size_t d() const { return d_; }
  std::uint64_t width() const { return m_; }

  // Rows first .. first + out.rows() - 1 of Z(0).
  void rows(std::uint64_t first, numeric::Rows<T>& out) const;
  // Z(0)^T Z(0) [(d+1) x (d+1)], summed over blocks of kNeuronBlock neurons in order.
  numeric::Symmetric<T> gram() const;

 private:
  void generate(std::uint64_t neuron, double* row) const;  // [d+1]

  std::size_t d_;
  std::uint64_t m_;
  config::Init init_;
  numeric::Stream stream_;
  double first_scale_, second_scale_;  // 1/sqrt(d), 1/sqrt(m): the doubles nearest to them
  bool scaled_;
  T factor_, amplitude_;
  std::shared_ptr<const ExplicitStart> given_;
};

// Calls visit(first, size) for blocks of at most kNeuronBlock neurons that cover [0, m), in order.
void for_each_neuron_block(std::uint64_t m, const std::function<void(std::uint64_t, std::size_t)>& visit);

}  // namespace escapement::model
