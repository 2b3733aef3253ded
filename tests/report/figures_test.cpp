#include "escapement/report/figures.h"

#include <algorithm>

#include <catch2/catch.hpp>

#include "escapement/report/phases.h"
#include "escapement/report/program.h"

#include "report/sample_run.h"

using namespace escapement::report;
using namespace escapement::test;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

// A program in `folder` that does what the shell commands say.
std::string fake_gnuplot(const ScratchFolder& folder, const std::string& commands) {
  folder.write("fake", "#!/bin/sh\n" + commands + "\n");
  fs::permissions(folder.path() / "fake", fs::perms::owner_all);
  return (folder.path() / "fake").string();
}

std::size_t files_in(const ScratchFolder& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()));
}

bool gnuplot_present() {
  return run_program("gnuplot", {"--version"}, "/").end == ProgramResult::End::succeeded;
}

FigureRequest request_in(const ScratchFolder& folder) {
  folder.write("trajectory.csv", sample_trajectory(20));
  FigureRequest request;
  request.directory = folder.path();
  request.title = "it's a_b^{2} `date` & <c> \\";
  return request;
}

// Every file is there and looks like one of its kind, and the script alone draws the same picture.
void check_drawn(const ScratchFolder& folder, const FigureRequest& request, std::size_t figures) {
  const FigureResult result = write_figures(request);
  CHECK(result.problem.empty());
  CHECK(result.files.size() == 3 * figures);
  for (const fs::path& file : result.files) {
    INFO(file);
    const std::string content = folder.read(file.filename().string());
    if (file.extension() == ".svg") CHECK_THAT(content, Contains("</svg>"));
    if (file.extension() == ".svg") CHECK_THAT(content, Contains("it's a_b^{2} `date` &amp; &lt;c"));
    if (file.extension() == ".png") CHECK(content.substr(1, 3) == "PNG");
  }

  const std::string drawn = folder.read("overview.png");
  fs::remove(folder.path() / "overview.png");
  const auto again = run_program("gnuplot", {"overview.gp"}, folder.path());
  CHECK(again.end == ProgramResult::End::succeeded);
  CHECK(again.message.empty());  // not even a warning
  CHECK(folder.read("overview.png") == drawn);
}

}  // namespace

TEST_CASE("without gnuplot the data stay, the scripts are there, and one line says what to install") {
  const ScratchFolder folder;
  FigureRequest request = request_in(folder);
  const std::string before = folder.read("trajectory.csv");
  request.gnuplot = "no-such-program-7";
  const FigureResult result = write_figures(request);
  CHECK(
      result.problem ==
      "figures skipped: gnuplot not found (Debian package gnuplot-nox); with it, `gnuplot *.gp` draws them");
  CHECK(folder.read("trajectory.csv") == before);
  CHECK(result.files.size() == 4);
  for (const fs::path& file : result.files) CHECK(file.extension() == ".gp");
  CHECK(files_in(folder) == 5);
}

TEST_CASE("a gnuplot that fails is reported with its last message, on one line") {
  const ScratchFolder folder, programs;
  FigureRequest request = request_in(folder);
  request.gnuplot =
      fake_gnuplot(programs, "echo first >&2; echo '  line 5: x range is invalid' >&2; echo >&2; exit 1");
  FigureResult result = write_figures(request);
  CHECK(result.problem == "figure losses skipped: gnuplot:   line 5: x range is invalid");
  request.gnuplot = fake_gnuplot(programs, "exit 3");
  CHECK(write_figures(request).problem == "figure losses skipped: gnuplot: exit status 3");
  request.gnuplot = fake_gnuplot(programs, "kill -9 $$");
  CHECK_THAT(write_figures(request).problem, Contains("ended by signal 9"));
  request.gnuplot = fake_gnuplot(programs, "exit 0");
  CHECK(write_figures(request).problem == "figure losses skipped: gnuplot wrote no losses.svg");
  CHECK(files_in(folder) == 5);
}

