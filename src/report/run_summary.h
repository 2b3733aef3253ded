// What run.json says of a run (docs/formats.md), and the figures beside it.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace escapement::report {

struct Picture {
  std::string name;  // of the file
  std::string svg;   // its text: of whatever origin, to be shown as an image only
};

// Throws config::InputError for a file that is no SVG.
Picture read_picture(const std::filesystem::path& file);

struct RunSummary {
  std::string directory, version, command, seed, precision, fingerprint;
  std::string stop, steps;
  std::vector<std::pair<std::string, std::string>> swept, config;  // key, exact value
  std::vector<std::pair<std::string, std::string>> final;  // observable, decimal; empty where not defined
  std::vector<Picture> figures;
};

// Throws config::InputError for a file that is damaged, or a figure that is no SVG.
RunSummary read_run(const std::filesystem::path& run_json, std::vector<std::string>* unsealed = nullptr);

}  // namespace escapement::report
