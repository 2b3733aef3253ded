#include "structured_states.h"

#include <bit>

namespace escapement::test {

namespace {

using Row = std::vector<Exact>;

// Entry j times 2^(-rate j).
void grade(std::vector<Row>& rows, int rate) {
  for (Row& row : rows)
    for (std::size_t j = 0; j < row.size(); ++j) row[j] *= power_of_two(-rate * static_cast<int>(j));
}

Row multiple(const Exact& factor, const Row& row) {
  Row result = row;
  for (Exact& x : result) x *= factor;
  return result;
}

void align_with_truth(Dice& dice, InstanceSpec& s) {
  for (std::size_t i = 0; i < s.m; ++i) s.first_layer[i] = multiple(dice.entry(), s.theta_star);
}

void interpolate(InstanceSpec& s) {
  for (std::size_t j = 0; j < s.d; ++j) {
    s.theta_star[j] = 0;
    for (std::size_t i = 0; i < s.m; ++i) s.theta_star[j] += s.second_layer[i] * s.first_layer[i][j];
  }
}

}  // namespace

void restructure(Dice& dice, InstanceSpec& s) {
  switch (dice.below(11)) {
    case 0:  // one neuron, in m multiples
      for (std::size_t i = 1; i < s.m; ++i) {
        const Exact factor = dice.entry();
        s.first_layer[i] = multiple(factor, s.first_layer[0]);
        s.second_layer[i] = factor * s.second_layer[0];
      }
      break;
    case 1:  // all tied
      for (std::size_t i = 1; i < s.m; ++i) {
        s.first_layer[i] = s.first_layer[0];
        s.second_layer[i] = s.second_layer[0];
      }
      break;
    case 2: grade(s.first_layer, dice.between(1, 12)); break;
    case 3: grade(s.inputs, dice.between(1, 12)); break;
    case 4:  // dead neurons
      for (std::size_t i = 0; i < s.m; ++i)
        if (dice.one_in(2)) {
          s.first_layer[i].assign(s.d, 0);
          s.second_layer[i] = 0;
        }
      break;
    case 5: s.second_layer.assign(s.m, 0); break;
    case 6: s.first_layer.assign(s.m, Row(s.d, 0)); break;
    case 7:  // |w_i| = |a_i|
      for (std::size_t i = 0; i < s.m; ++i) {
        s.first_layer[i].assign(s.d, 0);
        s.first_layer[i][dice.below(s.d)] = dice.sign() * s.second_layer[i];
      }
      break;
    case 8:  // inputs on a line
      for (std::size_t k = 1; k < s.n; ++k) s.inputs[k] = multiple(dice.entry(), s.inputs[0]);
      break;
    case 9: align_with_truth(dice, s); break;
    default: interpolate(s);
  }
}

std::vector<std::vector<Exact>> orthogonal_inputs(std::size_t n, std::size_t d) {
  std::vector<Row> x(n, Row(d));
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t j = 0; j < d; ++j) x[k][j] = std::popcount(k & j) % 2 == 0 ? 1 : -1;
  return x;
}

}  // namespace escapement::test
