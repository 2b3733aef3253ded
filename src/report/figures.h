// Figures of a finished run, drawn by gnuplot from its CSV files. Works from values only: a directory, a title, and
// what cannot be read off the files (when the noise was on, which events to mark).
//
// Reads in `directory`, where present: trajectory.csv (or bands.csv), neurons.csv, paths.csv. Columns are found by
// name; a panel whose columns are absent or empty is left out, a figure without panels too. Numbers beyond double's
// range count as zero or as undefined, which a logarithmic axis leaves out.
// Writes there, for each figure NAME.svg, NAME.png and NAME.gp, the script that draws both from the CSV files beside it:
//   losses          train and test loss
//   norm_alignment  neuron norm, alignment <w_i, theta*>, |cosine|, one beneath the other
//   second_layer    |a|, the mean move of a_i in one step, a_i of the first followed neurons
//   path            one followed neuron in the (norm, alignment) plane
//   cloud           all neurons in that plane, at up to six times
//   overview        the README's picture: losses, norm, cosine, neurons
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace escapement::report {

// Steps [from, to) during which label noise was on.
struct NoiseBand {
  double from = 0, to = 0;
};

// Something to mark at a step; the label is plain text, a few words of UTF-8.
struct Event {
  double step = 0;
  std::string label;
};

struct FigureRequest {
  std::filesystem::path directory;
  std::string title;                // plain text; may hold quotes and underscores
  std::vector<NoiseBand> noise_on;  // shaded; empty where the noise never changes
  std::vector<Event> events;        // thin labelled lines
  bool bands = false;               // an ensemble: medians and 10%..90% over replicas, from bands.csv
  std::optional<std::uint64_t> path_neuron;  // else, of the followed neurons, the longest at the end
  std::string gnuplot = "gnuplot";           // program, looked up in PATH
  std::function<bool()> stop;                // asked while gnuplot draws, which it ends; may be empty
};

struct FigureResult {
  // What was written, scripts last; each was complete when it got its name.
  std::vector<std::filesystem::path> files;
  std::string problem;  // empty, or one line for the user
};

// What is wrong with gnuplot is in `problem`. Throws config::InputError if a script or a figure cannot be written (a full
// disk). The CSV files are only read.
FigureResult write_figures(const FigureRequest& request);

}  // namespace escapement::report
