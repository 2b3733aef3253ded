// Soundness: what a shadow encloses contains the same run at much higher precision, the plain enclosures' exact
// trajectory, and the runs of single starts from a box.
#include "escapement/certify/shadow_state.h"

#include <sstream>

#include <catch2/catch.hpp>

#include "escapement/certify/enclose.h"
#include "escapement/model/direct_state.h"

#include "certify/support.h"
#include "support/exact_of.h"

using namespace escapement;  // NOLINT(google-build-using-namespace)
using numeric::Ball;
using numeric::Exact;
using numeric::Mp;
using test::small_instance;

namespace {

const std::vector<std::vector<std::string>> kRuns{
    {},
    {"m=3"},  // fewer neurons than d + 1: the rows are the neurons
    {"m=1", "d=1", "n=1"},
    {"batch=3"},
    {"n=fresh"},
    {"n=fresh", "batch=2", "steps=60"},
    {"noise=gaussian", "schedule=periodic:5:3"},
    {"algorithm=gradient-descent"},
    {"algorithm=gradient-descent", "n=population"},
    {"algorithm=label-noise-gd", "loss=square"},
    {"algorithm=sam", "steps=12"},
    {"eta=1/12", "steps=100"},
    {"init=balanced:1/3"}};

engine::FinalState enclosed_end(const model::Instance& instance, long bits, const Exact& radius = 0) {
  const numeric::WorkingPrecision precision(bits);
  engine::Simulation<Ball> simulation(instance, {.neurons_at_end = true}, certify::shadow_parts(radius));
  observe::Trajectory trajectory;
  simulation.run(trajectory, {});
  REQUIRE(trajectory.outcome == observe::Outcome::completed);
  return simulation.final_state();
}

void check_contains(const engine::FinalState& outer, const engine::FinalState& inner) {
  for (std::size_t j = 0; j < outer.theta.size(); ++j) CHECK(outer.theta[j].contains(inner.theta[j]));
  REQUIRE(outer.neurons.size() == inner.neurons.size());
  for (std::size_t i = 0; i < outer.neurons.size(); ++i)
    for (std::size_t j = 0; j < outer.neurons[i].size(); ++j)
      CHECK(outer.neurons[i][j].contains(inner.neurons[i][j]));
  REQUIRE(outer.record.values.size() == inner.record.values.size());
  for (std::size_t i = 0; i < outer.record.values.size(); ++i) {
    INFO(observe::column_names()[i]);
    REQUIRE(outer.record.values[i].has_value() == inner.record.values[i].has_value());
    if (outer.record.values[i]) CHECK(outer.record.values[i]->overlaps(*inner.record.values[i]));
  }
}

}  // namespace

TEST_CASE("an enclosure contains the run at much higher precision, and narrows bit by bit") {
  for (const auto& sets : kRuns) {
    CAPTURE(sets);
    const model::Instance instance = small_instance(sets);
    const engine::FinalState precise = test::plain_end<Mp>(instance, 1200);
    const engine::FinalState coarse = enclosed_end(instance, 150), fine = enclosed_end(instance, 250);
    // 1200 bits of Mp are wrong by far less than the width of a 250-bit enclosure, so containment is meant.
    check_contains(coarse, precise);
    check_contains(fine, precise);
    for (std::size_t j = 0; j < coarse.theta.size(); ++j) {
      const double gained = certify::Bound::radius_of(coarse.theta[j].raw()).log2() -
                            certify::Bound::radius_of(fine.theta[j].raw()).log2();
      CHECK(gained > 90);
    }
  }
}

TEST_CASE("shadows and plain balls enclose the same trajectory") {
  for (const auto& sets : kRuns) {
    CAPTURE(sets);
    const model::Instance instance = small_instance(sets);
    const engine::FinalState shadow = enclosed_end(instance, 200),
                             plain = test::plain_end<Ball>(instance, 1500);
    for (std::size_t i = 0; i < plain.neurons.size(); ++i)
      for (std::size_t j = 0; j < plain.neurons[i].size(); ++j)
        CHECK(shadow.neurons[i][j].overlaps(plain.neurons[i][j]));
  }
}

