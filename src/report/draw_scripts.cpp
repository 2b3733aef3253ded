#include "escapement/report/draw_scripts.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <stdlib.h>  // mkdtemp

#include "escapement/config/input_error.h"
#include "escapement/report/program.h"
#include "escapement/report/utf8.h"

namespace escapement::report {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWorkplace =
    ".escapement-figures-XXXXXX";  // of mkdtemp, which replaces the last six
constexpr const char* kProbe = "probe";

// A folder inside `parent`, on the same file system hence good for renaming out of; gone with its contents at the end.
class Workplace {
 public:
  explicit Workplace(const fs::path& parent) {
    std::string name = (parent / kWorkplace).string();
    if (mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category());
    path_ = name;
  }
  ~Workplace() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

bool is_workplace(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  constexpr std::size_t kFixed = kWorkplace.size() - 6;
  std::error_code ignored;
  return name.size() == kWorkplace.size() && name.compare(0, kFixed, kWorkplace, 0, kFixed) == 0 &&
         fs::is_directory(fs::symlink_status(entry.path(), ignored));
}

// Removes what a drawing that was killed has left behind: folders of that name that hold nothing but figures.
void remove_old_workplaces(const fs::path& parent) {
  std::error_code ignored;
  std::vector<fs::path> old;
  for (const fs::directory_entry& entry : fs::directory_iterator(parent, ignored))
    if (is_workplace(entry)) old.push_back(entry.path());
  for (const fs::path& folder : old) {
    const auto is_ours = [&](const fs::directory_entry& file) {
      const std::string kind = file.path().extension().string();
      return file.is_regular_file(ignored) &&
             (kind == ".gp" || kind == ".svg" || kind == ".png" || file.path().filename() == kProbe);
    };
    const fs::directory_iterator all(folder, ignored);
    if (std::all_of(begin(all), end(all), is_ours)) fs::remove_all(folder, ignored);
  }
}

// Whether an SVG or PNG file has its last element.
bool is_complete(const fs::path& file) {
  constexpr std::streamoff kEnd = 64;
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  in.seekg(-std::min<std::streamoff>(in.tellg(), kEnd), std::ios::end);
  const std::string end(std::istreambuf_iterator<char>(in), {});
  return end.find(file.extension() == ".svg" ? "</svg>" : "IEND") != std::string::npos;
}

constexpr std::size_t kFigureRoom = 1 << 16;

void write_file(const fs::path& file, const std::string& text) {
  errno = 0;
  std::ofstream out(file, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw std::system_error(errno != 0 ? errno : EIO, std::generic_category());
}

class Drawing {
 public:
  Drawing(const fs::path& directory, const std::string& gnuplot, const std::function<bool()>& stop)
      : directory_(directory), gnuplot_(gnuplot), stop_(stop) {}

  FigureResult run(const std::vector<Script>& scripts) {
    remove_old_workplaces(directory_);
    const Workplace workplace(directory_);
    for (const Script& script : scripts) write_file(workplace.path() / (script.name + ".gp"), script.text);
    for (const Script& script : scripts) {
      fs::rename(workplace.path() / (script.name + ".gp"), directory_ / (script.name + ".gp"));
      if (drawable_) draw(script, workplace);
    }
    for (const Script& script : scripts) result_.files.push_back(directory_ / (script.name + ".gp"));
    return result_;
  }

 private:
  void draw(const Script& script, const Workplace& workplace) {
    // -d: not with the user's own settings. The folder's name holds letters and digits only.
    const ProgramResult drawn = run_program(
        gnuplot_,
        {"-d", "-e", fmt::format("out='{}/'", workplace.path().filename().string()), script.name + ".gp"},
        directory_, stop_);
    if (drawn.end == ProgramResult::End::not_found) {
      drawable_ = false;
      say("figures skipped: gnuplot not found (Debian package gnuplot-nox); with it, `gnuplot *.gp` draws "
          "them");
      return;
    }
    if (drawn.end == ProgramResult::End::stopped) {
      drawable_ = false;
      say("stopped before all figures were drawn: `gnuplot *.gp` draws the others");
      return;
    }
    if (drawn.end == ProgramResult::End::failed) {
      check_room(workplace, script.name + ".svg");
      say(fmt::format("figure {} skipped: gnuplot: {}", script.name, drawn.message));
      return;
    }
    const std::string names[] = {script.name + ".svg", script.name + ".png"};
    for (const std::string& name : names) {
      const fs::path file = workplace.path() / name;
      std::error_code none;
      if (fs::file_size(file, none) == 0 || none) {
        check_room(workplace, name);
        return say(fmt::format("figure {} skipped: gnuplot wrote no {}", script.name, name));
      }
      if (!is_complete(file))  // gnuplot ends well also if a disk was full
        throw config::InputError((directory_ / name).string(), "", "room to write",
                                 "a figure without its end");
    }
    for (const std::string& name : names) {
      fs::rename(workplace.path() / name, directory_ / name);
      result_.files.push_back(directory_ / name);
    }
  }

  // Throws if as much as a figure may take cannot be written beside it.
  void check_room(const Workplace& workplace, const std::string& name) const {
    const fs::path probe = workplace.path() / kProbe;
    try {
      write_file(probe, std::string(kFigureRoom, ' '));
    } catch (const std::system_error& error) {
      throw config::InputError((directory_ / name).string(), "", "room to write", error.code().message());
    }
    fs::remove(probe);
  }

  // The first problem is told: the others mostly follow from it.
  void say(const std::string& problem) {
    if (result_.problem.empty()) result_.problem = one_line(problem);
  }

  const fs::path& directory_;
  const std::string& gnuplot_;
  const std::function<bool()>& stop_;
  FigureResult result_;
  bool drawable_ = true;
};

}  // namespace

FigureResult draw_scripts(const std::vector<Script>& scripts, const std::filesystem::path& directory,
                          const std::string& gnuplot, const std::function<bool()>& stop) {
  Drawing drawing(directory, gnuplot, stop);
  try {
    return drawing.run(scripts);
  } catch (const std::system_error& error) {  // of our own writing, and of std::filesystem
    throw config::InputError(directory.string(), "", "a folder that figures can be written to",
                             error.code().message());
  }
}

}  // namespace escapement::report
