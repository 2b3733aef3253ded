#include <fmt/format.h>

#include "escapement/report/html_sections.h"
#include "escapement/report/markup.h"

namespace escapement::report {

std::vector<Section> run_sections(const Contents& contents, Anchors& anchors) {
  std::vector<Section> sections;
  for (const RunSummary& run : contents.runs) {
    std::string title = "Run " + run.directory, html;
    Facts swept;
    for (const auto& [key, value] : run.swept) swept.emplace_back(key, number_html(value));
    html += facts_html(swept);
    html += facts_html({{"stop", html_text(run.stop)},
                        {"steps", run.steps},
                        {"seed", run.seed},
                        {"precision", html_text(run.precision)},
                        {"fingerprint", "<code>" + html_text(run.fingerprint) + "</code>"},
                        {"version", html_text(run.version)}});
    for (const Picture& picture : run.figures)
      html += figure_html(image_html(picture.name, picture.svg), html_text(picture.name));
    Facts final;
    for (const auto& [key, value] : run.final)
      if (!value.empty()) final.emplace_back(key, number_html(value));
    html += details_html("After the last step", facts_html(final));
    html += details_html("Configuration", parameters_html(run.config));
    html += command_html(run.command);
    sections.push_back({anchors.unique("run " + run.directory), title, html});
  }
  return sections;
}

}  // namespace escapement::report
