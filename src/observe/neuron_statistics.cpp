#include "escapement/observe/neuron_statistics.h"

#include "escapement/numeric/magnitude_range.h"
#include "escapement/numeric/mutant.h"
#include "escapement/numeric/precision.h"
#include "escapement/observe/order_statistics.h"
#include "escapement/observe/step_change.h"

namespace escapement::observe {

using numeric::from_int;
using numeric::is_less;
using numeric::Mutant;
using numeric::mutated;
using numeric::Rows;
using numeric::Truth;
using numeric::Vector;

namespace {

template <class T>
T wider(const T& lower, const T&) {
  return lower;
}
Ball wider(const Ball& lower, const Ball& upper) {
  Ball joined;
  arb_union(joined.raw(), lower.raw(), upper.raw(), numeric::working_bits());
  return joined;
}

// Quantiles of enclosures: order statistics are monotone in every value, so those of the lower and of the upper ends
// enclose the true one.
template <class T>
class Quantiles {
 public:
  explicit Quantiles(std::uint64_t m) : lower_(m, {10, 50, 90}), upper_(m, {10, 50, 90}) {}
  void add(const T& x) {
    if constexpr (kEnclosure) {
      lower_.add(x.lower());
      upper_.add(x.upper());
    } else {
      lower_.add(x);
    }
  }
  bool needs_second_reading() const { return lower_.needs_second_reading(); }
  void begin_second_reading() {
    lower_.begin_second_reading();
    if constexpr (kEnclosure) upper_.begin_second_reading();
  }
  std::vector<T> take() {
    std::vector<T> low = lower_.quantiles();
    if constexpr (kEnclosure) {
      const std::vector<T> high = upper_.quantiles();
      for (std::size_t i = 0; i < low.size(); ++i) low[i] = wider(low[i], high[i]);
    }
    return low;
  }

 private:
  static constexpr bool kEnclosure = std::is_same_v<T, Ball>;
  OrderStatistics<T> lower_, upper_;
};

// A three-valued count of m cases as a share.
class Share {
 public:
  void add(Truth t) {
    yes_ += t == Truth::yes ? 1 : 0;
    unknown_ += t == Truth::unknown ? 1 : 0;
  }
  template <class T>
  T of(std::uint64_t m) const {
    const T total = from_int<T>(static_cast<long>(m));
    const T low = from_int<T>(static_cast<long>(yes_)) / total;
    return unknown_ == 0 ? low : wider(low, T(from_int<T>(static_cast<long>(yes_ + unknown_)) / total));
  }

