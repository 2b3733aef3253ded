#include "escapement/report/table.h"

#include <algorithm>
#include <utility>

#include "escapement/report/utf8.h"

namespace escapement::report {

namespace {

bool looks_numeric(std::string_view cell) {
  if (cell.starts_with("−")) cell.remove_prefix(std::string_view("−").size());
  return cell.find_first_of("0123456789") != std::string_view::npos &&
         cell.find_first_not_of("0123456789+-.,eE^/%x[] ") == std::string_view::npos;
}

void append_padded(std::string& line, const std::string& cell, std::size_t width, bool right) {
  const std::size_t blanks = width - std::min(width, display_width(cell));
  if (right) line.append(blanks, ' ');
  line += cell;
  if (!right) line.append(blanks, ' ');
}

void end_line(std::string& text, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + '\n';
}

}  // namespace

Table::Table(std::vector<std::string> header)
    : header_(std::move(header)), alignment_(header_.size(), Align::automatic) {
  for (std::string& name : header_) name = one_line(name);
}

void Table::add_row(std::vector<std::string> cells) {
  cells.resize(header_.size());
  for (std::string& cell : cells) cell = one_line(cell);
  rows_.push_back(std::move(cells));
}

void Table::align(std::size_t column, Align alignment) { alignment_.at(column) = alignment; }

bool Table::right_aligned(std::size_t column) const {
  if (alignment_[column] != Align::automatic) return alignment_[column] == Align::right;
  bool numbers = false;
  for (const auto& row : rows_) {
    if (row[column].empty()) continue;
    if (!looks_numeric(row[column])) return false;
    numbers = true;
  }
  return numbers;
}

std::string Table::text(std::size_t indent) const {
  std::vector<std::size_t> widths;
  std::vector<bool> right;
  for (std::size_t j = 0; j < header_.size(); ++j) {
    std::size_t width = display_width(header_[j]);
    for (const auto& row : rows_) width = std::max(width, display_width(row[j]));
    widths.push_back(width);
    right.push_back(right_aligned(j));
  }

  std::string text;
  const auto add = [&](const std::vector<std::string>& cells) {
    std::string line(indent, ' ');
    for (std::size_t j = 0; j < cells.size(); ++j) {
      if (j > 0) line += "  ";
      append_padded(line, cells[j], widths[j], right[j]);
    }
    end_line(text, std::move(line));
  };
  const bool named =
      std::any_of(header_.begin(), header_.end(), [](const std::string& name) { return !name.empty(); });
  if (named) {
    add(header_);
    std::vector<std::string> rule(header_.size());
    for (std::size_t j = 0; j < rule.size(); ++j)
      for (std::size_t i = 0; i < widths[j]; ++i) rule[j] += "─";
    add(rule);
  }
  for (const auto& row : rows_) add(row);
  return text;
}

}  // namespace escapement::report
