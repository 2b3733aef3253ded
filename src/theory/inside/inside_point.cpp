#include "escapement/theory/inside/inside_point.h"

#include <fmt/format.h>

#include "escapement/config/input_error.h"
#include "escapement/numeric/ball_functions.h"
#include "escapement/numeric/check.h"
#include "escapement/theory/ladder.h"

namespace escapement::theory {

namespace {

constexpr unsigned long kMultiple = 8;  // so that m = eta^(-1/2) and |theta*| = m^(-1/4) are powers of ten

[[noreturn]] void outside(const config::Config& config, const std::string& key, const std::string& expected,
                          const std::string& got) {
  throw config::InputError(config.source_of(key), key, expected + " (--inside)", got);
}

bool by_user(const config::Config& config, std::string_view key) { return config.source_of(key) == "--set"; }

}  // namespace

std::string limit_failure(const Ball& eta_times_curvature) {
  constexpr int kLargestInverse = 100;
  if (less(eta_times_curvature * Ball(kLargestInverse), Ball(1)) == Truth::yes) return "";
  const bool diverges = less(Ball(2), eta_times_curvature) == Truth::yes;
  return fmt::format(
      "The step size times the curvature of the loss is {} at this width: {}. The limit eta -> 0 does not "
      "describe a run there.",
      text_of(eta_times_curvature, 3), diverges ? "descent diverges" : "not small");
}

BigInt power_of_ten(unsigned long e) { return pow(BigInt(10), static_cast<unsigned>(e)); }

unsigned long exponent_of_ten(const BigInt& x) {
  auto e = static_cast<unsigned long>(x.str().size()) - 1;
  return power_of_ten(e) >= x ? e : e + 1;
}

InsidePoint inside_point(const config::Config& config, const ConditionInputs& given) {
  if (config.sigma == 0) outside(config, "sigma", "label noise, sigma > 0", "0");
  InsidePoint p;
  p.d = config.d;
  p.sigma = config.sigma;
  ConditionInputs inputs = given;
  p.c_data = given.c_data.value_or(Exact(numeric::ceiling_of_root(Exact(config.d))));
  p.input_squared = given.c_data ? Exact(*given.c_data * *given.c_data) : Exact(config.d);
  p.covariance = p.input_squared / Exact(config.d);
  inputs.c_data = p.c_data;
  ConditionPoint point;
  point.d = config.d;
  point.sigma = config.sigma;
  point.max_input_squared = p.input_squared;

  const Condition border = evaluate_condition(point, inputs, 64);
  const auto digits = numeric::ceiling(-*border.eta_max.log10);
  if (!digits || *digits > numeric::kMaxExactDigits / 8)
    outside(config, "d", "a step size eta_max that can be written",
            "C = 10^" + numeric::decimal(*border.C.log10, 6));
  const auto k = (static_cast<unsigned long>(*digits) + kMultiple - 1) / kMultiple * kMultiple;
  p.eta = by_user(config, "eta") ? config.eta : Exact(1) / Exact(power_of_ten(k));
  point.eta = p.eta;
  const BigInt least = numeric::ceiling_of_root(Exact(inputs.omega * inputs.omega / p.eta));
  p.m = by_user(config, "m") ? config.m : power_of_ten(exponent_of_ten(least));
  point.m = p.m;
  p.theta_norm = by_user(config, "theta_norm")
                     ? config.theta_norm
                     : Exact(1) / Exact(power_of_ten((exponent_of_ten(p.m) + 3) / 4));
  point.theta_squared = p.theta_norm * p.theta_norm;
  const BigInt pairs = 2 * config.d, samples = numeric::ceiling_of(1 / (p.eta * p.eta));
  p.n = (samples + pairs - 1) / pairs * pairs;
  point.n = p.n;

  p.assumptions = evaluate_condition(point, inputs).assumptions;
  const std::pair<const char*, const char*> keys[] = {{"A1", "m"},          {"A2", "eta"}, {"A3", "n"},
                                                      {"A4", "theta_norm"}, {"A5", "d"},   {"A6", "d"}};
  for (const auto& [name, key] : keys)
    for (const Assumption& a : p.assumptions)
      if (a.name == name && a.holds != Truth::yes)
        outside(config, key, std::string("a value that meets ") + name + ", " + a.detail,
                a.name == "A6"   ? std::to_string(config.d)
                : a.name == "A1" ? numeric::to_string(Exact(p.m))
                : a.name == "A2" ? numeric::to_string(p.eta)
                                 : numeric::to_string(p.theta_norm));
  p.parameters = {{"d", std::to_string(p.d)},
                  {"m", numeric::to_string(Exact(p.m))},
                  {"n", numeric::to_string(Exact(p.n))},
                  {"eta", numeric::to_string(p.eta)},
                  {"sigma", numeric::to_string(p.sigma)},
                  {"theta_norm", numeric::to_string(p.theta_norm)},
                  {"C_data", numeric::to_string(p.c_data)}};
  return p;
}

}  // namespace escapement::theory
