#include "escapement/stats/monotone.h"

#include "escapement/numeric/precision.h"

namespace escapement::stats {

Ball lower_end(const Ball& x, long bits) {
  Ball end;
  arb_get_lbound_arf(arb_midref(end.raw()), x.raw(), bits);
  return end;
}

Ball upper_end(const Ball& x, long bits) {
  Ball end;
  arb_get_ubound_arf(arb_midref(end.raw()), x.raw(), bits);
  return end;
}

Ball probability_hull(const Ball& a, const Ball& b) {
  Ball hull, unit, zero;
  arb_union(hull.raw(), a.raw(), b.raw(), numeric::working_bits() + kGuardBits);
  arb_set_round(hull.raw(), hull.raw(), numeric::working_bits());
  arb_unit_interval(unit.raw());
  Ball cut;
  return arb_intersection(cut.raw(), hull.raw(), unit.raw(), numeric::working_bits()) != 0 &&
                 !unit.contains(hull)
             ? cut
             : hull;
}

}  // namespace escapement::stats
