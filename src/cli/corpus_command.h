// `escapement corpus`: list, minimise, prune and export stored cases.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "escapement/cli/condition_options.h"

namespace CLI {
class App;
}

namespace escapement::cli {

struct CorpusArguments {
  std::filesystem::path directory = "corpus";
  std::filesystem::path file;                // of export
  std::optional<std::filesystem::path> out;  // of export: a file instead of standard output
  ConditionOptions condition;
  bool list = false, min = false, prune = false;  // which subcommand; else export
  bool json = false, dry_run = false;
  bool catch2 = false, python = false, instance = false, coq = false;
};

CLI::App* declare_corpus(CLI::App& tool, CorpusArguments& arguments);

// Returns the exit code: 0. Throws config::InputError.
int corpus_command(const CorpusArguments& arguments);

}  // namespace escapement::cli
