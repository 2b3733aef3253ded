#include <array>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "escapement/report/markup.h"
#include "escapement/report/utf8.h"

namespace escapement::report {

namespace {

using Symbol = std::pair<std::string_view, std::string_view>;

// What claims are written with, and what means something to TeX: a row must not begin with a bracket.
constexpr std::array kSymbols = std::to_array<Symbol>({
    {"\\", "\\textbackslash{}"},
    {"{", "\\{"},
    {"}", "\\}"},
    {"$", "\\$"},
    {"&", "\\&"},
    {"#", "\\#"},
    {"_", "\\_"},
    {"%", "\\%"},
    {"^", "\\textasciicircum{}"},
    {"~", "\\textasciitilde{}"},
    {"<", "$<$"},
    {">", "$>$"},
    {"|", "$|$"},
    {"\"", "\\textquotedbl{}"},
    {"'", "\\textquotesingle{}"},
    {"`", "\\textasciigrave{}"},
    {"--", "-{}-"},
    {"[", "{[}"},
    {"]", "{]}"},
    {"α", "$\\alpha$"},
    {"β", "$\\beta$"},
    {"γ", "$\\gamma$"},
    {"δ", "$\\delta$"},
    {"ε", "$\\varepsilon$"},
    {"ζ", "$\\zeta$"},
    {"η", "$\\eta$"},
    {"θ", "$\\theta$"},
    {"κ", "$\\kappa$"},
    {"λ", "$\\lambda$"},
    {"μ", "$\\mu$"},
    {"ν", "$\\nu$"},
    {"ξ", "$\\xi$"},
    {"π", "$\\pi$"},
    {"ρ", "$\\rho$"},
    {"σ", "$\\sigma$"},
    {"τ", "$\\tau$"},
    {"φ", "$\\varphi$"},
    {"χ", "$\\chi$"},
    {"ψ", "$\\psi$"},
    {"ω", "$\\omega$"},
    {"Γ", "$\\Gamma$"},
    {"Δ", "$\\Delta$"},
    {"Θ", "$\\Theta$"},
    {"Λ", "$\\Lambda$"},
    {"Σ", "$\\Sigma$"},
    {"Φ", "$\\Phi$"},
    {"Ω", "$\\Omega$"},
    {"≤", "$\\le$"},
    {"≥", "$\\ge$"},
    {"≠", "$\\ne$"},
    {"≈", "$\\approx$"},
    {"∞", "$\\infty$"},
    {"×", "$\\times$"},
    {"·", "$\\cdot$"},
    {"±", "$\\pm$"},
    {"−", "$-$"},
    {"‖", "$\\|$"},
    {"√", "$\\surd$"},
    {"∈", "$\\in$"},
    {"→", "$\\to$"},
    {"∀", "$\\forall$"},
    {"∃", "$\\exists$"},
    {"∑", "$\\sum$"},
    {"⟨", "$\\langle$"},
    {"⟩", "$\\rangle$"},
    {"²", "$^2$"},
    {"³", "$^3$"},
    {"–", "--"},
    {"—", "---"},
    {"…", "\\ldots{}"},
    {"“", "``"},
    {"”", "''"},
    {"’", "'"},
    {"‘", "`"},
    {"✓", "$\\checkmark$"},
});

// The first character of valid UTF-8 that is not ASCII.
std::pair<std::uint32_t, std::size_t> code_point(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  std::uint32_t code = lead & (0x7Fu >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) code = code << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  return {code, bytes};
}

}  // namespace

std::string latex_text(std::string_view text) {
  const std::string line = one_line(text);
  std::string_view rest = line;
  std::string out;
  while (!rest.empty()) {
    const Symbol* known = nullptr;
    for (const Symbol& symbol : kSymbols)
      if (known == nullptr && rest.starts_with(symbol.first)) known = &symbol;
    if (known != nullptr) {
      out += known->second;
      rest.remove_prefix(known->first.size());
    } else if (static_cast<unsigned char>(rest.front()) < 0x80) {
      out += rest.front();
      rest.remove_prefix(1);
    } else {
      const auto [code, bytes] = code_point(rest);
      out += fmt::format("\\texttt{{U+{:04X}}}", code);
      rest.remove_prefix(bytes);
    }
  }
  return out;
}

}  // namespace escapement::report
