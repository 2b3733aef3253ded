// Pieces of a page. What is named `html` is markup of our own; everything else is text of unknown origin and is escaped.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "escapement/theory/verdict.h"

namespace escapement::report {

// The outcome as colour, sign and word.
std::string outcome_html(theory::Outcome outcome);

// A decimal shortened, its full text when pointed at; other text as it is.
std::string number_html(const std::string& text);

// A command to be copied.
std::string command_html(const std::string& command);

// Name and value pairs, the values being html.
using Facts = std::vector<std::pair<std::string, std::string>>;
std::string facts_html(const Facts& facts);  // pairs with an empty value are left out

// A table; cells are html. `numbers`: the columns from this one on are aligned to the right.
std::string table_html(const std::vector<std::string>& header,
                       const std::vector<std::vector<std::string>>& rows, std::size_t numbers,
                       std::string_view css_class = {});

// Hidden until opened, printed in full. Empty for an empty body.
std::string details_html(const std::string& summary_html, const std::string& body_html);

// A picture of whatever origin, as an image: browsers run no script and load nothing from within one.
std::string image_html(const std::string& name, const std::string& svg);

std::string figure_html(const std::string& picture_html, const std::string& caption_html);

std::string parameters_html(const std::vector<theory::Parameter>& parameters);

// Names that a page can link to, each once: "lemma-4-3", "lemma-4-3-2".
class Anchors {
 public:
  std::string unique(const std::string& text);

 private:
  std::map<std::string, int> used_;
};

}  // namespace escapement::report
