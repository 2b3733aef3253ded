// Flat arrays of a scalar. Doubles are 64-byte aligned; `Mp` and `Ball` both lie in Arb's own layout, because
// Arb's dot products are what makes multiple precision fast (docs/derivations/arithmetic.md).
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>

#include <arb.h>

#include "escapement/numeric/scalar_ops.h"

namespace escapement::numeric {

inline constexpr std::size_t kLanes = 8;  // doubles are padded to whole groups of eight
constexpr std::size_t padded(std::size_t n) { return (n + kLanes - 1) / kLanes * kLanes; }

// n scalars, zero at first. `T` is Mp (radii stay zero) or Ball.
template <class T>
class Storage {
 public:
  explicit Storage(std::size_t n = 0)
      : n_(n), values_(n == 0 ? nullptr : _arb_vec_init(static_cast<slong>(n))) {}
  Storage(const Storage& o) : Storage(o.n_) {
    for (std::size_t i = 0; i < n_; ++i) arb_set(values_ + i, o.values_ + i);
  }
  Storage(Storage&& o) noexcept { swap(o); }
  Storage& operator=(Storage o) noexcept {
    swap(o);
    return *this;
  }
  ~Storage() {
    if (values_ != nullptr) _arb_vec_clear(values_, static_cast<slong>(n_));
  }
  void swap(Storage& o) noexcept {
    std::swap(n_, o.n_);
    std::swap(values_, o.values_);
  }

  std::size_t size() const { return n_; }
  arb_ptr data() { return values_; }
  arb_srcptr data() const { return values_; }
  T get(std::size_t i) const;
  void set(std::size_t i, const T& value);

 private:
  std::size_t n_ = 0;
  arb_ptr values_ = nullptr;
};

template <>
inline Mp Storage<Mp>::get(std::size_t i) const {
  Mp result;
  arf_get_mpfr(result.backend().data(), arb_midref(values_ + i), MPFR_RNDN);
  return result;
}
template <>
inline void Storage<Mp>::set(std::size_t i, const Mp& value) {
  arf_set_mpfr(arb_midref(values_ + i), value.backend().data());
}
template <>
inline Ball Storage<Ball>::get(std::size_t i) const {
  Ball result;
  arb_set(result.raw(), values_ + i);
  return result;
}
template <>
inline void Storage<Ball>::set(std::size_t i, const Ball& value) {
  arb_set(values_ + i, value.raw());
}

template <>
class Storage<double> {
 public:
  explicit Storage(std::size_t n = 0) : n_(n), values_(allocate(n)) {}
  Storage(const Storage& o) : Storage(o.n_) { std::copy_n(o.values_.get(), padded(n_), values_.get()); }
  Storage(Storage&& o) noexcept = default;
  Storage& operator=(Storage o) noexcept {
    std::swap(n_, o.n_);
    std::swap(values_, o.values_);
    return *this;
  }
  ~Storage() = default;

  std::size_t size() const { return n_; }
  double* data() { return values_.get(); }
  const double* data() const { return values_.get(); }
  double get(std::size_t i) const { return values_[i]; }
  void set(std::size_t i, double value) { values_[i] = value; }

 private:
  static constexpr std::align_val_t kAlignment{64};
  struct Free {
    void operator()(double* p) const { ::operator delete[](p, kAlignment); }
  };
  static std::unique_ptr<double[], Free> allocate(std::size_t n) {
    const std::size_t size = std::max(padded(n), kLanes);
    std::unique_ptr<double[], Free> p(
        static_cast<double*>(::operator new[](size * sizeof(double), kAlignment)));
    std::fill_n(p.get(), size, 0.0);
    return p;
  }
  std::size_t n_ = 0;
  std::unique_ptr<double[], Free> values_;
};

}  // namespace escapement::numeric
