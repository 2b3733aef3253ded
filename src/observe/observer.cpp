#include "escapement/observe/observer.h"

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

template <class T>
Record Observer<T>::record(std::uint64_t step, const model::State<T>& state,
                           const Preview<T>& preview) const {
  Record record;
  record.step = step;
  record.values.resize(static_cast<std::size_t>(Column::count));
  const auto set = [&](Column column, const T& value) {
    record.values[static_cast<std::size_t>(column)] = numeric::to_ball(value);
  };
  const T t = numeric::from_exact<T>(numeric::Exact(step));
  set(Column::tau, problem_.eta * problem_.eta * problem_.sigma * problem_.sigma * t / from_int<T>(2));
  observe_network(record, state);
  if (state.sees_neurons()) observe_neurons(record, state, start_, problem_, preview);
  if (preview.second_layer_move) set(Column::second_layer_move, *preview.second_layer_move);
  if (followed_ != nullptr) observe_followed(record, state);
  return record;
}

template <class T>
void Observer<T>::observe_network(Record& record, const model::State<T>& state) const {
  const auto set = [&](Column column, const T& value) {
    record.values[static_cast<std::size_t>(column)] = numeric::to_ball(value);
  };
  const T test = problem_.test_loss(state.theta());
  set(Column::train_loss, problem_.train_loss(state.theta()));
  set(Column::test_loss, test);
  set(Column::theta_norm, numeric::square_root(T(dot(state.theta(), state.theta()))));
  set(Column::theta_distance, numeric::square_root(T(test + test)));
  set(Column::frobenius_W, numeric::square_root(state.first_layer_squared()));
  set(Column::norm_a, numeric::square_root(state.second_layer_squared()));
}

template <class T>
void Observer<T>::observe_followed(Record& record, const model::State<T>& state) const {
  const auto set = [&](Column column, const T& value) {
    record.values[static_cast<std::size_t>(column)] = numeric::to_ball(value);
  };
  if (const std::optional<T> defect = followed_->norm_identity_defect())
    set(Column::identity_defect, *defect);
  if (!state.sees_neurons()) return;
  Rows<T> lifted(followed_->size(), state.d());
  state.neurons(0, lifted);
  T worst = from_int<T>(0);
  for (std::size_t i = 0; i < lifted.rows(); ++i)
    for (std::size_t j = 0; j <= lifted.d(); ++j) {
      const T difference = numeric::absolute(T(lifted.get(i, j) - followed_->rows().get(i, j)));
      worst = numeric::maximum(worst, difference);
    }
  set(Column::product_defect, worst);
}

template <class T>
NeuronPoint Observer<T>::point(std::uint64_t step, std::uint64_t neuron, const Rows<T>& rows,
                               std::size_t i) const {
  Vector<T> w(rows.d());
  for (std::size_t j = 0; j < rows.d(); ++j) w.set(j, rows.get(i, j));
  const T norm = numeric::square_root(T(dot(w, w))), alignment = dot(w, problem_.theta_star);
  const T theta_norm = numeric::square_root(T(dot(problem_.theta_star, problem_.theta_star)));
  NeuronPoint p;
  p.step = step;
  p.neuron = neuron;
  p.norm = numeric::to_ball(norm);
  p.alignment = numeric::to_ball(alignment);
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
