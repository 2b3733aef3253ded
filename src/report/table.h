// Aligned plain-text tables for the terminal.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace escapement::report {

enum class Align { automatic, left, right };  // automatic: right where every cell is a number or empty

//   quantity      start    end
//   ──────────  ───────  ─────
//   mean |w_i|   0.9873  0.214
class Table {
 public:
  explicit Table(std::vector<std::string> header);

  // Missing cells are empty, cells beyond the header are left out. Line breaks and other control characters become
  // spaces.
  void add_row(std::vector<std::string> cells);
  void align(std::size_t column, Align alignment);
  bool empty() const { return rows_.empty(); }

  // Header, rule, rows; every line indented by `indent` spaces and ended by \n, none with trailing blanks. Without a
  // header (all names empty) there is no rule either.
  std::string text(std::size_t indent = 0) const;

 private:
  bool right_aligned(std::size_t column) const;

  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<Align> alignment_;
};

}  // namespace escapement::report