 private:
  std::uint64_t yes_ = 0, unknown_ = 0;
};

template <class T>
struct Sums {
  T norm = from_int<T>(0), alignment = norm, abs_alignment = norm, cosine = norm, abs_cosine = norm,
    delta = norm, move = norm;
  std::optional<T> min_norm, max_norm;
  Share escaped, positive, below;
};

// DeltaW_i and |a_i' - a_i| for the rows of one block.
template <class T>
void observe_step(Sums<T>& sums, const Rows<T>& z, StepChange<T>& step) {
  step.look_at(z);
  for (std::size_t i = 0; i < z.rows(); ++i) {
    const auto change = step.of(i);
    sums.delta += change.delta;
    sums.move += change.move;
    sums.positive.add(change.positive);
    sums.below.add(change.below);
  }
}

// |w_i| from its square, or anew where that has left the range of doubles.
template <class T>
T row_norm(const Rows<T>& z, std::size_t i, const T& squared) {
  if (numeric::has_digits(squared)) return numeric::square_root(squared);
  Rows<T> row(1, z.d());
  for (std::size_t j = 0; j < z.d(); ++j) row.set(0, j, z.get(i, j));
  const long k = numeric::excess(row);
  Vector<T> near_one(1);
  first_layer_distances(numeric::shifted(row, -k), Rows<T>(1, z.d()), near_one);
  return numeric::shifted(T(numeric::square_root(near_one.get(0))), k);
}

}  // namespace

template <class T>
T cosine(const T& alignment, const T& norm, const T& theta_norm) {
  const T denominator = norm * theta_norm;
  if constexpr (std::is_same_v<T, Ball>) {
    if (denominator.contains_zero()) return wider(from_int<T>(-1), from_int<T>(1));
  } else if (denominator == 0) {
    return from_int<T>(0);
  }
  return alignment / denominator;
}

template <class T>
void observe_neurons(Record& record, const model::State<T>& state, const model::Start<T>& start,
                     const model::Problem<T>& problem, const Preview<T>& preview) {
  const std::uint64_t m = state.width();
  const T total = from_int<T>(static_cast<long>(m));
  const T lazy_radius = from_int<T>(1) / (mutated(Mutant::lazy_radius) ? T(total * total) : total);
  const long unit = numeric::excess(problem.theta_star);  // of alignments
  const Vector<T> theta_star = numeric::shifted(problem.theta_star, -unit);
  const T theta_norm = numeric::norm(theta_star);
  const bool aligned = is_less(from_int<T>(0), theta_norm) == Truth::yes;
  std::optional<StepChange<T>> change;
  if (preview.step) {
    T size = numeric::maximum(state.first_layer_norm(), state.second_layer_norm());
    if (preview.step->v != nullptr) size = numeric::maximum(size, problem.rho);
    change.emplace(*preview.step, problem, size);
    if (!change->defined()) change.reset();
  }
  Sums<T> sums;
  Quantiles<T> norms(m), cosines(m);
  const auto read = [&](bool first_reading) {
    model::for_each_neuron_block(m, [&](std::uint64_t first, std::size_t size) {
      Rows<T> z(size, state.d());
      state.neurons(first, z);
      Vector<T> alignment(size), distance(size), squared(size);
      first_layer_times(z, theta_star, alignment);
      first_layer_distances(z, Rows<T>(size, state.d()), squared);
      if (first_reading) {
        Rows<T> z0(size, state.d());
        start.rows(first, z0);
        first_layer_distances(z, z0, distance);
      }
      Sums<T> block;
      for (std::size_t i = 0; i < size; ++i) {
        const T norm = row_norm(z, i, T(squared.get(i))), along = alignment.get(i);
        const T cos = aligned ? cosine(along, norm, theta_norm) : from_int<T>(0);
        norms.add(norm);
        cosines.add(cos);
        if (!first_reading) continue;
        block.norm += norm;
        block.alignment += along;
        block.abs_alignment += numeric::absolute(along);
        block.cosine += cos;
        block.abs_cosine += numeric::absolute(cos);
        sums.min_norm = sums.min_norm ? numeric::minimum(*sums.min_norm, norm) : norm;
        sums.max_norm = sums.max_norm ? numeric::maximum(*sums.max_norm, norm) : norm;
        sums.escaped.add(is_less(lazy_radius, distance.get(i)));
      }
      if (!first_reading) return;
      sums.norm += block.norm;
      sums.alignment += block.alignment;
      sums.abs_alignment += block.abs_alignment;
      sums.cosine += block.cosine;
      sums.abs_cosine += block.abs_cosine;
      if (change) observe_step(sums, z, *change);
    });
  };
  read(true);
  if (norms.needs_second_reading()) {
    norms.begin_second_reading();
    cosines.begin_second_reading();
    read(false);
  }
  const auto set = [&](Column column, const T& value, long exponent = 0) {
    record.values[static_cast<std::size_t>(column)] =
        numeric::shifted_ball(numeric::to_ball(value), exponent);
  };
  if (!numeric::is_finite(sums.norm)) return;  // overflown: nothing here would be a result
  const std::vector<T> norm_quantiles = norms.take();
  set(Column::mean_norm, sums.norm / total);
  set(Column::min_norm, *sums.min_norm);
  set(Column::max_norm, *sums.max_norm);
  set(Column::norm_q10, norm_quantiles[0]);
  set(Column::norm_q50, norm_quantiles[1]);
  set(Column::norm_q90, norm_quantiles[2]);
  set(Column::mean_alignment, sums.alignment / total, unit);
  set(Column::mean_abs_alignment, sums.abs_alignment / total, unit);
  if (aligned) {
    const std::vector<T> cosine_quantiles = cosines.take();
    set(Column::mean_cosine, sums.cosine / total);
    set(Column::cosine_q10, cosine_quantiles[0]);
    set(Column::cosine_q50, cosine_quantiles[1]);
    set(Column::cosine_q90, cosine_quantiles[2]);
    set(Column::mean_abs_cosine, sums.abs_cosine / total);
  }
  set(Column::escaped_share, sums.escaped.template of<T>(m));
  if (change) {
    set(Column::delta_mean, sums.delta / total, change->delta_exponent());
    set(Column::delta_share_positive, sums.positive.template of<T>(m));
    set(Column::delta_share_below, sums.below.template of<T>(m));
    set(Column::second_layer_move, sums.move / total, change->move_exponent());
  }
}

#define ESCAPEMENT_INSTANTIATE(T)                                                        \
  template T cosine(const T&, const T&, const T&);                                       \
  template void observe_neurons(Record&, const model::State<T>&, const model::Start<T>&, \
                                const model::Problem<T>&, const Preview<T>&);
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::observe
