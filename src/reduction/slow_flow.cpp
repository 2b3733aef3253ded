#include "escapement/reduction/slow_flow.h"

#include <cstdlib>

#include "escapement/numeric/check.h"
#include "escapement/numeric/magnitude_range.h"
#include "escapement/numeric/precision.h"
#include "escapement/reduction/flow_blocks.h"
#include "escapement/reduction/start_factor.h"

namespace escapement::reduction {

using numeric::Exact;
using numeric::from_exact;
using numeric::from_int;
using numeric::Rows;
using numeric::Truth;

namespace {
constexpr long kGreatestExponent = 200, kGreatestDataExponent = 100;
}

std::string describe(FlowEnd end) {
  switch (end) {
    case FlowEnd::reached: return "reached";
    case FlowEnd::rank_deficient:
      return "the data's covariance is singular: they do not determine theta*, and the flow is not derived "
             "there";
    case FlowEnd::not_interpolating: return "gradient flow from the start ends in a saddle, not at theta*";
    case FlowEnd::singular: return "|a|^2 I + W^T W is singular: nothing keeps W^T a = theta*";
    case FlowEnd::step_limit: return "more steps of the integrator than allowed";
    case FlowEnd::not_finite: return "a number that is not finite";
    case FlowEnd::out_of_range: return "a size whose powers double precision does not hold";
  }
  return "";
}

template <class T>
SlowFlow<T>::SlowFlow(const numeric::Symmetric<T>& covariance, const numeric::Vector<T>& theta_star,
                      const Rows<T>& start, const FlowOptions& options)
    : d_(start.d()),
      covariance_(d_, d_),
      factor_(from_rows(start)),
      total_(d_ + 1, d_ + 1),
      trace_(from_int<T>(0)),
      tolerance_(from_exact<T>(options.tolerance.value_or(power_of_two(-numeric::working_bits() / 2 - 14)))),
      fast_time_(from_int<T>(0)),
      tau_(from_int<T>(0)),
      drift_(from_int<T>(0)),
      steps_left_(options.most_steps) {
  ESCAPEMENT_CHECK(covariance.dim() == d_ && theta_star.size() == d_ && start.rows() >= 1);
  for (std::size_t i = 0; i < d_; ++i) {
    trace_ += covariance.get(i, i);
    theta_star_.push_back(theta_star.get(i));
    for (std::size_t j = 0; j < d_; ++j) covariance_(i, j) = covariance.get(i, j);
  }
  for (std::size_t i = 0; i < d_; ++i) {
    T sum = trace_ * theta_star_[i];
    for (std::size_t j = 0; j < d_; ++j) sum += covariance_(i, j) * theta_star_[j];
    pull_.push_back(sum);
  }
  if (!cholesky_factor(covariance_)) end_ = FlowEnd::rank_deficient;
}

// Up to fifth powers of what is within 2^-200 .. 2^200, or zero, are held.
template <class T>
bool SlowFlow<T>::in_range() const {
  const auto held = [](const T& x, long most) { return std::labs(numeric::excess(x)) <= most; };
  T first = from_int<T>(0), second = first, star = first;
  for (std::size_t i = 0; i < factor_.rows; ++i)
    for (std::size_t j = 0; j <= d_; ++j) {
      T& most = j < d_ ? first : second;
      most = numeric::maximum(most, numeric::absolute(factor_(i, j)));
    }
  for (const T& x : theta_star_) star = numeric::maximum(star, numeric::absolute(x));
  return held(first, kGreatestExponent) && held(second, kGreatestExponent) && held(star, kGreatestExponent) &&
         held(trace_, kGreatestDataExponent);
}

template <class T>
Matrix<T> SlowFlow<T>::moved(const Matrix<T>& displacement) const {
  Matrix<T> result = factor_;
  add_product(result, factor_, displacement);
  return result;
}

template <class T>
void SlowFlow<T>::fold(Matrix<T>& displacement) {
  factor_ = moved(displacement);
  Matrix<T> sum = total_;
  add_product(sum, total_, displacement);
  for (std::size_t i = 0; i < sum.entries.size(); ++i) sum.entries[i] += displacement.entries[i];
  total_ = std::move(sum);
  displacement = Matrix<T>(d_ + 1, d_ + 1);
}

template <class T>
bool SlowFlow<T>::project(Matrix<T>& displacement) const {
  const FlowBlocks<T> blocks(moved(displacement));
  std::vector<T> q;
  for (std::size_t j = 0; j < d_; ++j) q.push_back(theta_star_[j] - blocks.theta[j]);
  // Rounding is no drift: projecting it would drown displacements that are smaller than it.
  if (!less(rounding_floor(blocks), norm(q))) return true;
  const auto lower = cholesky_factor(blocks.kernel);
  if (!lower) return false;
  solve_with(*lower, q);
  const Matrix<T> before = displacement;
  add_times_b(displacement, before, q, from_int<T>(1));
  return true;
}

// What rounding leaves of |theta - theta*|.
template <class T>
T SlowFlow<T>::rounding_floor(const FlowBlocks<T>& blocks) const {
  return from_exact<T>(power_of_two(10 - numeric::working_bits())) *
         numeric::square_root(T(blocks.first * blocks.second));
}

template <class T>
T SlowFlow<T>::constraint_error() const {
  const FlowBlocks<T> blocks(factor_);
  std::vector<T> error;
  for (std::size_t j = 0; j < d_; ++j) error.push_back(blocks.theta[j] - theta_star_[j]);
  return norm(error);
}

template <class T>
FlowEnd SlowFlow<T>::advance(const T& tau) {
  ESCAPEMENT_CHECK(!less(tau, tau_));
  if (to_manifold() != FlowEnd::reached) return end_;
  if (!in_range()) return end_ = FlowEnd::out_of_range;
  const std::size_t d = d_;
  const bool pulled = less(from_int<T>(0), norm(theta_star_));
  Matrix<T> g(d + 1, d + 1), at(d + 1, d + 1), rate(d + 1, d + 1), displacement(d + 1, d + 1);
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j) g(i, j) = covariance_(i, j);
  g(d, d) = trace_;
  std::vector<T> lambda(d, from_int<T>(0));
  const auto multiplier = [&](const FlowBlocks<T>& blocks) {
    if (!pulled) return true;
    const auto lower = cholesky_factor(blocks.kernel);
    if (!lower) return false;
    lambda = pull_;
    solve_with(*lower, lambda);
    for (std::size_t j = 0; j < d; ++j) {
      lambda[j] = -lambda[j];
      g(j, d) = lambda[j];
      g(d, j) = lambda[j];
    }
    return true;
  };
  const Field<T> field = [&](const std::vector<T>& y, std::vector<T>& dydt) {  // D' = -(I + D) G
    at.entries = y;
    if (!multiplier(FlowBlocks<T>(moved(at)))) return false;
    rate = g;
    add_product(rate, at, g);
    for (T& x : rate.entries) x = -x;
    dydt = rate.entries;
    return true;
  };
  const auto after = [&](std::vector<T>& y) {
    at.entries = y;
    const FlowBlocks<T> blocks(moved(at));
    std::vector<T> error;
    for (std::size_t j = 0; j < d; ++j) error.push_back(blocks.theta[j] - theta_star_[j]);
    drift_ = numeric::maximum(drift_, norm(error));
    if (!project(at)) return false;
    y = at.entries;
    return true;
  };
  while (less(tau_, tau)) {
    if (!multiplier(FlowBlocks<T>(factor_))) return end_ = FlowEnd::singular;
    const T size = norm(lambda), rates = (trace_ + size) * from_int<T>(2);
    const T segment = numeric::minimum(T(from_int<T>(1) / rates), T(tau - tau_));
    Integration<T> run{
        block_scales(d, T(segment * largest(covariance_)), T(segment * size), T(segment * trace_)),
        tolerance_,
        from_int<T>(0),
        segment,
        T(segment / from_int<T>(kFirstStep)),
        steps_left_};
    const IntegrationEnd ended = integrate<T>(field, displacement.entries, run, after);
    steps_left_ = run.steps_left;
    fold(displacement);
    if (ended == IntegrationEnd::stopped) return end_ = FlowEnd::singular;
    if (ended != IntegrationEnd::reached) return end_ = end_of(ended);
    const bool last = !less(T(segment), T(tau - tau_));
    if (!in_range()) return end_ = FlowEnd::out_of_range;
    tau_ = last ? tau : T(tau_ + segment);
  }
  return end_;
}

