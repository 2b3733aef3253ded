// What a study leaves, as values: a table, numbers fitted to it, and how it is drawn. Reports need no more than this.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace escapement::study {

// What a column's cells hold: words, numbers (exact texts or decimals, of any size), counts. An empty cell is not defined.
enum class Kind { label, number, count };

struct Column {
  std::string name;  // letters, digits and underscores: the header of the CSV file, the key in JSON
  Kind kind = Kind::number;
  std::string meaning;  // one line, with units
};

using Row = std::vector<std::string>;  // a cell for each column

// A number read off the table. The interval is at 95% unless `basis` says otherwise; none where the points do not allow one.
struct Fit {
  std::string name;
  double estimate = 0;
  std::optional<std::pair<double, double>> interval;
  std::string basis;  // from which points, and what the interval means
};

struct Findings {
  std::vector<Row> rows;
  std::vector<Fit> fits;
};

// --- the figure: panels side by side, each with curves over one column ---

enum class Mark { dots, joined, line, dashed };  // joined: dots on a line

struct Curve {
  std::string title;  // of the key; as an axis label: 10^{-7}, w_i. Curves of one title share a colour
  std::string y;      // column; rows where it is empty (or, on a logarithmic axis, not positive) are left out
  std::string low, high;                                   // columns of an error bar, or empty
  std::vector<std::pair<std::string, std::string>> where;  // only rows with these cells: column, text
  Mark mark = Mark::joined;
};

struct Axes {
  std::string heading;  // above the panel; may be empty
  std::string x, x_label, y_label;
  bool x_log = true, y_log = true;
  std::vector<Curve> curves;
  std::vector<std::pair<std::string, double>> levels;  // horizontal guides: names for the key, heights
  std::optional<std::pair<double, double>> y_range;    // where the data's own would hide what matters
};

// A study's table with what it takes to show it.
struct Result {
  std::string name, question;
  std::vector<Column> columns;
  std::vector<Axes> figure;
  Findings findings;
  std::vector<std::pair<std::string, std::string>>
      parameters;  // configuration keys it depends on, exact values
  std::string seed, command, version;
  bool quick = false;
};

}  // namespace escapement::study