TEST_CASE("a figure appears only when it is complete") {
  const ScratchFolder folder, programs;
  FigureRequest request = request_in(folder);
  folder.write("losses.svg", "old");
  // Writes the SVG, then dies: the figure of an earlier run must survive. $3 is out='FOLDER/'.
  request.gnuplot = fake_gnuplot(programs, "eval \"$3\"; echo half > ${out}losses.svg; exit 1");
  CHECK_FALSE(write_figures(request).problem.empty());
  CHECK(folder.read("losses.svg") == "old");
  request.gnuplot = fake_gnuplot(programs,
                                 "eval \"$3\"; n=$(basename $4 .gp); echo 'new</svg>' > ${out}$n.svg; echo "
                                 "newIEND > ${out}$n.png; cat > $n.stdin");
  const FigureResult result = write_figures(request);
  CHECK(result.problem.empty());
  CHECK(folder.read("losses.svg") == "new</svg>\n");
  CHECK(folder.read("losses.stdin").empty());
  CHECK(result.files.size() == 12);
  // A disk that was full: gnuplot ends well, and the figure lacks its end.
  request.gnuplot =
      fake_gnuplot(programs, "eval \"$3\"; echo '<svg>' > ${out}losses.svg; echo half > ${out}losses.png");
  CHECK_THROWS_WITH(write_figures(request), Contains("losses.svg") && Contains("room to write"));
  CHECK(folder.read("losses.svg") == "new</svg>\n");
}

TEST_CASE("a folder that cannot be written to is one line") {
  const ScratchFolder folder;
  FigureRequest request = request_in(folder);
  request.directory = folder.path() / "absent";
  CHECK_THAT(write_figures(request).problem, Contains("no figures: nothing was recorded in"));
  // A folder in the place of a file makes renaming fail, for root too.
  request.directory = folder.path();
  fs::create_directories(folder.path() / "losses.gp" / "x");
  CHECK_THROWS_WITH(write_figures(request), Contains(folder.path().string()) && !Contains("\n"));
  CHECK(files_in(folder) == 2);
}

TEST_CASE("programs get their arguments as they are") {
  const ScratchFolder folder;
  folder.write("show", "#!/bin/sh\nprintf '%s|' \"$PWD\" \"$@\" >&2\nexit 1\n");
  fs::permissions(folder.path() / "show", fs::perms::owner_all);
  const auto result = run_program((folder.path() / "show").string(), {"a b", "$HOME", "*", "'", ""}, "/");
  CHECK(result.end == ProgramResult::End::failed);
  CHECK(result.message == "/|a b|$HOME|*|'||");
}

TEST_CASE("gnuplot draws every kind of run without a complaint") {
  if (!gnuplot_present()) {
    SUCCEED("gnuplot is not installed: its scripts are not run");
    return;
  }
  const ScratchFolder folder;
  FigureRequest request = request_in(folder);
  SECTION("complete") {
    folder.write("neurons.csv", sample_neurons({0, 1000, 1900}, 50));
    folder.write("paths.csv", sample_neurons({0, 100, 200}, 3));
    request.events = phase_events(folder.path());
    request.noise_on = periodic_noise(300, 300, 1900);
    REQUIRE(request.events.size() == 3);
    check_drawn(folder, request, 6);
  }
  SECTION("one record, one neuron") {
    folder.write("trajectory.csv", sample_trajectory(1));
    folder.write("neurons.csv", sample_neurons({0}, 1));
    folder.write("paths.csv", sample_neurons({0}, 1));
    check_drawn(folder, request, 5);
  }
  SECTION("zeros, and numbers beyond double") {
    folder.write(
        "trajectory.csv",
        "step,tau,train_loss,test_loss,norm_a,mean_norm,norm_q10,norm_q90,mean_abs_cosine,second_layer_move\n"
        "0,0,0,1e-900,0,1e900,,1e900,,0\n10,1e-900,0,1e-30,0,1e305,1e-400,1e305,,0\n20,0,0,,0,1,1,1,,1e-"
        "900\n");
    folder.write("neurons.csv",
                 "step,neuron,norm,alignment,cosine,second_layer\n0,0,1e-900,0,,\n0,1,0,0,,\n");
    folder.write("paths.csv", "step,neuron,norm,alignment,cosine,second_layer\n0,0,1e-900,0,,\n9,0,0,0,,\n");
    check_drawn(folder, request, 6);
  }
  SECTION("an ensemble") {
    folder.write("bands.csv",
                 "step,train_loss_mean,train_loss_q10,train_loss_q50,train_loss_q90,mean_norm_q10,mean_norm_"
                 "q50,mean_norm_q90"
                 "\n0,1,0,1,2,0.9,1,1.1\n100,1,0.1,0.5,1,0.4,0.5,0.6\n");
    request.bands = true;
    check_drawn(folder, request, 3);
  }
}
