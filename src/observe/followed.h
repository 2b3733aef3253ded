// The first k neurons, followed step by step beside the state: first exits from the lazy ball and the running sums
// that the norm identity needs. Their rows are stepped directly, so they also check Z(t) = Z(0) P(t).
#pragma once

#include "escapement/model/start.h"
#include "escapement/model/state.h"
#include "escapement/observe/trajectory.h"

namespace escapement::observe {

template <class T>
class Followed final : public model::Passenger<T> {
 public:
  Followed(const model::Start<T>& start, std::size_t count);

  void apply(const model::RightStep<T>& step) override;
  void apply_samples(const model::SampleBlock<T>& block, std::size_t count) override;

  std::size_t size() const { return z_.rows(); }
  const numeric::Rows<T>& rows() const { return z_; }
  void follow(const model::State<T>& state) override;

  // Absent for a driven oscillation, to which the identity does not apply. Else
  // max_i | |w_i(t)|^2 - a_i(t)^2 - |w_i(0)|^2 + a_i(0)^2 - sum_j eta^2 DeltaW_i(j) |: zero in exact arithmetic.
  std::optional<T> norm_identity_defect() const;
  std::vector<Exit> exits() const;

  void save(std::ostream& out) const;
  bool load(std::istream& in);

 private:
  void accumulate(const model::RightStep<T>& step);  // adds eta^2 DeltaW_i of the step about to be taken
  void check_exits();
  T imbalance(const numeric::Rows<T>& z, std::size_t i) const;  // |w_i|^2 - a_i^2

  numeric::Rows<T> z_, z0_;
  T squared_radius_;  // 1/m
  bool driven_ = false;
  std::uint64_t steps_ = 0;
  std::vector<T> sums_;
  std::vector<Exit> exits_;
  std::size_t inside_;  // followed neurons that have not left yet
  numeric::Vector<T> p_, wv_, distance_;
  model::RowScratch<T> scratch_;
};

}  // namespace escapement::observe
