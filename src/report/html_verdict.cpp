#include "escapement/report/html_verdict.h"

#include <cmath>

#include <fmt/format.h>

#include "escapement/report/ball_text.h"
#include "escapement/report/html_parts.h"
#include "escapement/report/ladder_figure.h"
#include "escapement/report/markup.h"
#include "escapement/report/outcome_style.h"
#include "escapement/report/verdict_table.h"

namespace escapement::report {

using theory::Verdict;

namespace {

std::string real_html(double value) {
  if (std::isnan(value)) return "not defined";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  return html_number(fmt::format("{:.4g}", value));
}

// 10 to this, which is beyond double where samples are long.
std::string power_html(double log10) {
  if (!std::isfinite(log10)) return std::isnan(log10) ? "not defined" : log10 > 0 ? "∞" : "0";
  if (std::abs(log10) < 4) return html_number(fmt::format("{:.3g}", std::pow(10.0, log10)));
  return "10<sup>" + html_number(fmt::format("{:.1f}", log10)) + "</sup>";
}

}  // namespace

std::string sample_html(const theory::Sample& s) {
  return facts_html({{"replicas", std::to_string(s.trials)},
                     {"failures", std::to_string(s.failures)},
                     {"ambiguous", std::to_string(s.ambiguous)},
                     {"failure probability", fmt::format("in [{}, {}] at level {}", real_html(s.low),
                                                         real_html(s.high), real_html(1 - s.alpha))},
                     {"evidence against the claim", "e-value " + power_html(s.log10_e_violated)},
                     {"evidence for it", "e-value " + power_html(s.log10_e_holds)},
                     {"needed for a verdict", "e-value " + power_html(-std::log10(s.alpha))},
                     {"least failure probability refuted half the time", real_html(s.smallest_detectable)}});
}

std::string verdict_html(const Verdict& v, const std::string& anchor) {
  const std::string name = (v.clause.empty() ? "" : v.clause + ", ") + v.reading;
  std::string out = fmt::format("<article id=\"{}\" class=\"verdict {}\">\n<h3>{} {}</h3>\n", anchor,
                                to_string(v.outcome), html_text(name), outcome_html(v.outcome));
  out += "<p class=\"claim\">" + html_text(v.claim) + "</p>\n";
  Facts facts{{"measured", number_html(v.measured)}, {"bound", number_html(v.bound)}};
  for (auto& fact : evidence_facts(v)) facts.push_back(std::move(fact));
  facts.emplace_back("inside its conditions", inside_text(v.regime.inside));
  facts.emplace_back("seed", html_text(v.seed));
  out += facts_html(facts);
  if (!v.basis.empty()) out += "<p>" + html_text(v.basis) + "</p>\n";
  if (v.ladder)
    out += ladder_html(*v.ladder, v.statement + (v.clause.empty() ? "" : " " + v.clause) + ", " + v.reading);
  if (v.sample)
    out += details_html(
        v.evidence == theory::Evidence::sampled ? "Sample" : "Sample: the outcome does not rest on it",
        sample_html(*v.sample));
  out += theorems_html(v);
  out += regime_html(v.regime);
  out += details_html("Parameters", parameters_html(v.parameters));
  return out + command_html(v.reproduce) + "</article>\n";
}

std::string ladder_html(const theory::Ladder& ladder, const std::string& title) {
  std::vector<std::vector<std::string>> rows;
  for (const theory::Rung& rung : ladder.rungs)
    rows.push_back({number_html(rung.at), number_html(brief(rung.limit, 6)),
                    number_html(brief(rung.measured)), number_html(brief(rung.bound)),
                    number_html(brief(rung.constant))});
  const std::string picture = ladder_svg(ladder, title);
  const std::string caption = fmt::format(
      "The constant that the claim needs along {}: measured ({}) divided by the bound without its constant. "
      "Exponent fitted to these rungs: {}. Rungs alone decide nothing about the limit.",
      html_text(ladder.key), html_text(ladder.quantity), html_text(exponent_text(ladder)));
  std::string out = picture.empty() ? "<p>" + caption + "</p>\n" : figure_html(picture, caption);
  return out +
         details_html(fmt::format("Ladder: {} rungs", ladder.rungs.size()),
                      table_html({ladder.key, ladder.limit_name, "measured", "bound", "constant needed"},
                                 rows, 0, "numbers"));
}

}  // namespace escapement::report
