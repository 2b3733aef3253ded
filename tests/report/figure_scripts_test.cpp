#include "escapement/report/figure_scripts.h"

#include <algorithm>
#include <functional>
#include <map>
#include <random>

#include <catch2/catch.hpp>

#include "escapement/report/neuron_panels.h"

#include "report/sample_run.h"

using namespace escapement::report;
using namespace escapement::test;
using Catch::Contains;

namespace {

std::map<std::string, std::string> scripts_of(const FigureRequest& request) {
  std::map<std::string, std::string> scripts;
  for (const Script& script : figure_scripts(request)) scripts[script.name] = script.text;
  return scripts;
}

FigureRequest request_in(const ScratchFolder& folder) {
  FigureRequest request;
  request.directory = folder.path();
  request.title = "a run";
  return request;
}

}  // namespace

TEST_CASE("a complete run has six figures, each from its own columns") {
  const ScratchFolder folder;
  folder.write("trajectory.csv", sample_trajectory(50));
  folder.write("neurons.csv", sample_neurons({0, 2000, 4000}, 9));
  folder.write("paths.csv", sample_neurons({0, 100, 200, 300}, 2));
  auto scripts = scripts_of(request_in(folder));
  CHECK(scripts.size() == 6);
  CHECK_THAT(scripts["losses"], Contains("'trajectory.csv' using \"step\":\"train_loss\" with lines") &&
                                    Contains("\"step\":\"test_loss\"") && Contains("\n  set logscale y"));
  CHECK_THAT(scripts["norm_alignment"], Contains("\"step\":\"norm_q10\":\"norm_q90\" with filledcurves") &&
                                            Contains("\"step\":\"mean_norm\"") &&
                                            Contains("\"step\":\"mean_abs_alignment\"") &&
                                            Contains("\"step\":\"mean_abs_cosine\""));
  CHECK_THAT(scripts["second_layer"], Contains("\"step\":\"norm_a\"") &&
                                          Contains("\"step\":\"second_layer_move\"") &&
                                          Contains("'paths.csv' every 2::1 using \"step\":\"second_layer\""));
  CHECK_THAT(scripts["cloud"], Contains("'neurons.csv' every 1::9::17 using \"norm\":\"alignment\""));
  CHECK_THAT(scripts["path"],
             Contains("'paths.csv' every 2::1 using \"norm\":\"alignment\":\"step\" with lines"));
  CHECK_THAT(scripts["path"], Contains("'start'") && Contains("'end'"));
  CHECK(count(scripts["overview"], "\n  plot ") == 4);
  for (const auto& [name, text] : scripts) {
    INFO(name);
    CHECK_THAT(text, Contains("set output out.'" + name + ".'.format"));
    CHECK_FALSE(text.find(folder.path().string()) != std::string::npos);  // relative: the folder may move
    CHECK_FALSE(text.find("_radius") != std::string::npos);
  }
}

TEST_CASE("what is not recorded is not drawn") {
  const ScratchFolder folder;
  CHECK(figure_scripts(request_in(folder)).empty());
  folder.write("trajectory.csv", "step,mean_norm,train_loss,norm_a\n0,1,,\n1,0.5,,\n");
  auto scripts = scripts_of(request_in(folder));
  CHECK(scripts.size() == 2);
  CHECK(count(scripts["norm_alignment"], "\n  plot ") == 1);
  CHECK(scripts["norm_alignment"].find("filledcurves") == std::string::npos);
  CHECK(count(scripts["overview"], "\n  plot ") == 1);
}

TEST_CASE("a column of zeros has no line on a logarithmic axis, and says so") {
  const ScratchFolder folder;
  folder.write("trajectory.csv", "step,train_loss,test_loss\n0,0,1\n1,1e-900,0.5\n");
  auto scripts = scripts_of(request_in(folder));
  CHECK_THAT(scripts["losses"], Contains("training loss (0 throughout)") && Contains("\n  set logscale y"));
  CHECK(scripts["losses"].find("\"train_loss\"") == std::string::npos);
  folder.write("trajectory.csv", "step,train_loss,test_loss\n0,0,0\n1,0,0\n");
  scripts = scripts_of(request_in(folder));
  CHECK_THAT(scripts["losses"], Contains("\"train_loss\"") && !Contains("\n  set logscale y"));
}

TEST_CASE("an ensemble is drawn from its medians and quantiles") {
  const ScratchFolder folder;
  folder.write("bands.csv",
               "step,train_loss_mean,train_loss_q10,train_loss_q50,train_loss_q90\n0,1,0,1,2\n1,1,0.5,1,2\n");
  FigureRequest request = request_in(folder);
  CHECK(figure_scripts(request).empty());
  request.bands = true;
  auto scripts = scripts_of(request);
  // A quantile of zero must not tear a hole into the shade.
  CHECK_THAT(scripts["losses"],
             Contains("'bands.csv' using \"step\":(at_least(column(\"train_loss_q10\"), ") &&
                 Contains("\"step\":\"train_loss_q50\"") && Contains("median, 10%–90%"));
}

