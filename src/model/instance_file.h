// Instance files, format `escapement-instance/1` (docs/formats.md): one run given explicitly, numbers as exact strings.
#pragma once

#include <filesystem>

#include "escapement/config/load.h"
#include "escapement/model/instance.h"

namespace escapement::model {

struct InstanceFile {
  std::string path, name;
  std::vector<config::Setting> settings;   // for config::Request::given; sizes and the algorithm are fixed
  std::vector<Exact> theta_star;           // [d]
  std::vector<std::vector<Exact>> inputs;  // X [n x d]
  ExplicitStart start;                     // W0 and a0
  ExplicitDriving driving;
};

// Throws config::InputError naming file and key for anything missing, unknown, of the wrong type or shape.
InstanceFile read_instance_file(const std::filesystem::path& path);
InstanceFile parse_instance(const std::string& text, const std::string& path);  // the same from memory

// The instance under the final configuration; throws where its driving sequence is too short for the steps asked for, or
// where the configuration sets what the file already decides.
Instance make_instance(const config::Config& config, const InstanceFile& file);

}  // namespace escapement::model
