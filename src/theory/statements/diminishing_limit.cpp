#include "escapement/theory/statements/diminishing_limit.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/numeric/ball_functions.h"
#include "escapement/stats/among_many.h"
#include "escapement/theory/condition.h"
#include "escapement/theory/diminishing_runs.h"
#include "escapement/theory/ladder.h"

namespace escapement::theory {

using numeric::BigInt;
using numeric::Exact;

namespace {

constexpr std::size_t kRungs = 5, kBriefRungs = 3;
constexpr unsigned kFirstRung = 64;  // times the first width that claims anything
constexpr unsigned kStride = 8;      // from one width to the next
// 2 - 3d/8 > 0.
constexpr std::size_t kGrowing = 5;

std::size_t rungs_of(const Question& question) { return question.brief ? kBriefRungs : kRungs; }

bool is_ntk(const config::Config& config) {
  return config.init.kind == config::Init::Kind::ntk && config.init.factor == 1;
}

Finding unknown_start(Finding finding) {
  finding.basis = "The law is that of the NTK start (init = ntk); this start has another.";
  return finding;
}

}  // namespace

BigInt first_sign_claim(std::size_t d, const PaperConstants& constants) {
  const Ball rho = Ball::from(constants.sign_factor) * sqrt(Ball(static_cast<int>(d)) / numeric::pi());
  return numeric::ceiling(numeric::power(rho, 8)).value_or(BigInt(0));
}

Finding sign_limit(const Question& question) {
  const config::Config& config = question.config;
  Finding finding;
  finding.claim =
      "every neuron of the start has DeltaW_i > 0 with probability at most rho m^(-1/8) over (x, eps), with "
      "probability at least 1 - O(1/m), as m -> infinity; standard normal inputs";
  finding.bound = "K/m";
  if (!is_ntk(config)) return unknown_start(std::move(finding));
  Ladder ladder{"m", "m", "probability that a neuron of the start breaks the bound", {}};
  BigInt m = std::max(config.m, BigInt(kFirstRung * (first_sign_claim(config.d, question.constants) + 1)));
  for (std::size_t i = 0; i < rungs_of(question); ++i, m *= kStride) {
    const Ball width = Ball::from(Exact(m));
    const Ball one = sign_exception_at_start(config.d, m, sign_bound(config.d, m, question.constants));
    add_rung(ladder, m.str(), width, Ball(1) / width, stats::among_many(one, m).at_least_one);
  }
  finding.measured = text_of(ladder.rungs.back().measured, 4);
  finding.basis =
      "Gaussian integrals at the start, step 0, nothing sampled; measured is at the widest rung. ";
  finding.used = {{"m", fmt::format("{} to {}", ladder.rungs.front().at, ladder.rungs.back().at)}};
  judge_ladder(ladder);
  // The law's exponent; the ladder has to show growth of that sign.
  const bool grows = config.d <= kGrowing || question.constants.sign_factor == 0;
  if (grows && ladder.exponent_low > 0) {
    finding.outcome = Outcome::violated;
    finding.basis +=
        describe(ladder) +
        " Law: a neuron breaks the bound if |a|/|w| exceeds a multiple of m^(-1/8), with probability of "
        "order m^(-3d/8), so that the constant needed grows as m^(2 - 3d/8): no constant is enough.";
    finding.ladder = std::move(ladder);
    return finding;
  }
  finding.basis += describe(ladder) + " Later steps are not evaluated.";
  conclude(finding, std::move(ladder), {{"d", std::to_string(config.d), std::to_string(config.d)}});
  return finding;
}

Finding size_limit(const Question& question) {
  const config::Config& config = question.config;
  Finding finding;
  finding.claim =
      "every neuron of the start has DeltaW_i <= -(sigma/4)^2 with probability at least 1/4 over (xi, eps), "
      "with "
      "probability at least 1 - O(1/m), as m -> infinity";
  finding.bound = "K/m";
  if (!is_ntk(config)) return unknown_start(std::move(finding));
  if (config.sigma == 0 || question.constants.size_probability <= 0) {
    finding.basis = "The law is about sigma > 0 and a probability above 0.";
    return finding;
  }
  config::Config narrow = config;
  narrow.m = 1;
  const model::Instance data = model::make_instance(narrow, config.replica);
  const Ball c_data = sqrt(Ball::from(max_input_squared(data).value_or(Exact(0))));
  const Exact unit = config.sigma / question.constants.size_divisor;
  const auto exceptions = [&](const BigInt& m) {
    return size_exception_at_start(config.d, m, config.sigma, Exact(unit * unit), c_data,
                                   Ball::from(config.theta_norm));
  };
  Ladder ladder{"m", "m", "probability (a lower bound) that a neuron of the start is too short for 1b", {}};
  BigInt m = config.m;
  for (std::size_t i = 0; i < rungs_of(question); ++i, m *= kStride) {
    const Ball width = Ball::from(Exact(m));
    add_rung(ladder, m.str(), width, Ball(1) / width, exceptions(m));
  }
  judge_ladder(ladder);
  // exceptions(1) is p/4 of one neuron, p > 0: from m = 1/p on the bound is 1/4 at every width.
  const auto one_in = numeric::ceiling(Ball(1) / (Ball(4) * exceptions(BigInt(1))));
  finding.outcome = one_in ? Outcome::violated : Outcome::undecided;
  finding.measured = text_of(ladder.rungs.front().measured, 4);
  finding.used = {{"m", fmt::format("{} to infinity", config.m.str())}};
  finding.basis = fmt::format(
      "Gaussian integrals at the start, step 0, nothing sampled: a neuron short enough breaks 1b in every "
      "case "
      "while |theta(0)| <= 2. Measured is a lower bound of the probability of one at m = {}, where K = {} is "
      "needed for that. {}",
      config.m.str(), text_of(ladder.rungs.front().constant, 3), describe(ladder));
  if (one_in)
    finding.basis += fmt::format(
        " Law: among m neurons one is too short with probability at least min(1, m p)/4, 1/p = {}: from "
        "there on it "
        "is at least 1/4 at every width, so that the constant needed is at least m/4: no constant is enough.",
        text_of(Ball::from(Exact(*one_in)), 4));
  finding.ladder = std::move(ladder);
  return finding;
}

}  // namespace escapement::theory
