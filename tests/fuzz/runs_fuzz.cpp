// Mutated finds about runs, with the hash of what they became: whatever comes in, a find that is written and read the same
// and a claim about runs that can be asked there or not, or an InputError comes out.
//   runs_fuzz [--cases N] [--seed S] [--only I]
// Reads corpus/ beside the folder tests/, whose data/ ESCAPEMENT_TEST_DATA names.
#include "escapement/hunt/chance/chance_replay.h"

#include "support/texts.h"

namespace {

namespace fuzz = escapement::fuzz;
namespace hunt = escapement::hunt;

const std::vector<std::string_view> kTokens =
    fuzz::json_tokens({"\"1000000000\"", "\"theorem-4.2\"", "\"sam-phases\"", "\"lemma-4.5\"", "\"fraction\"",
                       "\"rho\": \"1\",", "\"theta_norm\": \"0\","});

std::string failure_of(const hunt::StoredChance& stored) {
  const hunt::StoredChance again = hunt::parse_chance(hunt::to_json(stored), "again.json");
  if (!(again.values == stored.values && again.test == stored.test))
    return "what was written is read as another find";
  static const std::vector<hunt::ChanceTarget> targets = hunt::chance_targets();
  const hunt::ChanceTarget* target = hunt::target_of(targets, stored.values);
  if (target == nullptr) return "";
  const auto chance = hunt::chance_at(*target, stored.values);
  return chance && !(chance->nominal_seconds >= 0) ? "a trial that takes no time" : "";
}

fuzz::Outcome one_case(const std::vector<std::string>& corpus, fuzz::Random& random, bool show) {
  std::string text = fuzz::mutated_text(corpus, kTokens, random, show);
  return fuzz::guarded_again(text, [&] {
    const auto parse = [](const std::string& t) { return hunt::parse_chance(t, "fuzz.json"); };
    return failure_of(fuzz::with_right_hash(text, parse));
  });
}

}  // namespace

int main(int argc, char** argv) {
  return fuzz::fuzz_texts(argc, argv, fuzz::texts_of(fuzz::data_folder() / "../../corpus", ".runs.json"), 5,
                          one_case);
}
