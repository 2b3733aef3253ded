#include "escapement/report/contents.h"

#include <algorithm>

#include "escapement/config/input_error.h"
#include "escapement/report/map_file.h"
#include "escapement/report/verdict_file.h"

namespace escapement::report {

namespace fs = std::filesystem;

namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T> more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

void read_sweep(const fs::path& table, Contents& contents) {
  std::vector<fs::path> runs;
  for (const fs::directory_entry& entry : fs::directory_iterator(table.parent_path()))
    if (fs::exists(entry.path() / "run.json")) runs.push_back(entry.path() / "run.json");
  std::sort(runs.begin(), runs.end());
  for (const fs::path& run : runs) contents.runs.push_back(read_run(run, &contents.unsealed));
}

// Another kind of output is a line here, a member of Contents, and a section of the page.
struct Known {
  const char* file;
  void (*read)(const fs::path& file, Contents& contents);
};
constexpr Known kKnown[] = {
    {"verdicts.json",
     [](const fs::path& f, Contents& c) { append(c.verdicts, read_verdicts(f, &c.unsealed)); }},
    {"map.json", [](const fs::path& f, Contents& c) { append(c.maps, read_maps(f, &c.unsealed)); }},
    {"run.json", [](const fs::path& f, Contents& c) { c.runs.push_back(read_run(f, &c.unsealed)); }},
    {"sweep.csv", read_sweep},
    {"study.json", [](const fs::path& f, Contents& c) { c.studies.push_back(read_study(f, &c.unsealed)); }},
};

}  // namespace

void read_contents(const fs::path& directory, Contents& contents) {
  std::error_code error;
  if (!fs::is_directory(directory, error))
    throw config::InputError("command line", "DIR", "a directory with outputs", directory.string());
  bool found = false;
  for (const Known& known : kKnown) {
    const fs::path file = directory / known.file;
    if (!fs::exists(file, error)) continue;
    found = true;
    try {
      known.read(file, contents);
    } catch (const fs::filesystem_error& failure) {
      throw config::InputError(directory.string(), "", "a directory that can be read",
                               failure.code().message());
    }
  }
  if (!found) throw config::InputError(directory.string(), "", "a directory with one of " + known_files());
}

std::string known_files() {
  std::string names;
  for (const Known& known : kKnown) names += (names.empty() ? "" : ", ") + std::string(known.file);
  return names;
}

}  // namespace escapement::report
