// Mutated configuration texts: TOML, --set, --sweep and numbers. Whatever comes in, a Config or an InputError comes out,
// and what was accepted prints as a text that is accepted again with the same meaning.
//   config_fuzz [--cases N] [--seed S] [--only I]      --only I: show and run case I of seed S, even if it crashes
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "escapement/config/keys.h"
#include "escapement/config/load.h"
#include "escapement/config/presets.h"
#include "escapement/config/sweep.h"
#include "escapement/config/toml_source.h"

namespace {

namespace config = escapement::config;
namespace numeric = escapement::numeric;
using Random = std::mt19937_64;

constexpr auto kPatience = std::chrono::seconds(60);

const std::vector<std::string_view> kToml = {
    "algorithm = 'label-noise-sgd'\nd = 20\nm = 1000\nn = 200\neta = 0.001\nsigma = 4\nsteps = 400000\n",
    "# a run\neta = 1e-700\nm = \"10^400\"\nrecord = \"log:10\" # points\nsnapshots = 'at:[0, 10, "
    "1e3]'\nseed = 0x10\n",
    "algorithm = \"oscillation\"\ninit = \"chain\"\namplitude = \"1/8\"\nstate = \"direct\"\nbatch = "
    "\"full\"\n",
    "algorithm = 'gd'\nn = 'population'\nprecision = 'certified:128'\nreplicas = 3\nreplica = 1\n",
    "schedule = 'periodic:5:10'\nnoise = \"gaussian\"\nloss = \"square\"\ninit = "
    "\"ntk:0.5\"\nrho = +1_0.5E-1\n",
    "\xEF\xBB\xBF\"\xCE\xB7\" = 1.5\r\n[table]\nx = {a = [1, 2.5, true], b.c = "
    "1979-05-27T07:32:00Z}\n[[list]]\n",
    "# θ\n'eta' = '2^-10' # '\n\"watch\" = \"8\"\nsnapshots = \"every:1e3\"\n",
    "d = 3\nm = 50\nn = \"fresh\"\neta = 2.5e-3\nsigma = 0.5\ntheta_norm = '1/3'\nsteps = 1_000\nbatch = "
    "8\nwatch = 2\n",
    "a.b.c = inf\nd = -nan\nwatch = 0b11\nbatch = 0o17\nm = \"\\u0031\\t\\\"\"\n",
};
const std::vector<std::string_view> kSets = {
    "eta=0.001",
    "m=10^400",
    "algorithm=sam",
    "schedule=periodic:5000:5000",
    "record=at:[0,10,1e3]",
    "snapshots=log:7",
    "init=balanced:1/3",
    "precision=certified:256",
    "precision=64",
    "batch=full",
    "n=fresh",
    "n = population",
    "amplitude=auto",
    "seed=18446744073709551615",
    "replica=4294967295",
    "steps=281474976710655",
    "state=width-free",
    "theta_norm=2^-30",
    "watch=8",
    "algorithm=oscillation",
    "loss=square",
    "noise=gaussian",
    "rho=0x1p-4",
};
const std::vector<std::string_view> kSweeps = {
    "eta=1e-5:1e-2:log:7", "m=10:10^7:log",           "sigma=0:4:lin:5",
    "seed=1,2,3",          "record=at:[1,2],every:5", "eta=2^-12:2^-10:log:3",
    "algorithm=sgd,gd",    "d=1:4096:lin:100",        "theta_norm=1/3:1/7:log:11",
};
const std::vector<std::string_view> kNumbers = {
    "0",
    "1000",
    "-1.5e-700",
    "0.001",
    "1/3",
    "2^-30",
    "10^-700",
    "0x1.8p-3",
    "1e999999999",
    "1.5^20",
    "12/4",
    "0.5/1e9",
    "-0x1.fffffffffffffp+1023",
    "99999999999999999999",
    "1e-0007",
};
const std::vector<std::string_view> kTokens = {
    "=",    "\n", ".",    "e",     "^",      "/",          "-",         "+",
    ":",    ",",  "[",    "]",     "{",      "}",          "\"",        "'",
    "#",    "\\", "0x",   "p",     "nan",    "inf",        "999999999", "9223372036854775808",
    "1e",   "e-", "at:[", "log:",  "every:", "\"\"\"",     "'''",       "\\u0000",
    "\r\n", "\t", "eta",  "steps", "true",   "1979-05-27", "\xCE\xB8",  "\xFF",
    "a.b",  "[[", "]]",   "_",
};

const std::vector<std::string_view>& pick_corpus(std::size_t kind) {
  const std::vector<std::string_view>* all[] = {&kToml, &kSets, &kSweeps, &kNumbers};
  return *all[kind];
}

std::size_t below(Random& random, std::size_t end) {
  return end == 0 ? 0 : static_cast<std::size_t>(random() % end);
}

void mutate(std::string& text, const std::vector<std::string_view>& corpus, Random& random) {
  const std::size_t at = below(random, text.size() + 1), length = below(random, text.size() - at + 1);
  switch (below(random, 9)) {
    case 0: text.insert(at, 1, static_cast<char>(random())); break;
    case 1: text.insert(at, kTokens[below(random, kTokens.size())]); break;
    case 2: text.erase(at, 1 + below(random, 3)); break;
    case 3: text.erase(at, length); break;
    case 4: text.insert(below(random, text.size() + 1), text.substr(at, length)); break;
    case 5: {  // a long repetition
      const std::string part = text.substr(at, 1 + below(random, 4));
      for (std::size_t i = below(random, 300); i > 0; --i) text.insert(at, part);
      break;
    }
    case 6: {
      const std::string_view other = corpus[below(random, corpus.size())];
      text = text.substr(0, at) + std::string(other.substr(below(random, other.size())));
      break;
    }
    case 7:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(random, 8)));
      break;
    default:
      if (at < text.size()) text[at] = static_cast<char>('0' + below(random, 10));
  }
}

