// Laws of drawn cases: every target, whatever the hunter's own generator makes.
#include "escapement/hunt/case_file.h"
#include "escapement/hunt/engine_opinion.h"
#include "escapement/hunt/generate.h"
#include "escapement/hunt/simpler_numbers.h"

#include "../support/property.h"

namespace escapement::hunt {

std::ostream& operator<<(std::ostream& out, const Case& c) {  // exact values, not RapidCheck's six digits
  StoredCase stored;
  stored.values = c;
  return out << to_json(stored);
}

namespace {

const std::vector<Target>& targets() {
  static const std::vector<Target> all = paper_targets();
  return all;
}

struct Drawn {
  const Target& target;
  Case values;
};

const Domain& domain() {
  static const Domain one = [] {
    Domain d;
    d.constant = 100;
    return d;
  }();
  return one;
}

Drawn admitted() {
  const Target& target = targets()[*rc::gen::inRange<std::size_t>(0, targets().size())];
  Case c = *cases(target, domain());
  RC_PRE(c.steps <= 64u);
  RC_PRE(admit(target, domain(), c));
  RC_PRE(c.steps <= 2000u);
  return {target, c};
}

}  // namespace

ESCAPEMENT_PROPERTY("a case written is the case read", 1, [] {
  const Case c = admitted().values;
  StoredCase stored;
  stored.values = c;
  RC_ASSERT(parse_case(to_json(stored), "law").values == c);
});

ESCAPEMENT_PROPERTY("what is admitted stays as it is, and meets the hypotheses", 1, [] {
  const Drawn drawn = admitted();
  Case again = drawn.values;
  RC_ASSERT(admit(drawn.target, domain(), again));
  RC_ASSERT(again == drawn.values);
  RC_ASSERT(meets_hypotheses(drawn.target, again));
});

ESCAPEMENT_PROPERTY("the engine's enclosed run and ours overlap", 0.3, [] {
  const Case c = admitted().values;
  RC_PRE(c.steps > 0u);
  RC_ASSERT(!engine_opinion(c).empty());  // disagreement ends the process
});

ESCAPEMENT_PROPERTY("MPFR's margin lies in the enclosure of the exact one, up to rounding", 0.5, [] {
  const Drawn drawn = admitted();
  const Reading enclosed = read_ball(drawn.target, drawn.values, 512),
                rounded = read_mp(drawn.target, drawn.values, 256);
  RC_PRE(enclosed.margin.has_value() && rounded.margin.has_value());
  RC_PRE(less(enclosed.margin->radius(), Ball::dyadic(0x1p-60)) == Truth::yes);
  // 4.4 looks at fewer times in floating point: an upper bound of the least.
  if (drawn.target.start == Start::chain) {
    RC_ASSERT(less(*rounded.margin + Ball::dyadic(0x1p-40), *enclosed.margin) != Truth::yes);
    return;
  }
  RC_ASSERT(less(abs(*rounded.margin - *enclosed.margin), Ball::dyadic(0x1p-40)) == Truth::yes);
});

ESCAPEMENT_PROPERTY("simpler structures are simpler, and simpler numbers cheaper", 0.2, [] {
  const Case c = admitted().values;
  for (const Case& other : simpler_structures(c)) RC_ASSERT(simplicity(other).sizes < simplicity(c).sizes);
  for (const Exact* x : c.numbers())
    for (const Exact& y : simpler_numbers(*x)) RC_ASSERT(cost_of(y) < cost_of(*x));
});

}  // namespace escapement::hunt
