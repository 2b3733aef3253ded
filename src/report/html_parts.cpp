#include "escapement/report/html_parts.h"

#include <fmt/format.h>

#include "escapement/report/ball_text.h"
#include "escapement/report/markup.h"
#include "escapement/report/outcome_style.h"

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

}  // namespace

std::string outcome_html(theory::Outcome outcome) {
  const std::string word = to_string(outcome);
  return fmt::format(R"(<span class="outcome {0}"><span aria-hidden="true">{1}</span> {0}</span>)", word,
                     style_of(outcome).sign);
}

std::string number_html(const std::string& text) {
  const std::string shorter = brief(text);
  if (shorter == text) return html_number(text);
  return fmt::format(R"(<span title="{}">{}</span>)", html_text(text), html_number(shorter));
}

std::string command_html(const std::string& command) {
  return command.empty() ? "" : "<pre class=\"command\"><code>" + html_text(command) + "</code></pre>\n";
}

std::string facts_html(const Facts& facts) {
  std::string out;
  for (const auto& [name, html] : facts)
    if (!html.empty()) out += "<div><dt>" + html_text(name) + "</dt><dd>" + html + "</dd></div>\n";
  return out.empty() ? out : "<dl class=\"facts\">\n" + out + "</dl>\n";
}

std::string table_html(const std::vector<std::string>& header,
                       const std::vector<std::vector<std::string>>& rows, std::size_t numbers,
                       std::string_view css_class) {
  const auto kind = [&](std::size_t column) { return column >= numbers ? " class=\"number\"" : ""; };
  std::string out = fmt::format("<div class=\"scroll\"><table class=\"{}\">\n<thead><tr>", css_class);
  for (std::size_t i = 0; i < header.size(); ++i)
    out += fmt::format("<th scope=\"col\"{}>{}</th>", kind(i), html_enhanced(header[i]));
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i)
      out += fmt::format("<td{} data-name=\"{}\">{}</td>", kind(i), html_text(header[i]), row[i]);
    out += "</tr>\n";
  }
  return out + "</tbody></table></div>\n";
}

std::string details_html(const std::string& summary_html, const std::string& body_html) {
  if (body_html.empty()) return "";
  return "<details><summary>" + summary_html + "</summary>\n" + body_html + "</details>\n";
}

// As an image, not inline: nothing within it runs or loads, and its identifiers are its own.
std::string image_html(const std::string& name, const std::string& svg) {
  return fmt::format("<img class=\"foreign\" alt=\"{}\" src=\"data:image/svg+xml;base64,{}\">\n",
                     html_text(name), base64(svg));
}

std::string figure_html(const std::string& picture_html, const std::string& caption_html) {
  return "<figure>\n" + picture_html +
         (caption_html.empty() ? "" : "<figcaption>" + caption_html + "</figcaption>\n") + "</figure>\n";
}

std::string parameters_html(const std::vector<theory::Parameter>& parameters) {
  Facts facts;
  for (const auto& [key, value] : parameters) facts.emplace_back(key, number_html(value));
  return facts_html(facts);
}

std::string Anchors::unique(const std::string& text) {
  std::string name = anchor_text(text);
  while (true) {
    const int seen = used_[name]++;
    if (seen == 0) return name;
    name += "-" + std::to_string(seen + 1);
  }
}

}  // namespace escapement::report