void require(bool condition, const char* what) {
  if (!condition) throw std::logic_error(what);
}

void check_config(const config::Config& c) {
  config::Request again;
  for (const auto& [key, value] : config::canonical_entries(c))
    again.given.push_back({key, value, "again", false});
  const config::Config same = config::load(again);
  require(config::canonical_entries(same) == config::canonical_entries(c),
          "canonical entries do not load to themselves");
  require(config::fingerprint(same) == config::fingerprint(c), "fingerprints differ");
}

void run_one(std::size_t kind, const std::string& text, Random& random) {
  config::Request request;
  if (kind == 0) {
    request.given = config::parse_toml(text, "fuzz.toml");
    check_config(config::load(request));
  } else if (kind == 1) {
    if (below(random, 2) == 0)
      request.preset = config::preset_names()[below(random, config::presets().size())];
    request.sets = {text, std::string(kSets[below(random, kSets.size())])};
    check_config(config::load(request));
  } else if (kind == 2) {
    const config::Sweep sweep = config::parse_sweep(text);
    require(!sweep.values.empty(), "an empty sweep");
    for (const std::string& value : sweep.values) {
      config::Config c;
      config::apply(c, sweep.key, value, "sweep");
      require(config::value_of(c, sweep.key) == value, "a sweep's value is not canonical");
    }
  } else if (const auto value = numeric::parse_exact(text)) {
    const std::string canonical = numeric::to_string(*value);
    require(numeric::parse_exact(canonical) == value, "canonical text is another number");
    require(numeric::parse_integer(text).has_value() == (denominator(*value) == 1),
            "parse_integer disagrees");
  }
}

// Empty where all is well.
std::string failure_of(std::size_t kind, const std::string& text, Random& random) {
  const auto begin = std::chrono::steady_clock::now();
  try {
    run_one(kind, text, random);
  } catch (const config::InputError& error) {
    const std::string line = error.what();
    for (const char c : line)
      if (static_cast<unsigned char>(c) < 0x20) return "a control character in the message";
    if (error.where().empty() || error.expected().empty())
      return "an InputError without its place or expectation";
    if (line.find("again: ") == 0) return "what was accepted is refused: " + line;
  } catch (const std::exception& error) {
    return error.what();
  } catch (...) {
    return "an unknown exception";
  }
  return std::chrono::steady_clock::now() - begin > kPatience ? "more than a minute" : "";
}

struct Case {
  std::size_t kind;
  std::string text;
};

Case make_case(Random& random) {
  Case result;
  result.kind = below(random, 4);
  const std::vector<std::string_view>& corpus = pick_corpus(result.kind);
  result.text = corpus[below(random, corpus.size())];
  for (std::size_t i = below(random, 1 + below(random, 8)); i > 0; --i) mutate(result.text, corpus, random);
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t cases = 10'000, seed = 1, first = 0;
  bool only = false;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::uint64_t value = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--cases") == 0) {
      cases = value;
    } else if (std::strcmp(argv[i], "--seed") == 0) {
      seed = value;
    } else if (std::strcmp(argv[i], "--only") == 0) {
      first = value;
      cases = value + 1;
      only = true;
    } else {
      std::cerr << "usage: config_fuzz [--cases N] [--seed S] [--only I]\n";
      return 2;
    }
  }
  std::uint64_t passed = 0, failed = 0;
  for (std::uint64_t i = first; i < cases; ++i) {
    std::seed_seq mixed{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                        static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i >> 32)};
    Random random(mixed);
    const Case one = make_case(random);
    if (only) std::cerr << "kind " << one.kind << ": \"" << config::printable(one.text, 1'000'000) << "\"\n";
    const std::string failure = failure_of(one.kind, one.text, random);
    if (failure.empty()) {
      ++passed;
      continue;
    }
    ++failed;
    std::cerr << "case " << i << " of seed " << seed << " (kind " << one.kind << "): " << failure << "\n  \""
              << config::printable(one.text, 2000) << "\"\n";
  }
  std::cout << passed << " passed, " << failed << " failed\n";
  return failed == 0 ? 0 : 1;
}
