#include "escapement/hunt/chance/chance_confirm.h"

namespace escapement::hunt {

std::optional<StoredChance> confirm(const ChanceTarget& target, const Domain& domain, const ChanceCase& c,
                                    std::uint64_t hunt_seed, std::uint64_t k, double alpha,
                                    const Laboratories& laboratories, Lineage lineage) {
  const auto chance = admit(target, domain, c);
  if (!chance) return std::nullopt;
  const Streams streams = confirming_streams(hunt_seed, k);
  if (!keeps_assumptions(target, domain, *chance, streams)) return std::nullopt;
  const double spent = alpha_of(alpha, k);
  const std::uint32_t most = affordable_trials(*chance);
  const theory::Tested tested = test_chance(*chance, streams, most, spent, laboratories);
  if (tested.outcome != theory::Outcome::violated) return std::nullopt;
  const theory::Sample& s = tested.sample;
  ChanceTest test{bound_text(*chance), spent, k,     streams, most, s.trials, s.failures, s.ambiguous,
                  s.log10_e_violated,  s.low, s.high};
  return describe(target, c, *chance, std::move(test), domain.inputs, std::move(lineage));
}

}  // namespace escapement::hunt
