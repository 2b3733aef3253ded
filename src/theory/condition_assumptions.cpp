#include "escapement/theory/condition_assumptions.h"

#include <functional>

#include "escapement/numeric/ball_functions.h"

namespace escapement::theory {

using numeric::decimal;
using numeric::refined;

namespace {

constexpr long kMarginBits = 100;  // relative, so that a margin's sign is never in doubt

std::string brief(const Exact& x) {
  const std::string text = numeric::to_string(x);
  return text.size() <= 24 ? text : decimal(Ball::from(x), 6);
}
std::string brief(const BigInt& x) {
  const std::string text = x.str();
  return text.size() <= 24 ? text : decimal(Ball::from(Exact(x)), 6);
}
std::string brief(const Quantity& q) {
  if (q.integer) return brief(*q.integer);
  return q.value ? decimal(*q.value, 6) : "none";
}

class Judge {
 public:
  Judge(const Condition& c, const ConditionLogs& logs) : c_(c), logs_(logs) {}

  Assumption A1() const {
    if (!logs_.has_eta()) return {"A1", Truth::unknown, {}, "no step size is known: " + c_.eta_max.absent};
    if (!c_.point.m) return {"A1", Truth::yes, Ball(0), "m is the least that fits: " + brief(c_.m_min)};
    return at_least(
        "A1", *c_.point.m, logs_.m_min(), [this] { return logs_.m_bound(); },
        "m = " + brief(*c_.point.m) + " against m_min = " + brief(c_.m_min));
  }

  Assumption A2() const {
    const ConditionPoint& p = c_.point;
    if (!p.eta && logs_.has_C())
      return {"A2", Truth::yes, Ball(0), "eta is the largest that fits: " + brief(c_.eta_max)};
    if (!p.eta) return {"A2", Truth::unknown, {}, "no step size is known: " + c_.eta_max.absent};
    const std::string left = "eta = " + brief(*p.eta);
    const auto against = [&](const std::function<Ball()>& log_C) {
      return refined([&] { return Ball(-96) * log_C() - logs_.eta(); }, kMarginBits);
    };
    if (logs_.has_C())
      return signed_margin("A2", against([this] { return logs_.C(); }),
                           left + " against C^-96 = " + brief(c_.eta_max));
    // Whatever C_data is, C is at least the footnote's second term.
    Assumption a = signed_margin("A2", against([this] { return logs_.term(1); }),
                                 left + " against C^-96 with the least C that any C_data allows");
    if (a.holds == Truth::no) return a;
    const Truth holds = p.inputs == Inputs::sample ? Truth::unknown : Truth::no;
    return {"A2", holds, {}, left + ", and " + c_.eta_max.absent};
  }

  Assumption A3() const {
    const ConditionPoint& p = c_.point;
    if (p.inputs != Inputs::sample) return {"A3", Truth::yes, {}, "n is infinite"};
    if (!logs_.has_eta()) return {"A3", Truth::unknown, {}, "no step size is known: " + c_.eta_max.absent};
    if (!p.n) return {"A3", Truth::yes, Ball(0), "n is the least that fits: " + brief(c_.n_min)};
    return at_least(
        "A3", *p.n, logs_.n_min(), [this] { return logs_.n_bound(); },
        "n = " + brief(*p.n) + " against n_min = " + brief(c_.n_min));
  }

  Assumption A4() const {
    const std::optional<Exact>& squared = c_.point.theta_squared;
    if (!logs_.has_m()) return {"A4", Truth::unknown, {}, "no width is known: " + c_.m_min.absent};
    if (!squared)
      return {"A4", Truth::yes, Ball(0), "|theta*| is the largest that fits: " + brief(c_.theta_max)};
    if (*squared == 0) return {"A4", Truth::yes, {}, "|theta*| = 0"};
    const std::string detail = "|theta*| = " + decimal(norm(*squared), 6) +
                               " against m^(-1/4) = " + brief(c_.theta_max) +
                               (c_.point.m ? "" : " of the least m");
    const std::optional<BigInt>& m = logs_.m_integer();
    if (m && *squared * *squared * Exact(*m) == 1) return {"A4", Truth::yes, Ball(0), detail};
    return signed_margin(
        "A4",
        refined([&] { return -logs_.m() / Ball(4) - numeric::log(Ball::from(*squared)) / Ball(2); },
                kMarginBits),
        detail);
  }

