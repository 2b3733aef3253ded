// Mutated certificates: whatever comes in, a certificate that is written and read the same and checked to the end, or an
// InputError comes out.
//   certificate_fuzz [--cases N] [--seed S] [--only I]
// Reads proofs_check/certificates/ beside the folder tests/, whose data/ ESCAPEMENT_TEST_DATA names.
#include "escapement/certify/certificate_check.h"
#include "escapement/certify/certificate_file.h"

#include "support/texts.h"

namespace {

namespace certify = escapement::certify;
namespace config = escapement::config;
namespace fuzz = escapement::fuzz;

const std::vector<std::string_view> kTokens = {
    "0",
    "-1",
    "1",
    "1/2",
    "-3/8",
    "1/0",
    "1e5",
    "nan",
    "99999999999999999999",
    "18446744073709551616",
    "4294967296",
    "1048576",
    "1048577",
    "gradient-descent",
    "label-noise-sgd",
    "sam",
    "oscillation",
    "claim lemma-4.5 literal\n",
    "bits 64\n",
    "steps 3\n",
    "neuron 1\n",
    "#",
    " ",
    "\n",
    "\n\n",
    "..",
    "\xFF",
    "\t",
};

// A mutant may ask for a million bits or steps, which is allowed and long.
bool is_small(const certify::Certificate& c) {
  constexpr std::size_t kMostNumbers = 200;
  return c.bits <= 512 && c.steps <= 200 && c.start.size() * (c.theta_star.size() + 1) <= kMostNumbers &&
         c.inputs.size() * c.theta_star.size() <= kMostNumbers;
}

fuzz::Outcome one_case(const std::vector<std::string>& corpus, fuzz::Random& random, bool show) {
  const std::string text = fuzz::mutated_text(corpus, kTokens, random, show);
  return fuzz::guarded(text, [&]() -> std::string {
    const certify::Certificate certificate = certify::parse_certificate(text, "fuzz.cert");
    try {
      if (!(certify::parse_certificate(certify::certificate_text(certificate), "again.cert") == certificate))
        return "what was written is read as another certificate";
    } catch (const config::InputError& error) {
      return "what was written is refused: " + std::string(error.what());
    }
    if (!is_small(certificate)) return "";
    const certify::CertificateAnswer answer = certify::check_certificate(certificate);
    return answer.accepted == answer.reason.empty() ? "" : "accepted for a reason, or rejected without one";
  });
}

}  // namespace

int main(int argc, char** argv) {
  const auto folder = fuzz::data_folder() / "../../proofs_check/certificates";
  return fuzz::fuzz_texts(argc, argv, fuzz::texts_of(folder, ".cert"), 10, one_case);
}
