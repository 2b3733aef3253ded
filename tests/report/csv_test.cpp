#include <catch2/catch.hpp>

#include "escapement/report/csv_reader.h"
#include "escapement/report/neuron_files.h"
#include "escapement/report/series.h"

#include "report/sample_run.h"

using namespace escapement::report;
using namespace escapement::test;

TEST_CASE("numbers of any length and exponent become doubles") {
  CHECK(parse_double("0.1") == 0.1);
  CHECK(parse_double("0.1000000000000000055511151231257827021181583404541015625000000000000000000001") ==
        0.1);
  CHECK(parse_double("-2.5e3") == -2500);
  CHECK(parse_double("1e-900") == 0);
  CHECK(parse_double("-1e-900") == 0);
  CHECK(parse_double("0." + std::string(900, '0') + "1") == 0);
  for (const std::string text : {"1e900", "-1e900", "", "nan", "inf", "abc", "1.5x", "1 "}) {
    INFO(text);
    CHECK(std::isnan(parse_double(text)));
  }
  CHECK(std::isnan(parse_double("1" + std::string(900, '0'))));
}

TEST_CASE("a CSV file is read by names, empty and missing fields are not defined") {
  const ScratchFolder folder;
  folder.write("x.csv", "step,a,b\r\n0,,2\r\n5,1\n");
  CsvReader reader(folder.path() / "x.csv");
  REQUIRE(reader.column("b") == 2);
  CHECK_FALSE(reader.column("c"));
  REQUIRE(reader.next());
  CHECK(reader.value(0) == 0);
  CHECK(std::isnan(reader.value(1)));
  CHECK(reader.value(2) == 2);
  REQUIRE(reader.next());
  CHECK(reader.value(1) == 1);
  CHECK(std::isnan(reader.value(2)));
  CHECK_FALSE(reader.next());
}

TEST_CASE("a file that is absent or empty has nothing") {
  const ScratchFolder folder;
  folder.write("empty.csv", "");
  for (const char* name : {"absent.csv", "empty.csv"}) {
    CsvReader reader(folder.path() / name);
    CHECK(reader.names().empty());
    CHECK_FALSE(reader.next());
  }
}

TEST_CASE("a series knows its steps, its ranges and which curves it has") {
  const ScratchFolder folder;
  folder.write("trajectory.csv",
               "step,mean_norm,norm_q10,norm_q90,empty,tiny\n0,2,1,3,,1e-900\n10,1,0,2,,1e305\n");
  const Series series(folder.path(), false);
  CHECK(series.steps() == std::vector<double>{0, 10});
  CHECK(series.range("norm_q10").low == 0);
  CHECK(series.range("norm_q10").least_positive == 1);
  CHECK(series.range("empty").empty());
  CHECK(series.range("absent").empty());
  CHECK(series.range("tiny").high == 0);  // 1e305 is more than an axis can hold
  CHECK_FALSE(series.range("tiny").positive());

  const Curve curve = series.curve("mean_norm", "norm_q10", "norm_q90");
  CHECK(curve.line == "mean_norm");
  CHECK(curve.high == "norm_q90");
  CHECK(series.range(curve).low == 0);
  CHECK(series.range(curve).high == 3);
  CHECK(series.curve("mean_norm", "norm_q10", "absent").low.empty());
  CHECK(series.curve("empty").line.empty());
}

TEST_CASE("an ensemble's curves are medians with quantiles") {
  const ScratchFolder folder;
  folder.write("bands.csv", "step,x_mean,x_q10,x_q50,x_q90,y_q50\n0,1,0.5,1,2,4\n");
  const Series series(folder.path(), true);
  CHECK(series.file() == "bands.csv");
  CHECK(series.curve("x").line == "x_q50");
  CHECK(series.curve("x").low == "x_q10");
  CHECK(series.curve("y").low.empty());
  CHECK(Series(folder.path(), false).steps().empty());
}

TEST_CASE("snapshots are blocks of rows, and theta* has the length that they imply") {
  const ScratchFolder folder;
  folder.write("neurons.csv", sample_neurons({0, 500, 1000}, 7));
  const Snapshots snapshots = read_snapshots(folder.path());
  REQUIRE(snapshots.blocks.size() == 3);
  CHECK(snapshots.blocks[1].step == 500);
  CHECK(snapshots.blocks[1].first == 7);
  CHECK(snapshots.blocks[1].count == 7);
  CHECK(snapshots.norm.high == Approx(1.6));
  CHECK(snapshots.signs);
  REQUIRE(snapshots.theta_norm);
  CHECK(*snapshots.theta_norm == Approx(2));
  CHECK(read_paths(folder.path()).steps.empty());
}

TEST_CASE("without a ground truth there is no length of theta*") {
  const ScratchFolder folder;
  folder.write("neurons.csv", "step,neuron,norm,alignment,cosine,second_layer\n0,0,1,0,,0.5\n0,1,2,0,,0.5\n");
  CHECK_FALSE(read_snapshots(folder.path()).theta_norm);
  folder.write("neurons.csv", "step,neuron,norm,alignment\n0,0,1,0.5\n");
  CHECK_FALSE(read_snapshots(folder.path()).signs);
  folder.write("neurons.csv", "step,neuron,norm\n0,0,1\n");
  CHECK(read_snapshots(folder.path()).blocks.empty());
}

TEST_CASE("paths are read neuron by neuron, or not at all") {
  const ScratchFolder folder;
  folder.write("paths.csv", sample_neurons({0, 100, 200}, 3));
  const Paths paths = read_paths(folder.path());
  REQUIRE(paths.neurons.size() == 3);
  CHECK(paths.steps.size() == 3);
  CHECK(paths.neurons[1].start.norm == Approx(1.1));
  CHECK(paths.neurons[1].end.norm == Approx(1.1 * std::exp(-0.2)));
  CHECK(paths.neurons[1].start.alignment < 0);
  CHECK(paths.second_layer.low == -0.1);

  const std::string header = "step,neuron,norm,alignment\n";
  for (const std::string rows : {"0,0,1,0\n0,1,1,0\n1,0,1,0\n",           // the last step lacks a neuron
                                 "0,0,1,0\n0,1,1,0\n1,1,1,0\n1,0,1,0\n",  // another order
                                 "0,0,1,0\n1,0,1,0\n1,1,1,0\n", "0,x,1,0\n"}) {
    INFO(rows);
    folder.write("paths.csv", header + rows);
    CHECK(read_paths(folder.path()).neurons.empty());
  }
}
