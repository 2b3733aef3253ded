#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "escapement/certify/certificate_file.h"
#include "escapement/config/input_error.h"

namespace escapement::certify {

namespace {

struct Word {
  std::size_t line;
  std::string text;
};

// The words of the text, comments left out, taken one by one.
class Words {
 public:
  Words(const std::string& text, std::string path) : path_(std::move(path)) {
    std::istringstream lines(text);
    std::string line;
    for (std::size_t number = 1; std::getline(lines, line); ++number) {
      std::istringstream words(line.substr(0, line.find('#')));
      for (std::string word; words >> word;) words_.push_back({number, word});
    }
  }

  [[noreturn]] void fail(const std::string& expected) const {
    if (at_ > words_.size()) throw config::InputError(path_, "", expected + ", not the end of the file");
    const Word& word = words_[at_ - 1];
    throw config::InputError(fmt::format("{}:{}", path_, word.line), "", expected, word.text);
  }
  const std::string& next(const std::string& expected) {
    if (++at_ > words_.size()) fail(expected);
    return words_[at_ - 1].text;
  }
  bool at(const std::string& word) const { return at_ < words_.size() && words_[at_].text == word; }
  bool done() const { return at_ >= words_.size(); }
  const std::string& path() const { return path_; }

  void keyword(const std::string& key) {
    if (next("'" + key + "'") != key) fail("'" + key + "'");
  }

  std::uint64_t count(const char* what) {
    const std::string& text = next(what);
    const auto value = digits(text) && text.size() <= 18 ? numeric::parse_integer(text) : std::nullopt;
    if (!value) fail(std::string(what) + ", a natural number");
    return static_cast<std::uint64_t>(*value);
  }

  Exact number(const char* what) {
    const std::string& text = next(what);
    return ratio(text);
  }

  CertificateRange range() {
    const std::string& text = next("a number or low..high");
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos) {
      const Exact value = ratio(text);
      return {value, value};
    }
    return {ratio(text.substr(0, dots)), ratio(text.substr(dots + 2))};
  }

  CertificateEvent event() {
    const std::string& text = next("an event");
    const std::string sample = text.substr(0, text.size() - 1);
    const bool known = text.back() == '+' || text.back() == '-';
    if (!known || !digits(sample) || sample.size() > 9) fail("a sample and a sign, such as 3+");
    return {static_cast<std::uint32_t>(std::stoul(sample)),
            static_cast<std::int8_t>(text.back() == '+' ? 1 : -1)};
  }

  std::int8_t chain_state() {
    const std::string& text = next("+, - or 0");
    if (text != "+" && text != "-" && text != "0") fail("+, - or 0");
    return static_cast<std::int8_t>(text == "+" ? 1 : text == "-" ? -1 : 0);
  }

 private:
  static bool digits(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  }
  Exact ratio(const std::string& text) const {
    const std::size_t slash = text.find('/');
    const std::string above = text.substr(text.rfind('-', 0) == 0 ? 1 : 0, slash - (text.rfind('-', 0) == 0));
    const bool shaped = digits(above) && (slash == std::string::npos || digits(text.substr(slash + 1)));
    const auto value = shaped ? numeric::parse_exact(text) : std::nullopt;
    if (!value) fail("an integer or a ratio of integers");
    return *value;
  }

  std::string path_;
  std::vector<Word> words_;
  std::size_t at_ = 0;  // words taken
};

CertificateMethod method(Words& words) {
  words.keyword("method");
  const std::string& text = words.next("a method");
  for (const auto m : {CertificateMethod::label_noise_sgd, CertificateMethod::gradient_descent,
                       CertificateMethod::sam, CertificateMethod::oscillation})
    if (to_string(m) == text) return m;
  words.fail("label-noise-sgd, gradient-descent, sam or oscillation");
}

std::uint64_t count(Words& words, const char* key) {
  words.keyword(key);
  return words.count(key);
}

Exact number(Words& words, const char* key) {
  words.keyword(key);
  return words.number(key);
}

void read_claim(Words& words, Certificate& c) {
  const auto word = [&](const char* key) {
    words.keyword(key);
    return words.next(key);
  };
  c.statement = word("statement");
  if (words.at("clause")) c.clause = word("clause");
  c.reading = word("reading");
  const ClaimForm* form = find_claim_form(c.statement, c.clause, c.reading);
  if (form == nullptr)
    throw config::InputError(words.path(), "", "a claim that a certificate can violate",
                             c.statement + " " + c.clause + " " + c.reading);
  if (form->constant) c.constant = number(words, "constant");
  if (is_non_degenerate(c.reading)) {
    c.kappa = number(words, "kappa");
    c.active = count(words, "active");
  }
  if (form->neuron) c.neuron = count(words, "neuron");
}

void read_run(Words& words, Certificate& c, std::uint64_t d, std::uint64_t m, std::uint64_t n) {
  const bool noisy = c.method == CertificateMethod::label_noise_sgd || c.method == CertificateMethod::sam;
  c.eta = number(words, "eta");
  if (noisy) c.sigma = number(words, "sigma");
  if (c.method == CertificateMethod::sam) c.rho = number(words, "rho");
  if (c.method == CertificateMethod::oscillation) c.amplitude = number(words, "amplitude");
  words.keyword("theta_star");
  for (std::uint64_t k = 0; k < d; ++k) c.theta_star.push_back(words.number("an entry of theta*"));
  for (std::uint64_t l = 0; l < n; ++l) {
    words.keyword("x");
    c.inputs.emplace_back();
    for (std::uint64_t k = 0; k < d; ++k) c.inputs.back().push_back(words.number("an entry of x"));
  }
  for (std::uint64_t i = 0; i < m; ++i) {
    words.keyword("start");
    c.start.emplace_back();
    for (std::uint64_t k = 0; k <= d; ++k) c.start.back().push_back(words.range());
  }
  if (noisy) {
    words.keyword("driving");
    while (!words.at("end")) c.events.push_back(words.event());
  }
  if (c.method == CertificateMethod::oscillation)
    for (std::uint64_t t = 0; t <= c.steps; ++t) {
      words.keyword("layer");
      c.layers.emplace_back();
      for (std::uint64_t i = 0; i < m; ++i) c.layers.back().push_back(words.chain_state());
    }
}

}  // namespace

Certificate parse_certificate(const std::string& text, const std::string& path) {
  Words words(text, path);
  words.keyword("escapement-certificate");
  words.keyword("1");
  Certificate c;
  read_claim(words, c);
  const std::uint64_t bits = count(words, "bits");
  if (bits > kMostCertificateBits) words.fail(fmt::format("at most {} bits", kMostCertificateBits));
  c.bits = static_cast<unsigned>(bits);
  c.method = method(words);
  const std::uint64_t d = count(words, "d"), m = count(words, "m"), n = count(words, "n");
  c.steps = count(words, "T");
  if (c.statement == "lemma-4.6" && (c.reading.find("population") != std::string::npos) != (n == 0))
    throw config::InputError(path, "n", "0 in the population's readings of lemma-4.6, and only there",
                             std::to_string(n));
  read_run(words, c, d, m, n);
  words.keyword("end");
  if (!words.done()) {
    words.next("nothing");
    words.fail("nothing after 'end'");
  }
  return c;
}

Certificate read_certificate(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) throw config::InputError(path.string(), "", "a readable file");
  return parse_certificate(text.str(), path.string());
}

}  // namespace escapement::certify
