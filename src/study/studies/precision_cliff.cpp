// precision-cliff: what an arithmetic sees of the quantity that the paper is about. In one step |w_i|^2 - a_i^2 changes by
// eta^2 DeltaW_i (docs/derivations/norm-identity.md); against |w_i|^2 ~ 1, an arithmetic with unit roundoff u sees it with a
// relative error of about u/eta^2. Label-noise SGD is run on one instance in every arithmetic, on the same draws; the
// reference is the same run in enclosures, wide enough in bits that their radius does not show.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "escapement/numeric/precision.h"
#include "escapement/study/fitting.h"
#include "escapement/study/studies/studies.h"
#include "escapement/theory/setting.h"

namespace escapement::study {

namespace {

using numeric::Ball;
using numeric::Exact;

constexpr long kBits[] = {53, 106, 212, 512};
constexpr std::uint64_t kSteps[] = {1, 1000};
constexpr std::uint32_t kFirstDecade = 2, kLastDecade = 36, kQuickLastDecade = 12, kQuickStride = 2;
constexpr long kReferenceBits = 1536, kMostReferenceBits = 12288;  // enclosures widen by about a bit a step
constexpr int kResolved =
    1000;  // an error is known where the enclosure of it is narrower than itself by this

// The changes of |w_i|^2 - a_i^2 since the start, for each neuron, as the run's arithmetic computes them: [kSteps][m].
std::vector<std::vector<Ball>> changes_in(config::Config config, const config::PrecisionChoice& precision,
                                          const std::vector<std::uint64_t>& steps,
                                          theory::Laboratory& laboratory) {
  config.precision = precision;
  config.steps = steps.back();
  const model::Instance instance = model::make_instance(config, config.replica);
  std::vector<Ball> start;
  std::vector<std::vector<Ball>> changes;
  theory::LookWith look([&](const auto& sight) {
    using T = std::decay_t<decltype(sight.state.theta().get(0))>;
    const std::size_t d = sight.state.d();
    numeric::Rows<T> z(sight.state.width(), d);
    sight.state.neurons(0, z);
    std::vector<Ball> found;
    for (std::size_t i = 0; i < z.rows(); ++i) {
      T imbalance = numeric::from_int<T>(0);
      for (std::size_t j = 0; j < d; ++j) imbalance += z.get(i, j) * z.get(i, j);
      imbalance -= z.get(i, d) * z.get(i, d);
      if (sight.step > 0) {
        T before;
        if constexpr (std::is_same_v<T, Ball>)
          before = start[i];
        else
          before = numeric::from_mid<T>(start[i]);
        imbalance -= before;
      }
      found.push_back(numeric::to_ball(imbalance));
    }
    if (sight.step == 0)
      start = std::move(found);
    else
      changes.push_back(std::move(found));
  });
  std::vector<std::uint64_t> stops{0};
  stops.insert(stops.end(), steps.begin(), steps.end());
  laboratory.run(instance, stops, look);
  return changes;
}

struct Seen {
  double median_error = 0, right_sign = 0;  // over neurons
  Ball median_change;                       // of |seen|
  bool resolved = true;                     // the reference's radius does not show
};

Ball median(std::vector<Ball> values) {
  std::sort(values.begin(), values.end(), [](const Ball& a, const Ball& b) {
    return arf_cmp(arb_midref(a.raw()), arb_midref(b.raw())) < 0;
  });
  return values[(values.size() - 1) / 2];
}

Seen compare(const std::vector<Ball>& seen, const std::vector<Ball>& exact) {
  std::vector<Ball> errors, sizes;
  Seen result;
  for (std::size_t i = 0; i < exact.size(); ++i) {
    const Ball error = abs(seen[i] - exact[i]);
    result.resolved =
        result.resolved && less(error.radius() * Ball(kResolved), error.mid()) == numeric::Truth::yes;
    errors.push_back(error / abs(exact[i]));
    sizes.push_back(abs(seen[i]).mid());
    const Ball both = seen[i].mid() * exact[i];
    result.right_sign +=
        less(Ball(0), both) == numeric::Truth::yes ? 1.0 / static_cast<double>(exact.size()) : 0;
  }
  result.median_error = median(std::move(errors)).mid_double();
  result.median_change = median(std::move(sizes));
  return result;
}

std::string name_of(long bits) {
  return bits == numeric::kDoubleBits ? "double" : fmt::format("{} bits", bits);
}
std::string name_of_steps(std::uint64_t steps) {
  return steps == 1 ? "1 step" : fmt::format("{} steps", steps);
}

// What the table says of one arithmetic over one horizon.
void add_fits(long bits, std::uint64_t steps, const std::vector<double>& log_eta,
              const std::vector<double>& log_error, std::vector<Fit>& fits) {
  const std::string who = fmt::format("{}, {}", name_of(bits), name_of_steps(steps));
  std::vector<double> x, y, excess;
  for (std::size_t k = 0; k < log_eta.size(); ++k) {
    if (log_error[k] > std::log(1e-2)) continue;  // beyond, an error is not proportional any more
    x.push_back(log_eta[k]);
    y.push_back(log_error[k]);
    excess.push_back((log_error[k] + 2 * log_eta[k]) / std::log(2.0) + static_cast<double>(bits));
  }
  fits.push_back(exponent("exponent of the error in eta: " + who, x, y, "eta with an error below 1/100"));
  fits.push_back(
      mean("log2 of the error over 2^-bits/eta^2: " + who, excess, "eta with an error below 1/100"));
  for (std::size_t k = 1; k < log_eta.size(); ++k)
    if (log_error[k - 1] <= std::log(0.5) && log_error[k] > std::log(0.5)) {
      fits.push_back(bracket("cliff, the eta where half is error: " + who, std::exp(log_eta[k]),
                             std::exp(log_eta[k - 1]), "between neighbouring rows"));
      break;
    }
}

// One step size, in every arithmetic.
struct Rung {
  std::uint32_t decade = 0;
  std::vector<std::vector<Seen>> seen;  // [arithmetic][horizon]
  std::vector<Ball> exact;              // [horizon], median of |change|
};

Rung rung_at(std::uint32_t decade, config::Config config, const std::vector<std::uint64_t>& steps,
             theory::Laboratory& laboratory) {
  using Precision = config::PrecisionChoice;
  Rung rung{decade, {}, {}};
  config.eta = Exact(1) / boost::multiprecision::pow(numeric::BigInt(10), decade);
  std::vector<std::vector<std::vector<Ball>>> found;
  for (const long bits : kBits)
    found.push_back(changes_in(
        config, {bits == numeric::kDoubleBits ? Precision::Kind::binary64 : Precision::Kind::multiple, bits},
        steps, laboratory));
  bool resolved = false;
  for (long bits = kReferenceBits; !resolved && bits <= kMostReferenceBits; bits *= 2) {
    const auto reference = changes_in(config, {Precision::Kind::certified, bits}, steps, laboratory);
    const numeric::WorkingPrecision precision(bits);
    resolved = true;
    rung.seen.assign(found.size(), {});
    rung.exact.clear();
    for (std::size_t s = 0; s < steps.size(); ++s) {
      for (std::size_t a = 0; a < found.size(); ++a) {
        rung.seen[a].push_back(compare(found[a].at(s), reference.at(s)));
        resolved = resolved && rung.seen[a].back().resolved;
      }
      std::vector<Ball> sizes;
      for (const Ball& change : reference[s]) sizes.push_back(abs(change));
      rung.exact.push_back(median(std::move(sizes)));
    }
  }
  return rung;
}

Findings run(const Task& task, theory::Laboratory& laboratory) {
  config::Config config = theory::label_noise_sgd_setting(task.config);
  config.state = config::StateKind::direct;
  const std::vector<std::uint64_t> steps(std::begin(kSteps), std::end(kSteps));
  const std::uint32_t stride = task.quick ? kQuickStride : 1,
                      last = task.quick ? kQuickLastDecade : kLastDecade;
  std::vector<Rung> rungs((last - kFirstDecade) / stride + 1);
  Tally tally(task, rungs.size());
  laboratory.for_each(static_cast<std::uint32_t>(rungs.size()), [&](std::uint32_t k) {
    rungs[k] = rung_at(kFirstDecade + stride * k, config, steps, laboratory);
    tally.done(fmt::format("eta = 1e-{}", rungs[k].decade));
  });

  Findings findings;
  for (std::size_t s = 0; s < steps.size(); ++s)
    for (std::size_t a = 0; a < std::size(kBits); ++a) {
      std::vector<double> log_eta, log_error;
      for (const Rung& rung : rungs) {
        const Seen& there = rung.seen[a][s];
        findings.rows.push_back({name_of_steps(steps[s]), name_of(kBits[a]),
                                 fmt::format("1e-{}", rung.decade), cell(rung.exact[s]),
                                 cell(there.median_change), there.resolved ? cell(there.median_error) : "",
                                 cell(there.right_sign)});
        if (!there.resolved) continue;
        log_eta.push_back(-std::log(10.0) * rung.decade);
        log_error.push_back(std::log(there.median_error));
      }
      add_fits(kBits[a], steps[s], log_eta, log_error, findings.fits);
    }
  return findings;
}

Axes panel(std::uint64_t steps) {
  Axes axes{
      "after " + name_of_steps(steps), "eta", "step size η", "median relative error", true, true, {}, {}, {}};
  for (const long bits : kBits)
    axes.curves.push_back({name_of(bits),
                           "relative_error",
                           "",
                           "",
                           {{"horizon", name_of_steps(steps)}, {"arithmetic", name_of(bits)}},
                           Mark::joined});
  axes.levels = {{"the error is as large as the change", 1.0}};
  return axes;
}

}  // namespace

Study precision_cliff() {
  return {
      "precision-cliff",
      "What does an arithmetic see of the diminishing of |w|² − a², as η falls?",
      {{"m", "32"}},
      {"d", "m", "n", "sigma", "theta_norm"},
      {{"horizon", Kind::label, "steps from the start"},
       {"arithmetic", Kind::label, "of the run: double, or MPFR of so many bits"},
       {"eta", Kind::number, "step size"},
       {"exact_change", Kind::number, "median over neurons of the change of |w|^2 - a^2, enclosed; its size"},
       {"seen_change", Kind::number, "the same as computed in this arithmetic"},
       {"relative_error", Kind::number, "median over neurons of |seen - exact| / |exact|"},
       {"right_sign", Kind::number, "share of neurons whose change has the right sign"}},
      {panel(1), panel(1000)},
      run};
}

}  // namespace escapement::study
