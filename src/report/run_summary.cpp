#include "escapement/report/run_summary.h"

#include "escapement/config/input_error.h"
#include "escapement/report/json_cursor.h"
#include "escapement/report/sealed_file.h"
#include "escapement/report/text_file.h"

namespace escapement::report {

namespace fs = std::filesystem;

namespace {

// Best first: the overview, then what it is made of.
constexpr const char* kFigures[] = {"overview", "norm_alignment", "losses", "second_layer", "cloud", "path"};

}  // namespace

Picture read_picture(const fs::path& file) {
  Picture picture{file.filename().string(), read_text(file)};
  if (picture.svg.find("<svg") == std::string::npos)
    throw config::InputError(file.string(), "", "an SVG picture");
  return picture;
}

RunSummary read_run(const fs::path& run_json, std::vector<std::string>* unsealed) {
  const std::string file = run_json.string();
  const Json json = parse_json(read_sealed(run_json, unsealed), file);
  const JsonCursor root(json, file);
  if (root.at("format").text() != "escapement-run/1") root.at("format").fail("\"escapement-run/1\"");
  RunSummary run;
  run.directory = run_json.parent_path().string();
  run.version = root.at("version").text();
  run.command = root.at("command").text();
  run.seed = std::to_string(root.at("seed").count());
  run.precision = root.at("precision").text();
  run.fingerprint = root.at("fingerprint").text();
  const JsonCursor config = root.at("config"), result = root.at("result");
  for (const std::string& key : config.keys())
    run.config.emplace_back(key, config.at(key).at("value").text());
  run.stop = result.at("stop").text();
  run.steps = std::to_string(result.at("steps").count());
  const JsonCursor final = result.at("final");
  for (const std::string& key : final.keys())
    run.final.emplace_back(key, final.at(key).is_null() ? "" : final.at(key).text());
  if (result.has("swept")) {
    const JsonCursor swept = result.at("swept");
    for (const std::string& key : swept.keys()) run.swept.emplace_back(key, swept.at(key).text());
  }
  for (const char* name : kFigures) {
    const fs::path figure = run_json.parent_path() / (std::string(name) + ".svg");
    std::error_code ignored;
    if (fs::exists(figure, ignored)) run.figures.push_back(read_picture(figure));
  }
  return run;
}

}  // namespace escapement::report
