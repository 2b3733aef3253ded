#include "escapement/hunt/chance/chance_shrink.h"

#include "escapement/hunt/chance/chance_numbers.h"
#include "escapement/hunt/simpler_numbers.h"

namespace escapement::hunt {

namespace {

constexpr double kShrinkAlpha = 1e-7;
constexpr int kMostPasses = 6;

class Shrinker {
 public:
  Shrinker(const ChanceTarget& target, const Domain& domain, const ChanceCase& from,
           const ChanceShrinking& how)
      : target_(target), domain_(domain), how_(how), result_{from} {
    if (const auto chance = chance_at(target, from)) size_ = simplicity(from, *chance);
  }

  ChanceShrunk run() {
    for (int pass = 0; pass < kMostPasses; ++pass) {
      const std::uint64_t before = result_.taken;
      for (const char* key : {"m", "d", "n", "steps"})
        if (target_.has(key)) lower(key);
      for (const std::string& key : target_.keys)
        if (!is_count(key)) simplify(key);
      if (result_.taken == before || stopped()) break;
    }
    return std::move(result_);
  }

 private:
  bool stopped() const { return how_.stop && how_.stop(); }

  bool take(const ChanceCase& c) {
    if (stopped() || c == result_.values) return false;
    const auto chance = admit(target_, domain_, c);
    if (!chance || (how_.honest && !chance->degenerate.empty())) return false;
    Simplicity size = simplicity(c, *chance);
    if (!(size < size_)) return false;
    const Streams streams = search_streams(how_.seed, c);
    if (!keeps_assumptions(target_, domain_, *chance, streams)) return false;
    ++result_.configurations;
    const std::uint32_t most = (affordable_trials(*chance) + 1) / 2;
    const theory::Tested tested = test_chance(*chance, streams, most, kShrinkAlpha, how_.laboratories);
    result_.trials += tested.sample.trials;
    if (tested.outcome != theory::Outcome::violated) return false;
    result_.values = c;
    size_ = std::move(size);
    ++result_.taken;
    if (how_.smaller) how_.smaller(c);
    return true;
  }

  // The least count that still fails, as if failing were monotone: by bisection.
  void lower(const std::string& key) {
    const std::vector<Exact> list = short_counts_below(result_.values.at(key));
    std::size_t low = 0, high = list.size();
    while (low < high && !stopped()) {
      const std::size_t middle = low + (high - low) / 2;
      ChanceCase c = result_.values;
      c.values[key] = list[middle];
      if (take(c))
        high = middle;
      else
        low = middle + 1;
    }
  }

  void simplify(const std::string& key) {
    for (const Exact& x : simpler_numbers(result_.values.at(key))) {
      if (x < 0) continue;
      ChanceCase c = result_.values;
      c.values[key] = x;
      if (take(c)) return;
      if (key != "eta" || !target_.has("sigma") || x == 0) continue;
      c.values["sigma"] = result_.values.at("sigma") * result_.values.at("eta") / x;
      if (take(c)) return;
    }
  }

  const ChanceTarget& target_;
  const Domain& domain_;
  const ChanceShrinking& how_;
  ChanceShrunk result_;
  Simplicity size_;
};

}  // namespace

ChanceShrunk shrink(const ChanceTarget& target, const Domain& domain, const ChanceCase& from,
                    const ChanceShrinking& how) {
  return Shrinker(target, domain, from, how).run();
}

}  // namespace escapement::hunt
