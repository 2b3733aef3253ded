#include "escapement/theory/condition.h"

#include <functional>

#include "escapement/numeric/ball_functions.h"
#include "escapement/theory/condition_assumptions.h"
#include "escapement/theory/condition_logs.h"

namespace escapement::theory {

using numeric::decimal;

std::string to_string(Footnote footnote) { return footnote == Footnote::plus ? "plus" : "minus"; }

std::optional<Ball> escape_time(const BigInt& m, const Exact& sigma, const Exact& eta) {
  if (sigma == 0) return std::nullopt;
  if (m == 1) return Ball(0);
  const Ball slow = Ball(384) * sqrt(numeric::log(m)) / sqrt(Ball::from(Exact(m)));
  return slow / Ball::from(sigma * sigma * eta * eta);
}

std::string decimal(const Quantity& q, int digits) {
  if (!q.value) return "";
  return q.safe ? numeric::decimal_bound(*q.value, digits, *q.safe, q.exact) : decimal(*q.value, digits);
}

namespace {

// m^(-1/4) where it is rational.
std::optional<Exact> rational_theta_max(const BigInt& m) {
  const BigInt root = sqrt(BigInt(sqrt(m)));
  if (root * root * root * root != m) return std::nullopt;
  return Exact(1) / Exact(root);
}

constexpr const char* kNoC = "no C_data bounds the inputs, hence no C";

class Quantities {
 public:
  Quantities(const ConditionLogs& logs, long accurate_bits) : logs_(logs), bits_(accurate_bits) {}

  // From its natural logarithm.
  Quantity from_log(std::string name, std::string origin, const std::function<Ball()>& log) const {
    Quantity q{std::move(name), std::move(origin), {}, {}, {}, {}, {}, {}};
    q.value = numeric::refined([&] { return exp(log()); }, bits_);
    q.log10 = numeric::refined([&] { return to_log10(log()); }, bits_);
    return q;
  }
  // The least integer, in full where it can be held.
  Quantity least(std::string name, std::string origin, const std::optional<BigInt>& integer,
                 const std::function<Ball()>& log) const {
    if (!integer) return from_log(std::move(name), std::move(origin), log);
    Quantity q = from_log(std::move(name), std::move(origin), [&] { return numeric::log(*integer); });
    q.value = numeric::refined([&] { return Ball::from(Exact(*integer)); }, bits_);
    q.integer = integer;
    return q;
  }
  static Quantity none(std::string name, std::string origin, std::string why) {
    return {std::move(name), std::move(origin), {}, {}, {}, std::move(why), {}, {}};
  }

  Quantity T1(const ConditionPoint& point) const {
    const std::string origin = "384 sqrt(ln m) / (sigma^2 eta^2 sqrt(m)) steps";
    if (point.sigma == 0) return none("T1", origin, "infinite: sigma = 0");
    if (!logs_.has_eta()) return none("T1", origin, kNoC);
    if (logs_.m_integer() && *logs_.m_integer() == 1)
      return {"T1", origin + ", and ln m = 0", Ball(0), {}, {}, {}, {}, {}};
    return from_log("T1", origin, [&] {
      const Ball log_m = logs_.m();
      return numeric::log(Ball(384)) + numeric::log(log_m) / Ball(2) - log_m / Ball(2) -
             Ball(2) * logs_.eta() - Ball(2) * numeric::log(Ball::from(point.sigma));
    });
  }

