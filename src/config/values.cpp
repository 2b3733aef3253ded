#include "escapement/config/values.h"

#include <utility>

#include "escapement/config/scan.h"

namespace escapement::config {

namespace {

constexpr std::uint64_t kLeastBits = 2, kMostBits = 1'000'000;
constexpr long kCertifiedBits = 256;
constexpr unsigned kPlainDigits = 20;  // longer integers are printed in their shortest form

std::optional<Exact> positive(std::string_view text) {
  std::optional<Exact> value = numeric::parse_exact(text);
  if (value && *value <= 0) return std::nullopt;
  return value;
}

}  // namespace

bool parse_width(std::string_view text, Config& config) {
  std::optional<BigInt> value = numeric::parse_integer(text);
  if (!value || *value < 1) return false;
  config.m = std::move(*value);
  return true;
}

std::string print_width(const Config& config) {
  const bool is_short = config.m < boost::multiprecision::pow(BigInt(10), kPlainDigits);
  return is_short ? config.m.str() : numeric::to_string(Exact(config.m));
}

bool parse_samples(std::string_view text, Config& config) {
  if (text == "fresh" || text == "population") {
    config.population = text == "fresh" ? Population::fresh : Population::gaussian;
    config.n = 0;
    return true;
  }
  const std::optional<std::uint64_t> value = scan_integer(text, 1, kMaxSamples);
  if (!value) return false;
  config.population = Population::sample;
  config.n = static_cast<std::size_t>(*value);
  return true;
}

std::string print_samples(const Config& config) {
  switch (config.population) {
    case Population::fresh: return "fresh";
    case Population::gaussian: return "population";
    case Population::sample: break;
  }
  return std::to_string(config.n);
}

bool parse_batch(std::string_view text, Config& config) {
  if (text == "full") {
    config.batch = {true, 1};
    return true;
  }
  const std::optional<std::uint64_t> value = scan_integer(text, 1, kMaxBatch);
  if (value) config.batch = {false, *value};
  return value.has_value();
}

std::string print_batch(const Config& config) {
  return config.batch.full ? "full" : std::to_string(config.batch.size);
}

bool parse_amplitude(std::string_view text, Config& config) {
  if (text == "auto") {
    config.amplitude.reset();
    return true;
  }
  std::optional<Exact> value = positive(text);
  if (!value) return false;
  config.amplitude = std::move(value);
  return true;
}

std::string print_amplitude(const Config& config) {
  return config.amplitude ? numeric::to_string(*config.amplitude) : "auto";
}

bool parse_init(std::string_view text, Config& config) {
  if (text == "chain") {
    config.init = {Init::Kind::chain, 1};
    return true;
  }
  Init init;
  if (take_prefix(text, "balanced"))
    init.kind = Init::Kind::balanced;
  else if (!take_prefix(text, "ntk"))
    return false;
  if (!text.empty()) {
    if (!take_prefix(text, ":")) return false;
    std::optional<Exact> factor = positive(text);
    if (!factor) return false;
    init.factor = std::move(*factor);
  }
  config.init = std::move(init);
  return true;
}

std::string print_init(const Config& config) {
  if (config.init.kind == Init::Kind::chain) return "chain";
  const std::string name = config.init.kind == Init::Kind::ntk ? "ntk" : "balanced";
  return config.init.factor == 1 ? name : name + ":" + numeric::to_string(config.init.factor);
}

bool parse_precision(std::string_view text, Config& config) {
  if (text == "double") {
    config.precision = {};
    return true;
  }
  if (text == "auto") {
    config.precision = {PrecisionChoice::Kind::multiple, 0};
    return true;
  }
  if (text == "certified") {
    config.precision = {PrecisionChoice::Kind::certified, kCertifiedBits};
    return true;
  }
  PrecisionChoice choice{PrecisionChoice::Kind::multiple, 0};
  if (take_prefix(text, "certified:"))
    choice.kind = PrecisionChoice::Kind::certified;
  else
    choice.only_mpfr = take_prefix(text, "mpfr:");
  const std::optional<std::uint64_t> bits = scan_integer(text, kLeastBits, kMostBits);
  if (!bits) return false;
  choice.bits = static_cast<long>(*bits);
  config.precision = choice;
  return true;
}

std::string print_precision(const Config& config) {
  if (config.precision.bits == 0) return "auto";
  switch (config.precision.kind) {
    case PrecisionChoice::Kind::multiple:
      return (config.precision.only_mpfr ? "mpfr:" : "") + std::to_string(config.precision.bits);
    case PrecisionChoice::Kind::certified: return "certified:" + std::to_string(config.precision.bits);
    case PrecisionChoice::Kind::binary64: break;
  }
  return "double";
}

}  // namespace escapement::config
