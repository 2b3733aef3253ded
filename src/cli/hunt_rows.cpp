#include "escapement/cli/hunt_rows.h"

#include <algorithm>

#include "escapement/config/input_error.h"
#include "escapement/theory/registry.h"

namespace escapement::cli {

using config::InputError;

const std::string& HuntRow::id() const { return instance ? instance->id : runs->statement->id; }
const std::string& HuntRow::clause() const { return instance ? instance->clause : runs->claim->clause; }
const std::string& HuntRow::reading() const { return instance ? instance->reading : runs->claim->reading; }
std::string HuntRow::name() const { return instance ? instance->name() : runs->name(); }

HuntRows::HuntRows() : instances_(hunt::paper_targets()), runs_(hunt::chance_targets()) {
  for (const theory::Statement& statement : theory::statements()) {
    for (const hunt::Target& t : instances_)
      if (t.id == statement.id) all_.push_back({&t, nullptr});
    for (const hunt::ChanceTarget& t : runs_)
      if (t.statement->id == statement.id) all_.push_back({nullptr, &t});
  }
}

std::vector<HuntRow> HuntRows::select(const std::string& id, const std::optional<std::string>& clause,
                                      const std::optional<std::string>& reading) const {
  std::vector<HuntRow> found;
  std::string ids, rows;
  const std::string* last = nullptr;
  for (const HuntRow& row : all_) {
    if (last == nullptr || *last != row.id()) ids += (ids.empty() ? "" : ", ") + row.id();
    last = &row.id();
    if (row.id() != id) continue;
    rows += (rows.empty() ? "" : ", ") + (row.clause().empty() ? "" : row.clause() + " ") + row.reading();
    if ((!clause || row.clause() == *clause) && (!reading || row.reading() == *reading)) found.push_back(row);
  }
  if (rows.empty()) throw InputError("command line", "ID", "one of " + ids, id);
  if (found.empty())
    throw InputError("command line", clause ? "--clause" : "--reading", "one of the rows " + rows,
                     clause ? *clause : reading.value_or(""));
  return found;
}

}  // namespace escapement::cli