template <class T>
Rows<T> SlowFlow<T>::product() const {
  Matrix<T> p = total_;
  for (std::size_t i = 0; i <= d_; ++i) p(i, i) += from_int<T>(1);
  return to_rows(p);
}

template <class T>
numeric::Symmetric<T> SlowFlow<T>::gram() const {
  const Matrix<T> s = reduction::gram(factor_);
  numeric::Symmetric<T> result(d_ + 1);
  for (std::size_t i = 0; i <= d_; ++i)
    for (std::size_t j = 0; j <= i; ++j) result.set(i, j, s(i, j));
  return result;
}

template <class T>
T SlowFlow<T>::hessian_trace() const {
  const Matrix<T> s = reduction::gram(factor_);
  T sum = trace_ * s(d_, d_);
  for (std::size_t i = 0; i < d_; ++i)
    for (std::size_t j = 0; j < d_; ++j) sum += covariance_(i, j) * s(i, j);
  return sum;
}

template <class T>
SlowFlow<T> slow_flow_of(const model::Instance& instance, const FlowOptions& options) {
  const model::Problem<T> problem(instance);
  return SlowFlow<T>(problem.covariance, problem.theta_star, start_factor(model::Start<T>(instance)),
                     options);
}

Exact slow_time_of_step(const config::Config& config) {
  const Exact step = config.loss == config::Loss::square ? Exact(2 * config.eta) : config.eta;
  if (config.algorithm != config::Algorithm::label_noise_sgd &&
      config.algorithm != config::Algorithm::label_noise_gd)
    return 0;
  const bool full = config::is_full_batch(config.algorithm) || config.batch.full;
  const Exact batch = full ? Exact(config.n) : Exact(config.batch.size);
  if (batch == 0) return 0;  // the exact expectation over the population has no noise left
  return step * step * config.sigma * config.sigma / (2 * batch);
}

#define ESCAPEMENT_INSTANTIATE(T) \
  template class SlowFlow<T>;     \
  template SlowFlow<T> slow_flow_of(const model::Instance&, const FlowOptions&);
ESCAPEMENT_INSTANTIATE(double)
ESCAPEMENT_INSTANTIATE(numeric::Mp)

}  // namespace escapement::reduction
