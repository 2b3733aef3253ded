// What `hunt` can be asked about: rows that an instance refutes, and rows about whole runs, which a configuration does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "escapement/hunt/chance/chance_case.h"
#include "escapement/hunt/target.h"

namespace escapement::cli {

// One of the two.
struct HuntRow {
  const hunt::Target* instance = nullptr;
  const hunt::ChanceTarget* runs = nullptr;

  const std::string& id() const;
  const std::string& clause() const;
  const std::string& reading() const;
  std::string name() const;  // "lemma-4.5 generic"
};

class HuntRows {
 public:
  HuntRows();
  const std::vector<HuntRow>& all() const { return all_; }  // those of a statement side by side
  // Throws config::InputError naming what there is.
  std::vector<HuntRow> select(const std::string& id, const std::optional<std::string>& clause,
                              const std::optional<std::string>& reading) const;

 private:
  std::vector<hunt::Target> instances_;
  std::vector<hunt::ChanceTarget> runs_;
  std::vector<HuntRow> all_;
};

}  // namespace escapement::cli
