#include "escapement/hunt/written_out.h"

#include <algorithm>

#include <fmt/format.h>

#include "escapement/config/input_error.h"

namespace escapement::hunt {

namespace {

using Rows = std::vector<std::vector<Exact>>;

bool write_out(Rows& rows, std::vector<BigInt>& copies) {
  if (copies.empty()) return true;
  Rows all;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (copies[i] + BigInt(all.size()) > kMostWrittenOut) return false;
    all.insert(all.end(), static_cast<std::size_t>(copies[i]), rows[i]);
  }
  rows = std::move(all);
  copies.clear();
  return true;
}

}  // namespace

std::optional<Case> written_out(Case c) {
  const bool descent = c.algorithm == "gradient-descent";
  const bool many =
      std::any_of(c.input_copies.begin(), c.input_copies.end(), [](const BigInt& k) { return k != 1; });
  if (many && !descent) return std::nullopt;
  BigInt common = 0;
  for (const BigInt& k : c.input_copies) common = gcd(common, k);
  if (common > 1)
    for (BigInt& k : c.input_copies) k /= common;
  if (!write_out(c.inputs, c.input_copies) || !write_out(c.rows, c.row_copies)) return std::nullopt;
  return c;
}

Case one_by_one(const Case& c, const std::string& path) {
  if (c.algorithm == "oscillation")
    throw config::InputError(path, "values.algorithm", "a case with a start, to run it as an instance",
                             c.algorithm);
  if (auto all = written_out(c)) return *std::move(all);
  throw config::InputError(
      path, "values", fmt::format("at most {} neurons and inputs, to run it as an instance", kMostWrittenOut),
      summary(c));
}

}  // namespace escapement::hunt
