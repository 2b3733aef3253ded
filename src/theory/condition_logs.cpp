#include "escapement/theory/condition_logs.h"

#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/check.h"

namespace escapement::theory {

namespace {

// ln of ceil(x), from ln x >= 0: between x and x + 1.
Ball log_of_ceiling(const Ball& log_x) { return numeric::hull(log_x, log_x + exp(-log_x)); }

Ball log_of(const Exact& x) { return numeric::log(Ball::from(x)); }

}  // namespace

Ball to_log10(const Ball& natural) { return natural / numeric::log(Ball(10)); }

ConditionLogs::ConditionLogs(const ConditionPoint& point, const ConditionInputs& inputs)
    : point_(point), inputs_(inputs) {
  if (inputs.c_data)
    c_data_squared_ = *inputs.c_data * *inputs.c_data;
  else
    c_data_squared_ = point.max_input_squared;
  if (point.eta) {  // exact
    m_min_ = numeric::ceiling_of_root(inputs.omega * inputs.omega / *point.eta);
    n_min_ = numeric::ceiling_of(1 / (*point.eta * *point.eta));
  } else if (has_C()) {
    m_min_ = numeric::full_integer([this] { return exp(m_bound()); });
    n_min_ = numeric::full_integer([this] { return exp(n_bound()); });
  }
}

Ball ConditionLogs::term(std::size_t index) const {
  if (index == 1) {
    const Ball root_pi = sqrt(numeric::pi());
    const Ball part = Ball(3) / (Ball(4) * root_pi);
    const Ball kappa = Ball(2) * (Ball(1) - part) / ((Ball::from({1, 2}) - part) * root_pi);
    return Ball(8) * numeric::log(kappa) + Ball(4) * numeric::log(point_.d);
  }
  ESCAPEMENT_CHECK(has_C());
  if (index == 2) return Ball::from(*c_data_squared_);
  const Exact exponent = point_.sigma * point_.sigma * *c_data_squared_ / 3;
  return Ball::from(inputs_.footnote == Footnote::plus ? exponent : Exact(-exponent));
}

std::size_t ConditionLogs::deciding() const {
  // Terms 0 and 2 compare exactly. Were the second equal to the larger of them, it would not matter which is named.
  const Exact first = point_.sigma * point_.sigma / 3;
  const std::size_t rival = inputs_.footnote == Footnote::plus && first > 1 ? 0 : 2;
  return numeric::decided([&] { return less(term(1), term(rival)); }) == Truth::yes ? rival : 1;
}

Ball ConditionLogs::C() const { return numeric::maximum_of(numeric::maximum_of(term(0), term(1)), term(2)); }

Ball ConditionLogs::eta() const { return point_.eta ? log_of(*point_.eta) : Ball(-96) * C(); }
Ball ConditionLogs::m_bound() const { return log_of(inputs_.omega) - eta() / Ball(2); }
Ball ConditionLogs::n_bound() const { return Ball(-2) * eta(); }

Ball ConditionLogs::m() const { return m_integer() ? numeric::log(*m_integer()) : log_of_ceiling(m_bound()); }

Ball ConditionLogs::n() const {
  const std::optional<BigInt>& integer = point_.n ? point_.n : n_min_;
  return integer ? numeric::log(*integer) : log_of_ceiling(n_bound());
}

}  // namespace escapement::theory
