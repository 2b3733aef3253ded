// Options that every command with an output folder has.
#pragma once

#include <CLI/CLI.hpp>

namespace escapement::cli {

inline void declare_take_over(CLI::App& app, bool& take_over) {
  app.add_flag("--take-over", take_over,
               "use DIR although a process of another host has locked it, which has ended");
}

}  // namespace escapement::cli
