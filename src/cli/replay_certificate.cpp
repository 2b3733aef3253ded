#include "escapement/cli/replay_certificate.h"

#include <algorithm>

#include <fmt/format.h>

namespace escapement::cli {

namespace {

const char* outcome(const certify::CertificateAnswer& answer) {
  return answer.accepted ? "accepted" : "rejected";
}

bool is_box(const certify::Certificate& c) {
  return std::any_of(c.start.begin(), c.start.end(), [](const auto& row) {
    return std::any_of(row.begin(), row.end(),
                       [](const certify::CertificateRange& r) { return r.low != r.high; });
  });
}

}  // namespace

std::string certificate_answer_text(const std::filesystem::path& file, const certify::Certificate& c,
                                    const certify::CertificateAnswer& answer) {
  std::string text = fmt::format("{}: {}\n", file.string(), outcome(answer));
  if (!answer.reason.empty()) text += fmt::format("    {}\n", answer.reason);
  text += fmt::format("    {}{}{} {}, m = {}, d = {}, n = {}, {} steps of {}, {}, {} bits\n", c.statement,
                      c.clause.empty() ? "" : " ", c.clause, c.reading, c.start.size(), c.theta_star.size(),
                      c.inputs.size(), c.steps, to_string(c.method),
                      is_box(c) ? "every start in the box" : "one start", c.bits);
  return text;
}

nlohmann::ordered_json certificate_answer_json(const std::filesystem::path& file,
                                               const certify::Certificate& c,
                                               const certify::CertificateAnswer& answer) {
  return {{"certificate", file.string()},
          {"statement", c.statement},
          {"clause", c.clause},
          {"reading", c.reading},
          {"outcome", outcome(answer)},
          {"detail", answer.reason},
          {"start", is_box(c) ? "box" : "point"},
          {"bits", c.bits}};
}

}  // namespace escapement::cli
