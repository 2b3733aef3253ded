#include "escapement/observe/order_statistics.h"

#include <algorithm>
#include <bit>

#include "escapement/numeric/check.h"

namespace escapement::observe {

using numeric::Ball;
using numeric::Mp;

namespace {

bool before(double a, double b) { return a < b; }
bool before(const Mp& a, const Mp& b) { return mpfr_less_p(a.backend().data(), b.backend().data()) != 0; }
bool before(const Ball& a, const Ball& b) { return arf_cmp(arb_midref(a.raw()), arb_midref(b.raw())) < 0; }

template <class T>
T select(std::vector<T>& values, std::uint64_t rank) {
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(values.begin(), nth, values.end(), [](const T& a, const T& b) { return before(a, b); });
  return *nth;
}

std::uint64_t rank_of(unsigned percentage, std::uint64_t count) {
  return std::max<std::uint64_t>(1, (count * percentage + 99) / 100);
}

}  // namespace

template <class T>
OrderStatistics<T>::OrderStatistics(std::uint64_t count, std::vector<unsigned> percentages)
    : count_(count), percentages_(std::move(percentages)), keep_all_(count <= kKeepAll) {
  if (keep_all_)
    kept_.reserve(static_cast<std::size_t>(count));
  else
    histogram_.assign(std::size_t{1} << kCellBits, 0);
}

// Monotone in x: the bits of a double order like integers once negative ones are flipped.
template <class T>
std::uint32_t OrderStatistics<T>::cell_of(double x) {
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x == 0 ? 0.0 : x);
  const std::uint64_t ordered = (bits >> 63) != 0 ? ~bits : bits | (std::uint64_t{1} << 63);
  return static_cast<std::uint32_t>(ordered >> (64 - kCellBits));
}

template <class T>
void OrderStatistics<T>::add(const T& value) {
  if (keep_all_) {
    kept_.push_back(value);
    return;
  }
  const std::uint32_t cell = cell_of(numeric::to_double(value));
  if (!second_) {
    ++histogram_[cell];
    return;
  }
  for (std::size_t i = 0; i < wanted_.size(); ++i)
    if (wanted_[i].cell == cell) {
      candidates_[i].push_back(value);
      break;
    }
}

template <class T>
void OrderStatistics<T>::begin_second_reading() {
  ESCAPEMENT_CHECK(!keep_all_ && !second_);
  second_ = true;
  for (const unsigned p : percentages_) {
    std::uint64_t rank = rank_of(p, count_);
    std::uint32_t cell = 0;
    while (histogram_[cell] < rank) rank -= histogram_[cell++];
    wanted_.push_back({cell, rank});
  }
  candidates_.resize(wanted_.size());
}

template <class T>
std::vector<T> OrderStatistics<T>::quantiles() {
  std::vector<T> result;
  for (std::size_t i = 0; i < percentages_.size(); ++i) {
    if (keep_all_) {
      ESCAPEMENT_CHECK(kept_.size() == count_);
      result.push_back(select(kept_, rank_of(percentages_[i], count_)));
      continue;
    }
    std::size_t owner = i;
    while (owner > 0 && wanted_[owner - 1].cell == wanted_[i].cell) --owner;
    result.push_back(select(candidates_[owner], wanted_[i].rank_in_cell));
  }
  return result;
}

template class OrderStatistics<double>;
template class OrderStatistics<Mp>;
template class OrderStatistics<Ball>;

}  // namespace escapement::observe