 private:
  const ConditionLogs& logs_;
  long bits_;
};

std::vector<Assumed> assumed_of(const Condition& c) {
  std::vector<Assumed> list;
  const auto undefined = [&](const char* key, const std::string& value, const char* why) {
    if (!c.inputs.given.contains(key)) list.push_back({key, value, why});
  };
  undefined("K", numeric::to_string(c.inputs.K), "undefined in the main text");
  undefined("c", numeric::to_string(c.inputs.c), "undefined in the main text");
  undefined("omega", numeric::to_string(c.inputs.omega), "the constant of Omega in A1");
  undefined("footnote", to_string(c.inputs.footnote), "sign of a damaged exponent; minus asks for less");
  const bool sample = c.point.inputs == Inputs::sample;
  if (!c.inputs.c_data && c.c_data_squared)
    list.push_back({"C_data", decimal(sqrt(Ball::from(*c.c_data_squared)), 6),
                    "the least that fits the data set: max |x_k|"});
  if (c.inputs.c_data && sample && !c.point.max_input_squared)
    list.push_back({"max |x_k|", numeric::to_string(*c.inputs.c_data), "the largest: C_data"});
  const bool has_C = c.c_data_squared.has_value();
  if (!c.point.eta && has_C) list.push_back({"eta", decimal(c.eta_max, 6), "the largest: eta_max"});
  if (!c.point.m && c.m_min.value) list.push_back({"m", decimal(c.m_min, 6), "the smallest: m_min"});
  if (!c.point.n && sample && c.n_min.value)
    list.push_back({"n", decimal(c.n_min, 6), "the smallest: n_min"});
  if (!c.point.theta_squared && c.theta_max.value)
    list.push_back({"theta_norm", decimal(c.theta_max, 6), "the largest: theta_max"});
  return list;
}

void tail_of_data_law(Condition& c, const ConditionLogs& logs) {
  const Exact most = 1'000'000;
  if (!c.c_data_squared || c.point.d > 1'000'000 || *c.c_data_squared > most * most) return;
  const auto probability = [&] {
    return numeric::chi_squared_upper(Exact(c.point.d), Ball::from(*c.c_data_squared));
  };
  const Ball tail = numeric::refined(probability, 64, 1L << 16);
  if (less(Ball(0), tail) != Truth::yes) return;
  c.outside_probability = tail;
  if (c.point.inputs == Inputs::sample && (c.point.n || logs.has_eta()))
    c.log10_expected_outside =
        numeric::refined([&] { return to_log10(logs.n() + numeric::log(tail)); }, 30, 1L << 16);
}

}  // namespace

Condition evaluate_condition(const ConditionPoint& point, const ConditionInputs& inputs, long accurate_bits) {
  Condition c;
  c.point = point;
  c.inputs = inputs;
  const ConditionLogs logs(point, inputs);
  const Quantities make(logs, accurate_bits);
  c.c_data_squared = logs.c_data_squared();

  const std::string sign = inputs.footnote == Footnote::plus ? "" : "-";
  c.terms[0].formula = "e^(" + sign + "(sigma C_data)^2 / 3)";
  c.terms[1].formula = "((1 - 3/(4 sqrt(pi))) 2 sqrt(d) / ((1/2 - 3/(4 sqrt(pi))) sqrt(pi)))^8";
  c.terms[2].formula = "e^(C_data^2)";
  for (std::size_t i = 0; i < c.terms.size(); ++i)
    if (i == 1 || logs.has_C())
      c.terms[i].log = numeric::refined([&] { return logs.term(i); }, accurate_bits);
  if (logs.has_C()) {
    c.deciding = logs.deciding();
    c.C = make.from_log("C", c.terms[*c.deciding].formula, [&] { return logs.C(); });
    c.eta_max = make.from_log("eta_max", "C^-96", [&] { return Ball(-96) * logs.C(); });
  } else {
    c.C = make.none("C", "the footnote", kNoC);
    c.eta_max = make.none("eta_max", "C^-96", kNoC);
  }
  const std::string step = point.eta ? "eta" : "eta_max";
  const std::string m_origin = "ceil(omega / sqrt(" + step + "))", n_origin = "ceil(1 / " + step + "^2)";
  c.m_min = logs.has_eta() ? make.least("m_min", m_origin, logs.m_min(), [&] { return logs.m_bound(); })
                           : make.none("m_min", m_origin, kNoC);
  c.n_min = logs.has_eta() ? make.least("n_min", n_origin, logs.n_min(), [&] { return logs.n_bound(); })
                           : make.none("n_min", n_origin, kNoC);
  const std::string theta_origin = point.m ? "m^(-1/4)" : "m_min^(-1/4)";
  c.theta_max = logs.has_m() ? make.from_log("theta_max", theta_origin, [&] { return -logs.m() / Ball(4); })
                             : make.none("theta_max", theta_origin, kNoC);
  if (c.theta_max.value && logs.m_integer()) {
    c.theta_max.exact = rational_theta_max(*logs.m_integer());
    if (c.theta_max.exact)
      c.theta_max.value = numeric::refined([&] { return Ball::from(*c.theta_max.exact); }, accurate_bits);
  }
  c.d_min = make.from_log("d_min", "9 ln(2) K^4 / (2 c)", [&] { return log_d_min(inputs); });
  c.eta_max.safe = c.theta_max.safe = numeric::Side::below;
  c.m_min.safe = c.n_min.safe = c.d_min.safe = numeric::Side::above;
  c.T1 = make.T1(point);
  tail_of_data_law(c, logs);
  c.assumptions = assumptions_of(c, logs);
  c.assumed = assumed_of(c);
  return c;
}

Condition evaluate_condition(const model::Instance& instance, const ConditionInputs& inputs) {
  return evaluate_condition(condition_point(instance), inputs);
}

}  // namespace escapement::theory
