#include "escapement/theory/polynomial_grid.h"

#include <vector>

namespace escapement::theory {

GridResult vanishes_on_grid(std::size_t variables, unsigned degree,
                            const std::function<Exact(std::span<const Exact>)>& polynomial) {
  GridResult result;
  std::vector<Exact> at(variables, Exact(0));
  while (true) {
    ++result.points;
    result.value = polynomial(at);
    if (result.value != 0) {
      result.vanishes = false;
      for (const Exact& x : at) result.at += (result.at.empty() ? "" : ", ") + numeric::to_string(x);
      return result;
    }
    std::size_t i = 0;
    while (i < variables && at[i] == degree) at[i++] = 0;
    if (i == variables) return result;
    at[i] += 1;
  }
}

}  // namespace escapement::theory
