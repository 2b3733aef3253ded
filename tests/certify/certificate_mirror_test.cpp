// The repository's certificates through the C++ mirror of the checker that is proved sound in Coq: the same answers, and
// the same integers in the last enclosure as the extracted checker printed (proofs_check/certificates/enclosures.expected,
// which the proofs' build compares with what it computes).
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <catch2/catch.hpp>

#include "escapement/certify/certificate_check.h"
#include "escapement/certify/certificate_file.h"
#include "escapement/config/input_error.h"

using namespace escapement;
namespace fs = std::filesystem;

namespace {

const fs::path kCertificates = fs::path(ESCAPEMENT_TEST_DATA) / "../../proofs_check/certificates";

std::vector<fs::path> files(const fs::path& folder) {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".cert") all.push_back(entry.path());
  return all;
}

// Name to enclosure: a line that starts with a letter opens the next one.
std::map<std::string, std::string> recorded() {
  std::map<std::string, std::string> all;
  std::ifstream in(kCertificates / "enclosures.expected");
  std::string line, name;
  while (std::getline(in, line)) {
    if (std::isalpha(static_cast<unsigned char>(line.front())) != 0 && line != "none")
      name = line;
    else
      all[name] += line + "\n";
  }
  return all;
}

}  // namespace

TEST_CASE("every certificate is accepted, with the recorded enclosure") {
  const auto expected = recorded();
  const auto all = files(kCertificates);
  REQUIRE(all.size() >= 15);
  CHECK(expected.size() == all.size());
  for (const fs::path& path : all) {
    INFO(path.string());
    const certify::CertificateAnswer answer = certify::check_certificate(path);
    CHECK(answer.reason.empty());
    CHECK(answer.accepted);
    CHECK(certify::enclosure_text(answer.end) == expected.at(path.stem().string()));
  }
}

TEST_CASE("every certificate with one number changed is rejected") {
  const auto all = files(kCertificates / "bad");
  REQUIRE(all.size() >= 25);
  for (const fs::path& path : all) {
    INFO(path.string());
    try {
      const certify::CertificateAnswer answer = certify::check_certificate(path);
      CHECK(!answer.accepted);
      CHECK(!answer.reason.empty());
    } catch (const config::InputError& error) {  // it cannot even be read
      CHECK(path.stem() == "lemma-4.6-1-population-reading");
    }
  }
}

TEST_CASE("a certificate is written as it was read") {
  for (const fs::path& path : files(kCertificates)) {
    INFO(path.string());
    const certify::Certificate c = certify::read_certificate(path);
    const std::string text = certify::certificate_text(c, "one\ntwo");
    CHECK(text.rfind("# one\n# two\nescapement-certificate 1\n", 0) == 0);
    CHECK(certify::parse_certificate(text, "text") == c);
  }
}

TEST_CASE("what is missing is found: the neuron and the bits") {
  certify::Certificate draft = certify::read_certificate(kCertificates / "lemma-4.3-1a.cert");
  draft.bits = 1;
  draft.neuron = 0;
  const auto found = certify::completed(draft);
  REQUIRE(found);
  CHECK(found->neuron == 2);
  CHECK(found->bits == 64);
  draft.constant = 1;
  draft.eta = 0;
  CHECK(!certify::completed(draft));
}

TEST_CASE("a wrong file is an error with the line and what was expected") {
  const auto error = [](const std::string& text) {
    try {
      certify::parse_certificate(text, "F");
    } catch (const config::InputError& e) {
      return std::string(e.what());
    }
    return std::string("read");
  };
  const std::string head = "escapement-certificate 1\nstatement lemma-4.4\nreading literal\n";
  CHECK(error("") == "F: expected 'escapement-certificate', not the end of the file");
  CHECK(error("escapement-certificate 2").find("F:1: expected '1', got \"2\"") == 0);
  CHECK(error("escapement-certificate 1\nstatement norm-identity\nreading literal\n").find("norm-identity") !=
        std::string::npos);
  CHECK(error(head + "bits 0.5\n").find("F:4: expected bits, a natural number") == 0);
  CHECK(error(head + "bits 64\nmethod walk\n").find("F:5: expected label-noise-sgd") == 0);
  CHECK(error(head + "bits 64 # comment\nmethod oscillation\nd 1\nm 1\nn 0\nT 0\neta 1e-3\n")
            .find("F:10: expected an integer or a ratio of integers, got \"1e-3\"") == 0);
}