TEST_CASE("every start of a box ends in the box's enclosure") {
  test::Dice dice(3);
  for (const auto& sets : kRuns) {
    CAPTURE(sets);
    const model::Instance instance = small_instance(sets);
    const Exact radius = test::power_of_two(-70);
    const std::size_t m = static_cast<std::size_t>(instance.m), d = instance.d;
    const std::vector<std::uint64_t> who{0, m - 1};
    const certify::Enclosure box = certify::enclose(instance, radius, instance.config.steps, who, 300);
    REQUIRE(box.outcome == observe::Outcome::completed);
    CHECK(box.error.log2() < -10);
    const engine::FinalState centre = test::plain_end<Mp>(instance, 600);
    for (int trial = 0; trial < 3; ++trial) {
      // The centre's rows, moved to a corner of the box or within it.
      const numeric::WorkingPrecision precision(600);
      const model::Start<Mp> start(instance);
      numeric::Rows<Mp> rows(m, d);
      start.rows(0, rows);
      for (std::size_t i = 0; i < m; ++i)
        for (std::size_t j = 0; j <= d; ++j) {
          const Exact share = trial == 0 ? Exact(2 * dice.between(0, 1) - 1) : Exact(dice.between(-4, 4), 4);
          rows.set(i, j, numeric::from_exact<Mp>(test::exact_of(rows.get(i, j)) + radius * share));
        }
      engine::Simulation<Mp> simulation(instance, {.neurons_at_end = true},
                                        [&](const auto&, const auto&, const auto&, bool) {
                                          engine::Parts<Mp> parts;
                                          parts.state = std::make_unique<model::DirectState<Mp>>(rows);
                                          return parts;
                                        });
      observe::Trajectory trajectory;
      simulation.run(trajectory, {});
      const engine::FinalState end = simulation.final_state();
      for (std::size_t j = 0; j < d; ++j) CHECK(box.theta.get(j).contains(end.theta[j]));
      for (std::size_t k = 0; k < who.size(); ++k)
        for (std::size_t j = 0; j <= d; ++j) CHECK(box.neurons.get(k, j).contains(end.neurons[who[k]][j]));
      for (std::size_t p = 0; p <= d; ++p)
        for (std::size_t q = 0; q <= p; ++q) {
          Ball sum;
          for (const auto& row : end.neurons) sum += row[p] * row[q];
          CHECK(box.gram.get(p, q).overlaps(sum));
        }
      // The points differ from the centre by more than rounding: the box is really a box.
      CHECK_FALSE(end.theta[0].overlaps(centre.theta[0]));
    }
  }
}

TEST_CASE("a point is a box of radius zero, under every rule with a shadow") {
  for (const auto& sets : kRuns) {
    CAPTURE(sets);
    const model::Instance instance = small_instance(sets);
    const engine::FinalState precise = test::plain_end<Mp>(instance, 1200);
    const certify::Enclosure end = certify::enclose(instance, 0, instance.config.steps, {0}, 200);
    REQUIRE(end.outcome == observe::Outcome::completed);
    for (std::size_t j = 0; j <= instance.d; ++j)
      CHECK(end.neurons.get(0, j).contains(precise.neurons[0][j]));
  }
}

TEST_CASE("the state's own readings contain those of the precise run") {
  const model::Instance instance = small_instance({});
  const auto read = [](const model::State<Ball>& state) {
    numeric::Vector<Ball> v(3), out(3);
    for (std::size_t j = 0; j < 3; ++j) v.set(j, Ball(static_cast<int>(j) - 1));
    std::vector<Ball> all{state.first_layer_squared(), state.second_layer_squared(),
                          state.gradient_squared(v)};
    state.perturbed_theta(v, Ball(1) / Ball(3), out);
    for (std::size_t j = 0; j < 3; ++j) all.push_back(out.get(j));
    return all;
  };
  const auto at = [&](long bits, const engine::PartsMaker<Ball>& parts) {
    const numeric::WorkingPrecision precision(bits);
    engine::Simulation<Ball> simulation(instance, {}, parts);
    observe::Trajectory trajectory;
    simulation.advance(50, trajectory, {});
    return read(simulation.state());
  };
  const auto shadow = at(120, certify::shadow_parts()), plain = at(900, {});
  for (std::size_t k = 0; k < shadow.size(); ++k) {
    CHECK(shadow[k].contains(plain[k]));
    CHECK(certify::Bound::radius_of(shadow[k].raw()).log2() < -60);
  }
}

TEST_CASE("a saved shadow goes on as if it had not been") {
  const Exact radius = GENERATE(Exact(0), test::power_of_two(-60));
  const model::Instance instance = small_instance({});
  const numeric::WorkingPrecision precision(150);
  const auto make = [&] {
    return std::make_unique<engine::Simulation<Ball>>(instance, engine::Watch{.neurons_at_end = true},
                                                      certify::shadow_parts(radius));
  };
  observe::Trajectory trajectory;
  const auto whole = make(), first = make(), second = make();
  whole->advance(200, trajectory, {});
  first->advance(77, trajectory, {});
  std::stringstream text;
  first->save(text);
  REQUIRE(second->load(text));
  second->advance(200, trajectory, {});
  for (std::size_t j = 0; j < 3; ++j)
    CHECK(whole->state().theta().get(j).identical(second->state().theta().get(j)));
  std::stringstream cut(text.str().substr(0, text.str().size() / 2));
  CHECK_FALSE(make()->load(cut));
}
