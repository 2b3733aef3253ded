#include "escapement/hunt/target.h"

#include <algorithm>

#include "escapement/config/input_error.h"
#include "escapement/hunt/targets/targets.h"
#include "escapement/numeric/precision.h"

namespace escapement::hunt {

using config::InputError;

namespace {

// Relative rounding of a sum of a few thousand terms is far below this power of the unit in the last place.
template <class T>
T resolution() {
  if constexpr (std::is_same_v<T, Ball>) return Ball();
  long bits = std::is_same_v<T, double> ? numeric::kDoubleBits : numeric::working_bits();
  T result = numeric::from_int<T>(1);
  const T two = numeric::from_int<T>(2);
  for (bits = 3 * bits / 4; bits > 0; --bits) result /= two;
  return result;
}

bool is_zero(double x) { return x == 0; }
bool is_zero(const Mp& x) { return x == 0; }
bool is_zero(const Ball& x) { return arb_is_zero(x.raw()) != 0; }

bool before(double a, double b) { return a < b; }
bool before(const Mp& a, const Mp& b) { return a < b; }
bool before(const Ball& a, const Ball& b) { return less(a.lower(), b.lower()) == Truth::yes; }

}  // namespace

template <class T>
Sides<T> at_most(const T& left, const T& right) {
  return {left, right, numeric::absolute(left) + numeric::absolute(right)};
}

template <class T>
Sides<T> zero(const T& defect, const T& scale) {
  return {numeric::absolute(defect), scale * resolution<T>(), scale};
}

template <class T>
std::optional<T> margin(const std::vector<Sides<T>>& sides) {
  std::optional<T> most;
  for (const Sides<T>& s : sides) {
    T value = numeric::from_int<T>(0);  // 0 <= 0
    if (!is_zero(s.scale)) value = (s.left - s.right) / s.scale;
    if (!numeric::is_finite(value)) continue;  // overflow, or an enclosure that decides nothing
    if (!most || before(*most, value)) most = value;
  }
  return most;
}

template <class T>
T take(const Ball& x) {
  if constexpr (std::is_same_v<T, Ball>)
    return x;
  else
    return numeric::from_mid<T>(x);
}

#define ESCAPEMENT_SIDES(T)                                       \
  template Sides<T> at_most(const T&, const T&);                  \
  template Sides<T> zero(const T&, const T&);                     \
  template std::optional<T> margin(const std::vector<Sides<T>>&); \
  template T take<T>(const Ball&);
ESCAPEMENT_FOR_EACH_SCALAR(ESCAPEMENT_SIDES)

std::string Target::name() const { return id + (clause.empty() ? "" : " " + clause) + " " + reading; }
std::string Target::slug() const { return id + (clause.empty() ? "" : "-" + clause) + "-" + reading; }

std::vector<Target> paper_targets(const theory::PaperConstants& constants) {
  std::vector<Target> all;
  for (const auto& make :
       {identity_targets, diminishing_targets, oscillation_targets, alignment_targets, convergence_targets})
    for (Target& target : make(constants)) all.push_back(std::move(target));
  return all;
}

std::vector<const Target*> select(const std::vector<Target>& all, const std::string& id,
                                  const std::optional<std::string>& clause,
                                  const std::optional<std::string>& reading) {
  std::vector<const Target*> found;
  std::string ids, rows;
  for (const Target& t : all) {
    if (ids.find(t.id) == std::string::npos) ids += (ids.empty() ? "" : ", ") + t.id;
    if (t.id != id) continue;
    rows += (rows.empty() ? "" : ", ") + (t.clause.empty() ? "" : t.clause + " ") + t.reading;
    if ((!clause || t.clause == *clause) && (!reading || t.reading == *reading)) found.push_back(&t);
  }
  if (rows.empty()) throw InputError("command line", "ID", "one of " + ids, id);
  if (found.empty())
    throw InputError("command line", clause ? "--clause" : "--reading", "one of the rows " + rows,
                     clause ? *clause : reading.value_or(""));
  return found;
}

const Target* target_of(const std::vector<Target>& all, const Case& c) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const Target& t) {
    return t.id == c.claim && t.clause == c.clause && t.reading == c.reading;
  });
  return at == all.end() ? nullptr : &*at;
}

}  // namespace escapement::hunt