  Assumption A5() const {
    const std::optional<Exact>& most = c_.point.max_input_squared;
    if (c_.point.inputs != Inputs::sample) return unbounded();
    if (!most && !c_.inputs.c_data)
      return {"A5", Truth::unknown, {}, "neither a data set nor C_data is known"};
    if (!most)
      return {"A5", Truth::yes, Ball(0), "max |x_k| is the largest that fits: " + brief(*c_.inputs.c_data)};
    if (!c_.inputs.c_data)
      return {"A5", Truth::yes, Ball(0),
              "C_data is the least that fits: max |x_k| = " + decimal(norm(*most), 6)};
    if (*most == 0) return {"A5", Truth::yes, {}, "every input is zero"};
    const std::string detail =
        "max |x_k| = " + decimal(norm(*most), 6) + " against C_data = " + brief(*c_.inputs.c_data);
    if (*most == *c_.c_data_squared) return {"A5", Truth::yes, Ball(0), detail};
    return signed_margin(
        "A5",
        refined([&] { return numeric::log(Ball::from(*c_.c_data_squared / *most)) / Ball(2); }, kMarginBits),
        detail);
  }

  Assumption A6() const {
    return signed_margin(
        "A6", refined([&] { return numeric::log(c_.point.d) - log_d_min(c_.inputs); }, kMarginBits),
        "d = " + brief(c_.point.d) + " against 9 ln(2) K^4/(2c) = " + brief(c_.d_min) +
            ", K = " + brief(c_.inputs.K) + ", c = " + brief(c_.inputs.c));
  }

 private:
  static Ball norm(const Exact& squared) {
    return refined([&] { return sqrt(Ball::from(squared)); }, kMarginBits);
  }

  // From the natural logarithm of how far inside.
  static Assumption signed_margin(const char* name, const Ball& natural, std::string detail) {
    return {name, less_equal(Ball(0), natural),
            refined([&] { return to_log10(natural); }, kMarginBits / 2, 1L << 12), std::move(detail)};
  }

  static Assumption at_least(const char* name, const BigInt& have, const std::optional<BigInt>& least,
                             const std::function<Ball()>& log_bound, std::string detail) {
    if (least && have == *least) return {name, Truth::yes, Ball(0), std::move(detail)};
    return signed_margin(
        name,
        refined([&] { return numeric::log(have) - (least ? numeric::log(*least) : log_bound()); },
                kMarginBits),
        std::move(detail));
  }

  Assumption unbounded() const {
    if (c_.point.inputs == Inputs::population || !c_.inputs.c_data)
      return {"A5", Truth::no, {}, "inputs N(0, I) are not bounded"};
    // What a run of fresh inputs draws is not looked at here, and no bound holds for sure.
    const std::string each = c_.outside_probability ? decimal(*c_.outside_probability, 4) : "p > 0";
    return {"A5",
            Truth::unknown,
            {},
            "each fresh input lies outside C_data = " + brief(*c_.inputs.c_data) + " with probability " +
                each + "; T of them all lie inside with probability (1 - that)^T"};
  }

  const Condition& c_;
  const ConditionLogs& logs_;
};

}  // namespace

Ball log_d_min(const ConditionInputs& inputs) {
  const Exact rational = 9 * inputs.K * inputs.K * inputs.K * inputs.K / (2 * inputs.c);
  return numeric::log(Ball::from(rational) * numeric::log(Ball(2)));
}

std::vector<Assumption> assumptions_of(const Condition& condition, const ConditionLogs& logs) {
  const Judge judge(condition, logs);
  return {judge.A1(), judge.A2(), judge.A3(), judge.A4(), judge.A5(), judge.A6()};
}

}  // namespace escapement::theory
