#include "escapement/theory/registry.h"

#include "escapement/config/input_error.h"
#include "escapement/theory/statements/statements.h"

namespace escapement::theory {

const std::vector<Statement>& statements() {
  static const std::vector<Statement> all{norm_identity(), oscillation_identity(),
                                          lazy_regime(),   theorem_4_2(),
                                          lemma_4_3(),     lemma_4_4(),
                                          lemma_4_5(),     lemma_4_6(),
                                          sam_phases()};
  return all;
}

const Statement& find_statement(std::string_view id, const std::string& where) {
  std::string expected = "a statement, one of";
  for (const Statement& statement : statements()) {
    if (statement.id == id) return statement;
    expected += (&statement == &statements().front() ? " " : ", ") + statement.id;
  }
  throw config::InputError(where, "", expected, std::string(id));
}

bool has_reading(const Claim& claim, std::string_view reading) {
  if (claim.reading == reading) return true;
  std::string_view rest = claim.reading;
  while (!rest.empty()) {
    const std::size_t plus = rest.find('+');
    if (rest.substr(0, plus) == reading) return true;
    rest = plus == std::string_view::npos ? std::string_view() : rest.substr(plus + 1);
  }
  return false;
}

}  // namespace escapement::theory
