#include "escapement/stats/stream.h"

#include <utility>

#include "escapement/numeric/check.h"
#include "escapement/numeric/precision.h"
#include "escapement/numeric/scalar_ops.h"

namespace escapement::stats {

using numeric::Ball;

namespace {

void add_exactly(Ball& sum, const Ball& x) {
  arf_add(arb_midref(sum.raw()), arb_midref(sum.raw()), arb_midref(x.raw()), ARF_PREC_EXACT, ARF_RND_DOWN);
}

Ball squared_exactly(const Ball& x) {
  Ball result;
  arf_mul(arb_midref(result.raw()), arb_midref(x.raw()), arb_midref(x.raw()), ARF_PREC_EXACT, ARF_RND_DOWN);
  return result;
}

bool below(const Ball& a, const Ball& b) { return arf_cmp(arb_midref(a.raw()), arb_midref(b.raw())) < 0; }

// The middle of the cell that holds x: its magnitude's first kCellBits bits, and one more.
Ball middle_of_cell(const Ball& x) {
  if (arf_is_zero(arb_midref(x.raw()))) return Ball(0);
  Ball low, half;
  arf_set_round(arb_midref(low.raw()), arb_midref(x.raw()), Stream::kCellBits, ARF_RND_DOWN);
  fmpz_t exponent;
  fmpz_init(exponent);
  arf_abs_bound_lt_2exp_fmpz(exponent, arb_midref(low.raw()));
  fmpz_sub_ui(exponent, exponent, static_cast<ulong>(Stream::kCellBits) + 1);
  arf_one(arb_midref(half.raw()));
  arf_mul_2exp_fmpz(arb_midref(half.raw()), arb_midref(half.raw()), exponent);
  fmpz_clear(exponent);
  if (arf_sgn(arb_midref(low.raw())) < 0) arf_neg(arb_midref(half.raw()), arb_midref(half.raw()));
  add_exactly(low, half);
  return low;
}

}  // namespace

bool Stream::ByMidpoint::operator()(const Ball& a, const Ball& b) const { return below(a, b); }

void Stream::add(const Ball& x) {
  ESCAPEMENT_CHECK(x.is_finite());
  ++count_;
  add_exactly(sum_, x);
  add_exactly(squares_, squared_exactly(x));
  add_exactly(radii_, x.radius());
  extremes(x, x);
  ++cells_[kept_ ? x.mid() : middle_of_cell(x)];
  if (kept_ && count_ > kKeepAll) spread_out();
}

void Stream::merge(const Stream& other) {
  if (other.count_ == 0) return;
  count_ += other.count_;
  add_exactly(sum_, other.sum_);
  add_exactly(squares_, other.squares_);
  add_exactly(radii_, other.radii_);
  extremes(*other.least_, *other.greatest_);
  if (kept_ && (!other.kept_ || count_ > kKeepAll)) spread_out();
  for (const auto& [x, times] : other.cells_) cells_[kept_ ? x : middle_of_cell(x)] += times;
}

// From numbers to cells. The middle of a cell is in that cell.
void Stream::spread_out() {
  kept_ = false;
  std::map<Ball, std::uint64_t, ByMidpoint> cells;
  for (const auto& [x, times] : cells_) cells[middle_of_cell(x)] += times;
  cells_ = std::move(cells);
}

void Stream::extremes(const Ball& low, const Ball& high) {
  if (!least_ || below(low, *least_)) least_ = low;
  if (!greatest_ || below(*greatest_, high)) greatest_ = high;
}

Ball Stream::mean() const {
  const Ball n = numeric::from_int<Ball>(static_cast<long>(count_));
  Ball sum = sum_;
  if (!radii_.contains_zero()) arb_add_error(sum.raw(), radii_.raw());
  return sum / n;
}

Ball Stream::deviation() const {
  if (count_ == 1) return Ball(0);
  // n sum x^2 - (sum x)^2 >= 0, exactly.
  const Ball n = numeric::from_int<Ball>(static_cast<long>(count_));
  Ball spread, square = squared_exactly(sum_);
  arf_mul(arb_midref(spread.raw()), arb_midref(squares_.raw()), arb_midref(n.raw()), ARF_PREC_EXACT,
          ARF_RND_DOWN);
  arf_neg(arb_midref(square.raw()), arb_midref(square.raw()));
  add_exactly(spread, square);
  return sqrt(spread / n / (n - Ball(1)));
}

Ball Stream::quantile(unsigned percentage) const {
  ESCAPEMENT_CHECK(count_ > 0 && percentage <= 100);
  std::uint64_t rank = count_ / 100 * percentage + (count_ % 100 * percentage + 99) / 100;
  if (rank == 0) rank = 1;
  auto cell = cells_.begin();
  for (std::uint64_t below_cell = cell->second; below_cell < rank; below_cell += cell->second) ++cell;
  if (below(cell->first, *least_)) return least_->mid();
  if (below(*greatest_, cell->first)) return greatest_->mid();
  return cell->first;
}

}  // namespace escapement::stats
