#include "escapement/engine/result_text.h"

#include <catch2/catch.hpp>

#include "escapement/config/load.h"

using namespace escapement;

namespace {

config::Config small(const std::string& precision, const std::string& rule) {
  config::Request request;
  request.sets = {"d=2",
                  "m=6",
                  "n=5",
                  "eta=1/50",
                  "steps=60",
                  "watch=3",
                  "replicas=2",
                  "record=every:20",
                  "snapshots=at:[0,60]",
                  "sigma=9",
                  "algorithm=" + rule,
                  "precision=" + precision};
  return config::load(request);
}

bool same(const numeric::Ball& a, const numeric::Ball& b) { return a.dump() == b.dump(); }

}  // namespace

TEST_CASE("a result is the same to the bit after its text") {
  for (const char* precision : {"double", "120", "certified:90"})
    for (const char* rule : {"label-noise-sgd", "second-layer-oscillation"}) {
      INFO(precision << ", " << rule);
      engine::RunOptions options;
      options.watch.neurons_at_end = true;
      for (const engine::RunResult& run : engine::run_ensemble(small(precision, rule), options, 1, {})) {
        const std::string text = engine::result_text(run, false);
        const auto back = engine::result_of(text);
        REQUIRE(back);
        CHECK(engine::result_text(*back, false) == text);
        CHECK(back->seconds == run.seconds);
        CHECK(back->trajectory.columns == run.trajectory.columns);
        CHECK(back->trajectory.outcome == run.trajectory.outcome);
        REQUIRE(back->trajectory.records.size() == run.trajectory.records.size());
        for (std::size_t i = 0; i < run.trajectory.records.size(); ++i)
          for (std::size_t k = 0; k < run.trajectory.columns.size(); ++k) {
            const auto &a = run.trajectory.records[i].values[k], &b = back->trajectory.records[i].values[k];
            REQUIRE(a.has_value() == b.has_value());
            if (a) CHECK(same(*a, *b));
          }
        CHECK(back->trajectory.snapshots.size() == 12);
        CHECK(back->trajectory.paths.size() == run.trajectory.paths.size());
        REQUIRE(back->trajectory.exits.size() == 3);
        CHECK(back->trajectory.exits[1].step == run.trajectory.exits[1].step);
        REQUIRE(back->final.neurons.size() == 6);
        CHECK(same(back->final.neurons[5][2], run.final.neurons[5][2]));
        CHECK(same(back->final.theta[1], run.final.theta[1]));

        const auto brief = engine::result_of(engine::result_text(run, true));
        REQUIRE(brief);
        CHECK(brief->final.neurons.empty());
        CHECK(brief->trajectory.snapshots.empty());
        CHECK(brief->trajectory.records.size() == run.trajectory.records.size());
        CHECK(brief->trajectory.exits.size() == 3);
        for (const std::size_t length : {std::size_t{0}, text.size() / 3, text.size() - 2})
          CHECK_FALSE(engine::result_of(text.substr(0, length)));
      }
    }
}
