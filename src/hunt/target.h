// Target: a claim in the form that a search needs, a margin that is positive where the claim is violated, and one for each
// of its hypotheses. The same ids, clauses and readings as theory/registry.h; one file per statement in targets/.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "escapement/hunt/walk.h"
#include "escapement/numeric/truth.h"
#include "escapement/theory/paper_constants.h"

namespace escapement::hunt {

using numeric::Ball;
using numeric::Mp;
using numeric::Truth;

// One instance of "left <= right" that the claim makes. scale > 0 makes the margin free of units.
template <class T>
struct Sides {
  T left, right, scale;
};

// The claim `left <= right`: scale |left| + |right|, so that the margin lies in [-1, 1]; 1/3 where left is twice right.
template <class T>
Sides<T> at_most(const T& left, const T& right);
// The claim `defect = 0` between terms whose sizes add up to scale; in floating point up to what rounding may do.
template <class T>
Sides<T> zero(const T& defect, const T& scale);
// (left - right)/scale, the largest over the claim's instances; none: nothing is claimed there.
template <class T>
std::optional<T> margin(const std::vector<Sides<T>>& sides);
// A bound that was computed as an enclosure, in T.
template <class T>
T take(const Ball& x);

// A hypothesis: holds where margin >= 0.
struct Hypothesis {
  std::string name, detail;
  Truth holds = Truth::unknown;
  std::optional<Ball> margin;
  bool own =
      true;  // the statement's own, which a case must meet; else one of A1..A6 or spanning, which --keep asks for
};

enum class Start {
  given,   // the claim speaks of this start
  likely,  // of most NTK starts: a case is a box of them
  chain,   // of the oscillation's own law: a case has no start
};

struct Target {
  std::string id, clause, reading;
  std::string text;       // the claim in symbols. A stored case keeps it: another text is another claim
  bool constant = false;  // O(.): holds for a constant that the case names
  Start start = Start::given;
  std::string algorithm = "label-noise-sgd";  // Case::algorithm of its cases
  std::vector<std::string> assumes;           // of A1..A6

  // Fixes what the claim derives from the rest (rule, steps, driving) and moves the case into the statement's own
  // hypotheses where that is easy. False: no instance of the claim, or one too long to run.
  std::function<bool(Case&)> complete;
  std::function<std::vector<Hypothesis>(const Case&)> hypotheses;  // the own ones
  // Why this case is one the statement plainly did not mean (a zero vector, ...); empty where it is an honest one.
  std::function<std::string(const Case&)> degenerate;
  // What the claim says of the case, in each scalar. Ball: for every start of the box.
  std::function<std::vector<Sides<double>>(const Case&)> in_double;
  std::function<std::vector<Sides<Mp>>(const Case&)> in_mp;
  std::function<std::vector<Sides<Ball>>(const Case&)> in_ball;

  template <class F>
  void claim_with(F f) {  // f(T{}, case), any scalar
    in_double = [f](const Case& c) { return f(0.0, c); };
    in_mp = [f](const Case& c) { return f(Mp(), c); };
    in_ball = [f](const Case& c) { return f(Ball(), c); };
  }
  std::string name() const;  // "lemma-4.3 1a literal"
  std::string slug() const;  // "lemma-4.3-1a-literal"
};

// Every target of the paper's statements, with the printed constants or wrong ones.
std::vector<Target> paper_targets(const theory::PaperConstants& constants = {});

// Those of `all` that fit. Throws config::InputError naming what there is.
std::vector<const Target*> select(const std::vector<Target>& all, const std::string& id,
                                  const std::optional<std::string>& clause,
                                  const std::optional<std::string>& reading);
// The target a case is about; null where there is none.
const Target* target_of(const std::vector<Target>& all, const Case& c);

}  // namespace escapement::hunt