TEST_CASE("noise is shaded and events are marked where steps are counted") {
  const ScratchFolder folder;
  folder.write("trajectory.csv", sample_trajectory(50));
  FigureRequest request = request_in(folder);
  request.noise_on = {{-5, 1000}, {2000, 3000}, {4500, 9000}, {6000, 7000}};
  request.events = {{1000, "norm_halved"}, {-1, "before"}, {1e9, "after"}};
  auto scripts = scripts_of(request);
  const std::string& losses = scripts["losses"];
  CHECK(count(losses, "set object rectangle from 0, graph 0 to 1000, graph 1 behind") == 1);
  CHECK(count(losses, "rectangle from 4500, graph 0 to 4900, graph 1") == 1);
  CHECK(count(losses, ", graph 1 behind") == 3);
  CHECK(count(losses, "'label noise on'") == 1);
  CHECK(count(losses, "'norm_halved'") == 1);
  CHECK_THAT(losses, !Contains("before") && !Contains("after"));
  CHECK(count(scripts["norm_alignment"], "set arrow from 1000, graph 0 to 1000") == 3);
  CHECK(count(scripts["norm_alignment"], "'norm_halved'") == 1);
  request.noise_on.assign(5000, {0, 1});
  CHECK(count(scripts_of(request)["losses"], "graph 1 behind") == 0);
}

TEST_CASE("titles and labels cannot be read as commands or markup") {
  const ScratchFolder folder;
  folder.write("trajectory.csv", sample_trajectory(5));
  FigureRequest request = request_in(folder);
  request.title = "it's a_b^{2} `date` \\ \"q\"\nsecond";
  request.events = {{100, "x'; system('date')\n"}};
  const std::string losses = scripts_of(request)["losses"];
  CHECK_THAT(losses, Contains("'{/:Bold it''s a\\_b\\^\\{2\\} `date` \\\\ \"q\" second}'"));
  CHECK_THAT(losses, Contains("'x''; system(''date'') ' at"));
}

TEST_CASE("a long title takes two lines, and no more") {
  const ScratchFolder folder;
  folder.write("trajectory.csv", sample_trajectory(5));
  FigureRequest request = request_in(folder);
  request.title = "word";
  for (int i = 0; i < 60; ++i) request.title += " word";
  const std::string losses = scripts_of(request)["losses"];
  CHECK(count(losses, "{/:Bold ") == 2);
  CHECK_THAT(losses, Contains("word}' at") && Contains("…}' at"));
  request.title.assign(500, 'x');
  CHECK_THAT(scripts_of(request)["losses"], Contains("x…}'"));
  request.title.clear();
  CHECK(scripts_of(request)["losses"].find("{/:Bold") == std::string::npos);
}

TEST_CASE("long files are thinned") {
  const ScratchFolder folder;
  folder.write("trajectory.csv", sample_trajectory(9000));
  folder.write("neurons.csv", sample_neurons({0, 5}, 2500));
  auto scripts = scripts_of(request_in(folder));
  CHECK_THAT(scripts["losses"], Contains("'trajectory.csv' every 3 using"));
  CHECK_THAT(scripts["cloud"], Contains("'neurons.csv' every 3::2500::4999 using"));
}

TEST_CASE("damaged files do no harm") {
  const ScratchFolder folder;
  const std::string whole[] = {sample_trajectory(12), sample_neurons({0, 100}, 4),
                               sample_neurons({0, 100, 200}, 2)};
  const char* const names[] = {"trajectory.csv", "neurons.csv", "paths.csv"};
  std::mt19937_64 random(3);
  std::size_t drawn = 0;
  for (int i = 0; i < 200; ++i) {
    for (std::size_t k = 0; k < 3; ++k) {
      std::string text = whole[k];
      for (int j = 0; j < 6; ++j) {
        const std::size_t at = random() % text.size();
        const char byte = "\n,,-e9.\xff\r0"[random() % 10];
        if (random() % 3 == 0)
          text.resize(at + 1);
        else
          text[at] = byte;
      }
      folder.write(names[k], text);
    }
    for (const Script& script : figure_scripts(request_in(folder))) {
      CHECK(script.text.find("nan") == std::string::npos);
      CHECK(script.text.find("inf") == std::string::npos);
      ++drawn;
    }
  }
  CHECK(drawn > 100);
}

TEST_CASE("at most six snapshots are drawn, the first and the last among them") {
  Snapshots snapshots;
  CHECK(chosen_snapshots(snapshots).empty());
  for (std::size_t count = 1; count <= 30; ++count) {
    snapshots.blocks.push_back({static_cast<double>(count), 0, 1});
    for (const std::size_t most : {std::size_t{1}, std::size_t{3}, kMostSnapshots}) {
      const auto chosen = chosen_snapshots(snapshots, most);
      CHECK(chosen.size() == std::min(count, most));
      CHECK(chosen.back() == count - 1);
      if (chosen.size() > 1) CHECK(chosen.front() == 0);
      CHECK(std::adjacent_find(chosen.begin(), chosen.end(), std::greater_equal<>()) == chosen.end());
    }
  }
}

TEST_CASE("the path is the neuron asked for, else the longest at the end") {
  const ScratchFolder folder;
  folder.write("paths.csv", sample_neurons({0, 100}, 4));
  const Paths paths = read_paths(folder.path());
  CHECK(chosen_path(paths, std::nullopt) == 3);
  CHECK(chosen_path(paths, 1) == 1);
  CHECK_FALSE(chosen_path(paths, 17));
  folder.write("paths.csv", sample_neurons({0}, 4));
  CHECK_FALSE(chosen_path(read_paths(folder.path()), std::nullopt));
}
