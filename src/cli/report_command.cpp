#include "escapement/cli/report_command.h"

#include <fstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "escapement/cli/output_directory.h"
#include "escapement/cli/standard_streams.h"
#include "escapement/config/input_error.h"
#include "escapement/report/contents.h"
#include "escapement/report/html_page.h"
#include "escapement/report/verdict_table.h"

namespace escapement::cli {

namespace fs = std::filesystem;
using config::InputError;

namespace {

// Throws InputError if there is a file that is no earlier report: what the report is made from, or a file of others.
void check_target(const fs::path& file, const std::string& text, bool page) {
  std::error_code error;
  if (file.filename().empty() || fs::is_directory(file, error))
    throw InputError("command line", "--out", "the name of a file", file.string());
  if (!fs::exists(fs::symlink_status(file, error))) return;
  // The first line of a table does not depend on what is in it.
  std::ifstream in(file, std::ios::binary);
  std::string line;
  const bool ours = page ? is_page(file) : std::getline(in, line) && line == text.substr(0, text.find('\n'));
  if (!ours)
    throw InputError(file.string(), "",
                     "an earlier report, or no file of that name; move it, or name another with --out");
}

std::string text_of(const ReportArguments& arguments, const report::Contents& contents) {
  if (arguments.format == "html") {
    report::PageRequest request{arguments.command_line, {}};
    for (const fs::path& directory : arguments.directories) request.directories.push_back(directory.string());
    return report::html_page(contents, request);
  }
  if (contents.verdicts.empty())
    throw InputError("command line", "--format", "a directory with verdicts for a table of them",
                     arguments.format);
  return arguments.format == "md" ? report::verdict_table_markdown(contents.verdicts)
                                  : report::verdict_table_latex(contents.verdicts);
}

}  // namespace

void declare_report(CLI::App& app, ReportArguments& a) {
  app.add_option("DIR", a.directories, "directories that hold any of " + report::known_files())->required();
  app.add_option("--out", a.out,
                 "the file to write (default: report.html in the first DIR; standard output for md, latex)")
      ->type_name("FILE");
  app.add_option("--format", a.format,
                 "html: one self-contained page; md, latex: the table of verdicts (default: html)")
      ->type_name("html|md|latex")
      ->check(CLI::IsMember({"html", "md", "latex"}));
  app.add_flag("--quiet", a.quiet, "do not say where the page is");
  app.footer("Exit codes: 0 written, 2 bad input (nothing is written), 4 a bug of ours.\n");
}

int report_command(const ReportArguments& arguments) {
  report::Contents contents;
  for (const fs::path& directory : arguments.directories) report::read_contents(directory, contents);
  if (!contents.unsealed.empty() && !arguments.quiet)
    say("escapement report: {}{} without a checksum, as earlier versions wrote it: nothing tells whether "
        "it was changed\n",
        contents.unsealed.front(),
        contents.unsealed.size() > 1 ? fmt::format(" and {} more,", contents.unsealed.size() - 1) : ",");
  const std::string text = text_of(arguments, contents);
  if (arguments.format != "html" && !arguments.out) {
    fmt::print("{}", text);
    return 0;
  }
  const fs::path file = arguments.out.value_or(arguments.directories.front() / "report.html");
  std::error_code error;
  check_target(file, text, arguments.format == "html");
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
  if (error)
    throw InputError("command line", "--out", "a directory that can be created (" + error.message() + ")",
                     file.parent_path().string());
  write_whole(file, text);
  if (!arguments.quiet) fmt::print("written to {}\n", file.string());
  return 0;
}

}  // namespace escapement::cli
