#include "escapement/theory/phase_two.h"

#include <cmath>

#include "escapement/numeric/random.h"

namespace escapement::theory {

using numeric::Exact;

namespace {

// theta*/|theta*|; zero where theta* is.
std::vector<double> direction(const std::vector<Exact>& theta_star) {
  std::vector<double> e;
  double squared = 0;
  for (const Exact& x : theta_star) {
    e.push_back(static_cast<double>(x));
    squared += e.back() * e.back();
  }
  for (double& x : e) x = squared > 0 ? x / std::sqrt(squared) : 0;
  return e;
}

// A unit vector orthogonal to e: the coordinate axis that e is least along, made orthogonal. Zero where d = 1.
std::vector<double> orthogonal(const std::vector<double>& e) {
  std::size_t least = 0;
  for (std::size_t j = 1; j < e.size(); ++j)
    if (std::fabs(e[j]) < std::fabs(e[least])) least = j;
  std::vector<double> v(e.size());
  double squared = 0;
  for (std::size_t j = 0; j < e.size(); ++j) {
    v[j] = (j == least ? 1.0 : 0.0) - e[least] * e[j];
    squared += v[j] * v[j];
  }
  for (double& x : v) x = e.size() > 1 && squared > 0 ? x / std::sqrt(squared) : 0;
  return v;
}

Row row_of(const std::vector<double>& e, double along, double across, double a) {
  const std::vector<double> v = orthogonal(e);
  Row row(e.size() + 1, a);
  for (std::size_t j = 0; j < e.size(); ++j) row[j] = along * e[j] + across * v[j];
  return row;
}

double uniform(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1p-53; }

}  // namespace

std::vector<Row> drawn_neurons(numeric::Stream stream, std::size_t d, std::size_t count, double radius) {
  std::vector<Row> rows(count, Row(d + 1));
  // The last counter of a neuron's stream, beyond those of its coordinates.
  const auto last = static_cast<std::uint32_t>(d);
  for (std::size_t i = 0; i < count; ++i) {
    Row& row = rows[i];
    numeric::gaussian_row(stream, numeric::Purpose::start, i, 0, d, row.data());
    const numeric::Words words = numeric::philox(stream, numeric::Purpose::start, i, last);
    double squared = 0;
    for (std::size_t j = 0; j < d; ++j) squared += row[j] * row[j];
    const double length = radius * std::pow(uniform(numeric::low_word(words)), 1.0 / static_cast<double>(d)) /
                          std::sqrt(squared);
    for (std::size_t j = 0; j < d; ++j) row[j] *= length;
    row[d] = radius * (2 * uniform(numeric::high_word(words)) - 1);
  }
  return rows;
}

Row decaying_neuron(const std::vector<Exact>& theta_star, double radius) {
  return row_of(direction(theta_star), radius / 2, radius / 2, -radius / 2);
}

Row orthogonal_neuron(const std::vector<Exact>& theta_star, double radius) {
  return row_of(direction(theta_star), 0, radius / 2, 0);
}

Row aligned_neuron(const std::vector<Exact>& theta_star, double u, double a) {
  return row_of(direction(theta_star), u, 0, a);
}

std::string phase_two_degeneracy(const config::Config& config, bool directions) {
  const Exact largest_step{1, 2};
  if (directions && config.d == 1) return "d = 1: every neuron is aligned.";
  if (config.theta_norm == 0) return "theta* = 0: there is no direction to align with, and no time to wait.";
  if (config.eta > largest_step)
    return "eta > 1/2: ln(1/eta) vanishes as eta goes to 1, where O(.) for eta -> 0 claims nothing.";
  return "";
}

void give_start(model::Instance& instance, const std::vector<Row>& rows) {
  auto start = std::make_shared<model::ExplicitStart>();
  for (const Row& row : rows) start->rows.emplace_back(row.begin(), row.end());
  instance.start = std::move(start);
  instance.driving = std::make_shared<const model::ExplicitDriving>();
  instance.m = rows.size();
  instance.config.m = rows.size();
}

}  // namespace escapement::theory
