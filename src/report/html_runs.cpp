#include <fmt/format.h>

#include "escapement/report/html_sections.h"
#include "escapement/report/markup.h"

namespace escapement::report {

namespace {

std::string base64(const std::string& bytes) {
  constexpr const char* kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned block = 0;
    for (std::size_t k = 0; k < 3; ++k)
      block = block << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k <= bytes.size() ? kDigits[block >> (18 - 6 * k) & 63u] : '=';
  }
  return out;
}

// As an image, not inline: browsers run no script and load nothing from within an image, and its identifiers are its own.
std::string picture_html(const Picture& picture) {
  return fmt::format("<img class=\"foreign\" alt=\"{}\" src=\"data:image/svg+xml;base64,{}\">\n",
                     html_text(picture.name), base64(picture.svg));
}

}  // namespace

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
      html += figure_html(picture_html(picture), html_text(picture.name));
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
