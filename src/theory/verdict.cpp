#include "escapement/theory/verdict.h"

#include <array>

namespace escapement::theory {

namespace {

constexpr std::array<std::string_view, 5> kOutcomes{"holds", "supported", "violated", "vacuous", "undecided"};
constexpr std::array<std::string_view, 5> kEvidence{"sampled", "computed", "certified", "proved",
                                                    "counterexample"};

template <class E, std::size_t N>
std::optional<E> find(const std::array<std::string_view, N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == text) return static_cast<E>(i);
  return std::nullopt;
}

}  // namespace

std::string to_string(Outcome outcome) { return std::string(kOutcomes[static_cast<std::size_t>(outcome)]); }
std::string to_string(Evidence evidence) {
  return std::string(kEvidence[static_cast<std::size_t>(evidence)]);
}
std::optional<Outcome> outcome_of(std::string_view text) { return find<Outcome>(kOutcomes, text); }
std::optional<Evidence> evidence_of(std::string_view text) { return find<Evidence>(kEvidence, text); }

}  // namespace escapement::theory
