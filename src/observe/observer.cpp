#include "escapement/observe/observer.h"

#include "escapement/numeric/magnitude_range.h"
#include "escapement/numeric/mutant.h"
#include "escapement/observe/neuron_statistics.h"

namespace escapement::observe {

using numeric::from_int;
using numeric::Mutant;
using numeric::mutated;
using numeric::Rows;
using numeric::Vector;

template <class T>
Observer<T>::Observer(const model::Instance& instance, const model::Problem<T>& problem,
                      const model::Start<T>& start, const Followed<T>* followed)
    : instance_(instance), problem_(problem), start_(start), followed_(followed) {}

namespace {

// |theta| and theta - theta* are as good as theta, of which products below the range of doubles say nothing; they may
// still say all of theta - theta*.
constexpr long kLeastThetaStar = -840;

template <class T>
void set(Record& record, Column column, const T& value, long exponent = 0) {
  record.values[static_cast<std::size_t>(column)] = numeric::shifted_ball(numeric::to_ball(value), exponent);
}

}  // namespace

template <class T>
Record Observer<T>::record(std::uint64_t step, const model::State<T>& state,
                           const Preview<T>& preview) const {
  Record record;
  record.step = step;
  record.values.resize(static_cast<std::size_t>(Column::count));
  observe_time(record, step);
  if (state.layer_range() == numeric::LayerRange::outside) return record;
  observe_network(record, state);
  if (state.sees_neurons()) observe_neurons(record, state, start_, problem_, preview);
  if (preview.second_layer_move) set(record, Column::second_layer_move, *preview.second_layer_move);
  if (followed_ != nullptr) observe_followed(record, state);
  return record;
}

template <class T>
void Observer<T>::observe_time(Record& record, std::uint64_t step) const {
  const long of_eta = numeric::excess(problem_.eta), of_sigma = numeric::excess(problem_.sigma);
  const T eta = numeric::shifted(problem_.eta, -of_eta), sigma = numeric::shifted(problem_.sigma, -of_sigma);
  const T t = numeric::from_exact<T>(numeric::Exact(step));
  set(record, Column::tau, T(eta * eta * sigma * sigma * t / from_int<T>(2)), 2 * (of_eta + of_sigma));
}

template <class T>
void Observer<T>::observe_network(Record& record, const model::State<T>& state) const {
  set(record, Column::frobenius_W, state.first_layer_norm());
  set(record, Column::norm_a, state.second_layer_norm());
  const bool known = theta_has_digits(state);
  if (known) set(record, Column::theta_norm, numeric::norm(state.theta()));
  const long size = numeric::excess(problem_.theta_star);
  const bool far =
      numeric::is_less(from_int<T>(0), numeric::norm(problem_.theta_star)) == numeric::Truth::yes &&
      size > kLeastThetaStar;
  if (!known && !far) return;
  Vector<T> error = problem_.error(state.theta());
  const long unit = numeric::excess(error);
  error = numeric::shifted(error, -unit);
  const T test = problem_.test_loss_of(error);
  set(record, Column::train_loss, problem_.train_loss_of(error), 2 * unit);
  set(record, Column::test_loss, test, 2 * unit);
  set(record, Column::theta_distance, numeric::square_root(T(test + test)), unit);
}

template <class T>
void Observer<T>::observe_followed(Record& record, const model::State<T>& state) const {
  if (const std::optional<T> defect = followed_->norm_identity_defect())
    set(record, Column::identity_defect, *defect);
  if (!state.sees_neurons()) return;
  Rows<T> lifted(followed_->size(), state.d());
  state.neurons(0, lifted);
  T worst = from_int<T>(0);
  for (std::size_t i = 0; i < lifted.rows(); ++i)
    for (std::size_t j = 0; j <= lifted.d(); ++j) {
      const T difference = numeric::absolute(T(lifted.get(i, j) - followed_->rows().get(i, j)));
      worst = numeric::maximum(worst, difference);
    }
  set(record, Column::product_defect, worst);
}

template <class T>
NeuronPoint Observer<T>::point(std::uint64_t step, std::uint64_t neuron, const Rows<T>& rows,
                               std::size_t i) const {
  Vector<T> w(rows.d());
  for (std::size_t j = 0; j < rows.d(); ++j) w.set(j, rows.get(i, j));
  const long unit = numeric::excess(problem_.theta_star);
  const Vector<T> theta_star = numeric::shifted(problem_.theta_star, -unit);
  const T norm = numeric::norm(w), alignment = dot(w, theta_star), theta_norm = numeric::norm(theta_star);
  NeuronPoint p;
  p.step = step;
  p.neuron = neuron;
  p.norm = numeric::to_ball(norm);
  p.alignment = numeric::shifted_ball(numeric::to_ball(alignment), unit);
  if (numeric::is_less(from_int<T>(0), theta_norm) == numeric::Truth::yes)
    p.cosine = numeric::to_ball(cosine(alignment, norm, theta_norm));
  p.second_layer = numeric::to_ball(rows.get(i, rows.d()));
  return p;
}

template <class T>
std::vector<NeuronPoint> Observer<T>::snapshot(std::uint64_t step, const model::State<T>& state,
                                               std::uint64_t limit) const {
  std::vector<NeuronPoint> points;
  if (!state.sees_neurons()) return points;
  model::for_each_neuron_block(std::min(limit, state.width()), [&](std::uint64_t first, std::size_t size) {
    Rows<T> z(size, state.d());
    state.neurons(first, z);
    for (std::size_t i = 0; i < size; ++i) points.push_back(point(step, first + i, z, i));
  });
  return points;
}

template <class T>
std::vector<NeuronPoint> Observer<T>::paths(std::uint64_t step) const {
  std::vector<NeuronPoint> points;
  if (followed_ == nullptr) return points;
  for (std::size_t i = 0; i < followed_->size(); ++i)
    points.push_back(point(step, i, followed_->rows(),
                           mutated(Mutant::followed_off_by_one) ? (i + 1) % followed_->size() : i));
  return points;
}

#define ESCAPEMENT_INSTANTIATE(T) template class Observer<T>;
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_INSTANTIATE)

}  // namespace escapement::observe
