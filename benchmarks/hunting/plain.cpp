#include "hunting/plain.h"

#include <cmath>
#include <ctime>

#include <rapidcheck.h>

namespace escapement::hunting {

namespace {

std::vector<numeric::Exact> doubles(std::size_t count) {
  std::vector<numeric::Exact> list;
  for (const double x : *rc::gen::container<std::vector<double>>(count, rc::gen::arbitrary<double>()))
    list.emplace_back(std::isfinite(x) ? x : 0);
  return list;
}

hunt::Case drawn(const hunt::Domain& domain) {
  hunt::Case c;
  const auto size = [] { return *rc::gen::inRange<std::size_t>(1, 4); };
  std::size_t d = size();
  const std::size_t m = size(), n = size();
  if (const auto fixed = domain.ranges.find("d"); fixed != domain.ranges.end())
    d = static_cast<std::size_t>(fixed->second.first);
  c.steps = size();
  c.eta = numeric::Exact(std::fabs(*rc::gen::arbitrary<double>()));
  c.sigma = numeric::Exact(std::fabs(*rc::gen::arbitrary<double>()));
  c.theta_star = doubles(d);
  for (std::size_t k = 0; k < n; ++k) c.inputs.push_back(doubles(d));
  for (std::size_t i = 0; i < m; ++i) c.rows.push_back(doubles(d + 1));
  for (std::uint64_t t = 0; t < c.steps; ++t) {
    c.samples.push_back(*rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(n)));
    c.noise.push_back(*rc::gen::arbitrary<bool>() ? 1 : -1);
  }
  return c;
}

}  // namespace

PlainResult plain_rapidcheck(const hunt::Target& target, const hunt::Domain& domain, std::uint64_t seed,
                             std::uint64_t cases, double budget) {
  PlainResult result;
  hunt::Case last;
  const std::clock_t begin = std::clock();
  const auto seconds = [&] { return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC; };
  rc::detail::TestParams params;
  params.seed = seed;
  params.maxSuccess = static_cast<int>(cases);
  params.maxDiscardRatio = 100;
  const auto property = [&] {
    if (!result.found && seconds() > budget) return;  // passes, quickly
    hunt::Case c = drawn(domain);
    RC_PRE(hunt::admit(target, domain, c));
    if (!result.found) ++result.cases;
    if (hunt::score(target, c) > 0) {
      if (!result.found) result.seconds = seconds();
      result.found = true;
      last = c;
      RC_FAIL("violated");
    }
  };
  rc::detail::TestMetadata metadata;
  metadata.id = target.name();
  const auto outcome = rc::detail::checkTestable(property, metadata, params);
  result.found = result.found && outcome.is<rc::detail::FailureResult>();
  if (!result.found) {
    result.seconds = seconds();
    return result;
  }
  result.numbers = last.numbers().size();  // the last failing case is the one that it was shrunk to
  result.characters = hunt::simplicity(last).sizes[5];
  return result;
}

}  // namespace escapement::hunting
