#include "escapement/observe/followed.h"

#include <algorithm>
#include <cstdlib>
#include <istream>
#include <ostream>

#include "escapement/numeric/magnitude_range.h"
#include "escapement/numeric/mutant.h"
#include "escapement/numeric/text.h"

namespace escapement::observe {

namespace {
constexpr long kGreatestExponent = 100;
}

using model::RightStep;
using model::SampleBlock;
using numeric::from_int;
using numeric::Mutant;
using numeric::mutated;
using numeric::Rows;
using numeric::Truth;
using numeric::Vector;

template <class T>
Followed<T>::Followed(const model::Start<T>& start, std::size_t count)
    : z_(count, start.d()),
      z0_(count, start.d()),
      squared_radius_(from_int<T>(1) / from_int<T>(static_cast<long>(start.width()))),
      sums_(count, from_int<T>(0)),
      exits_(count),
      inside_(count),
      p_(count),
      wv_(count),
      distance_(count) {
  if (mutated(Mutant::exit_radius)) squared_radius_ *= squared_radius_;
  start.rows(0, z_);
  z0_ = z_;
  for (std::size_t i = 0; i < count; ++i) exits_[i].neuron = i;
}

template <class T>
void Followed<T>::apply(const RightStep<T>& step) {
  accumulate(step);
  right_multiply(z_, step, scratch_);
  ++steps_;
  check_exits();
}

template <class T>
void Followed<T>::apply_samples(const SampleBlock<T>& block, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) {
    RightStep<T> step;
    step.q = block.x[k];
    step.c = block.c[k];
    apply(step);
  }
}

template <class T>
void Followed<T>::follow(const model::State<T>& state) {
  state.neurons(0, z_);
  driven_ = true;
  ++steps_;
  check_exits();
}

// |w'|^2 - a'^2 = |w|^2 - a^2 - 2c (a~ p - a p~) + c^2 (a~^2 |q|^2 - p~^2) with p = <w, q>, p~ = <w~, q>; without a
// perturbation the middle term vanishes and the last is eta^2 DeltaW_i of the paper's norm identity.
template <class T>
void Followed<T>::accumulate(const RightStep<T>& step) {
  first_layer_times(z_, *step.q, p_);
  const T squared = dot(*step.q, *step.q);
  const T c2 = step.c * step.c;
  if (step.v == nullptr) {
    for (std::size_t i = 0; i < size(); ++i) {
      const T p = p_.get(i), a = z_.get(i, z_.d());
      sums_[i] += mutated(Mutant::identity_without_a) ? T(-(c2 * p * p)) : T(c2 * (a * a * squared - p * p));
    }
    return;
  }
  first_layer_times(z_, *step.v, wv_);
  const T kappa_vq = step.kappa * dot(*step.v, *step.q), two_c = step.c + step.c;
  for (std::size_t i = 0; i < size(); ++i) {
    const T p = p_.get(i), a = z_.get(i, z_.d());
    const T a_moved = a + step.kappa * wv_.get(i), p_moved = p + kappa_vq * a;
    sums_[i] += c2 * (a_moved * a_moved * squared - p_moved * p_moved) - two_c * (a_moved * p - a * p_moved);
  }
}

template <class T>
void Followed<T>::check_exits() {
  if (inside_ == 0) return;
  first_layer_distances(z_, z0_, distance_);
  for (std::size_t i = 0; i < size(); ++i) {
    if (exits_[i].step) continue;
    const Truth outside = numeric::is_less(squared_radius_, distance_.get(i));
    if (outside == Truth::unknown) exits_[i].certain = false;
    if (outside != Truth::yes) continue;
    exits_[i].step = steps_;
    --inside_;
  }
}

template <class T>
T Followed<T>::imbalance(const Rows<T>& z, std::size_t i) const {
  T value = -(z.get(i, z.d()) * z.get(i, z.d()));
  for (std::size_t j = 0; j < z.d(); ++j) value += z.get(i, j) * z.get(i, j);
  return value;
}

template <class T>
std::optional<T> Followed<T>::norm_identity_defect() const {
  // Of a step's squares beyond 2^-100 .. 2^100 the sums may have lost what they are compared with.
  const long exponent = std::max(numeric::excess(z0_), numeric::excess(z_));
  if (driven_ || std::labs(exponent) > kGreatestExponent) return std::nullopt;
  T worst = from_int<T>(0);
  for (std::size_t i = 0; i < size(); ++i) {
    const T defect = numeric::absolute(T(imbalance(z_, i) - imbalance(z0_, i) - sums_[i]));
    worst = numeric::maximum(worst, defect);
  }
  return worst;
}

template <class T>
std::vector<Exit> Followed<T>::exits() const {
  return exits_;
}

template <class T>
void Followed<T>::save(std::ostream& out) const {
  write_rows(out, z_);
  out << steps_ << ' ' << driven_ << '\n';
  for (std::size_t i = 0; i < size(); ++i) {
    numeric::write_scalar(out, sums_[i]);
    out << (exits_[i].step ? static_cast<long long>(*exits_[i].step) : -1LL) << ' ' << exits_[i].certain
        << '\n';
  }
}

template <class T>
bool Followed<T>::load(std::istream& in) {
  std::string line;
  if (!read_rows(in, z_) || !std::getline(in, line)) return false;
  char* rest = nullptr;
  steps_ = std::strtoull(line.c_str(), &rest, 10);
  driven_ = std::strtol(rest, nullptr, 10) != 0;
  inside_ = size();
  for (std::size_t i = 0; i < size(); ++i) {
    if (!numeric::read_scalar(in, sums_[i]) || !std::getline(in, line)) return false;
    const long long step = std::strtoll(line.c_str(), &rest, 10);
    exits_[i].step.reset();
    if (step >= 0) exits_[i].step = static_cast<std::uint64_t>(step);
    if (step >= 0) --inside_;
    exits_[i].certain = std::strtol(rest, nullptr, 10) != 0;
  }
  return true;
}

#define ESCAPEMENT_INSTANTIATE(T) template class Followed<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::observe
