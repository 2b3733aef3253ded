// Looks at a state and writes down what a Record and a snapshot hold. Looking never changes the trajectory.
#pragma once

#include <memory>

#include "escapement/model/problem.h"
#include "escapement/observe/columns.h"
#include "escapement/observe/followed.h"

namespace escapement::observe {

// The step that is about to be taken, as a rule foresees it: for DeltaW and the second layer's moves.
template <class T>
struct Preview {
  numeric::Vector<T> q, v;
  std::optional<model::RightStep<T>> step;  // right multiplications; points into q and v
  std::optional<T> second_layer_move;       // driven oscillation: known without the neurons
};

template <class T>
class Observer {
 public:
  // References must outlive it. `followed` may be null.
  Observer(const model::Instance& instance, const model::Problem<T>& problem, const model::Start<T>& start,
           const Followed<T>* followed);

  // `preview` may be empty (after the last step).
  Record record(std::uint64_t step, const model::State<T>& state, const Preview<T>& preview) const;
  // All neurons, or the first `limit`.
  std::vector<NeuronPoint> snapshot(std::uint64_t step, const model::State<T>& state,
                                    std::uint64_t limit) const;
  std::vector<NeuronPoint> paths(std::uint64_t step) const;  // the followed neurons

 private:
  void observe_time(Record& record, std::uint64_t step) const;
  void observe_network(Record& record, const model::State<T>& state) const;
  void observe_followed(Record& record, const model::State<T>& state) const;
  NeuronPoint point(std::uint64_t step, std::uint64_t neuron, const numeric::Rows<T>& rows,
                    std::size_t i) const;

  const model::Instance& instance_;
  const model::Problem<T>& problem_;
  const model::Start<T>& start_;
  const Followed<T>* followed_;
};

}  // namespace escapement::observe
