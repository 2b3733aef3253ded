// Mutated stored cases, with the hash of what they became: whatever comes in, a case that is written, read and replayed the
// same, or an InputError comes out.
//   case_fuzz [--cases N] [--seed S] [--only I]
// Reads corpus/ beside the folder tests/, whose data/ ESCAPEMENT_TEST_DATA names.
#include "escapement/hunt/replay.h"

#include "support/texts.h"

namespace {

namespace fuzz = escapement::fuzz;
namespace hunt = escapement::hunt;

const std::vector<std::string_view> kTokens =
    fuzz::json_tokens({"[\"0\"]", "\"lemma-4.5\"", "\"lemma-4.3\"", "\"flow-time\"", "\"gradient-descent\"",
                       "\"label-noise-sgd\"", "\"oscillation\"", "\"certified\""});

constexpr std::uint64_t kMostNumbers = 200, kMostSteps = 40;

std::string failure_of(const hunt::StoredCase& stored, fuzz::Random& random) {
  const hunt::StoredCase again = hunt::parse_case(hunt::to_json(stored), "again.json");
  if (!(again.values == stored.values)) return "what was written is read as another case";
  if (stored.values.numbers().size() > kMostNumbers || stored.values.steps > kMostSteps) return "";
  static const std::vector<hunt::Target> targets = hunt::paper_targets();
  const char* arithmetics[] = {"double", "100", "certified:128"};
  const char* arithmetic = arithmetics[fuzz::below(random, std::size(arithmetics))];
  const hunt::Replayed replayed = hunt::replay(targets, stored, hunt::parse_arithmetic(arithmetic));
  return hunt::to_string(replayed.outcome).empty() ? "an outcome without a name" : "";
}

fuzz::Outcome one_case(const std::vector<std::string>& corpus, fuzz::Random& random, bool show) {
  std::string text = fuzz::mutated_text(corpus, kTokens, random, show);
  return fuzz::guarded_again(text, [&] {
    const auto parse = [](const std::string& t) { return hunt::parse_case(t, "fuzz.json"); };
    return failure_of(fuzz::with_right_hash(text, parse), random);
  });
}

}  // namespace

int main(int argc, char** argv) {
  return fuzz::fuzz_texts(argc, argv, fuzz::texts_of(fuzz::data_folder() / "../../corpus", ".case.json"), 10,
                          one_case);
}
