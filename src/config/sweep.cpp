#include "escapement/config/sweep.h"

#include <set>
#include <utility>

#include <fmt/format.h>

#include "escapement/config/keys.h"
#include "escapement/config/ladder.h"
#include "escapement/config/scan.h"

namespace escapement::config {

namespace {

constexpr const char* kSweep = "--sweep";
constexpr std::uint64_t kDefaultCount = 9;
constexpr std::size_t kMaxSweepBits =
    100'000'000;  // of all values together, about; some seconds to write out

bool is_range(const std::vector<std::string_view>& parts) {
  return (parts.size() == 3 || parts.size() == 4) && (parts[2] == "log" || parts[2] == "lin");
}

std::size_t bits(const Exact& value) {
  return mpz_sizeinbase(numerator(value).backend().data(), 2) +
         mpz_sizeinbase(denominator(value).backend().data(), 2);
}

Exact nearest_integer(const Exact& value) {
  const BigInt top = 2 * numerator(value) + denominator(value), bottom = 2 * denominator(value);
  BigInt floor;
  mpz_fdiv_q(floor.backend().data(), top.backend().data(), bottom.backend().data());
  return Exact(floor);
}

std::vector<std::string> range_values(const Key& key, const std::vector<std::string_view>& parts,
                                      std::string_view text) {
  const auto refuse = [&](const std::string& expected) {
    return InputError(kSweep, key.name, expected, std::string(text));
  };
  if (key.kind == KeyKind::other) throw refuse("values with commas between them, since it takes no numbers");
  const bool logarithmic = parts[2] == "log";
  const std::optional<Exact> a = numeric::parse_exact(parts[0]), b = numeric::parse_exact(parts[1]);
  if (!a || !b) throw refuse("a:b:log[:COUNT] or a:b:lin[:COUNT] with numbers a and b");
  if (logarithmic && (*a <= 0 || *b <= 0)) throw refuse("a:b:log[:COUNT] with positive a and b");
  const auto count =
      parts.size() == 4 ? scan_integer(parts[3], 1, kMaxSweepPoints) : std::optional(kDefaultCount);
  if (!count) throw refuse(fmt::format("a COUNT from 1 to {}", kMaxSweepPoints));
  if (*a == *b || *count == 1) {
    if (*a != *b) throw refuse("a COUNT of at least 2 from a to another b");
    return {numeric::to_string(key.kind == KeyKind::integer ? nearest_integer(*a) : *a)};
  }
  const auto size = static_cast<std::size_t>(*count);
  if ((bits(*a) + bits(*b)) * size > kMaxSweepBits) throw refuse("fewer values or shorter numbers");
  std::vector<std::string> values;
  for (const Exact& value : logarithmic ? logarithmic_ladder(*a, *b, size) : linear_ladder(*a, *b, size)) {
    std::string next = numeric::to_string(key.kind == KeyKind::integer ? nearest_integer(value) : value);
    if (values.empty() || values.back() != next) values.push_back(std::move(next));
  }
  return values;
}

}  // namespace

Sweep parse_sweep(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos)
    throw InputError(kSweep, "", "key=v1,v2,... or key=a:b:log[:COUNT] or key=a:b:lin[:COUNT]",
                     std::string(text));
  const Key& key = find_key(trimmed(text.substr(0, equals)), kSweep);
  const std::string_view right = trimmed(text.substr(equals + 1));
  Sweep sweep{key.name, {}};
  if (const auto parts = split(right, ':'); is_range(parts)) {
    sweep.values = range_values(key, parts, right);
  } else {
    for (const std::string_view value : split(right, ',')) sweep.values.emplace_back(trimmed(value));
  }
  if (sweep.values.size() > kMaxSweepPoints)
    throw InputError(kSweep, key.name, fmt::format("at most {} values", kMaxSweepPoints));
  for (std::string& value : sweep.values) {
    Config scratch;
    apply(scratch, key.name, value, kSweep);
    value = value_of(scratch, key.name);
  }
  std::set<std::string_view> seen;
  for (const std::string& value : sweep.values)
    if (!seen.insert(value).second) throw InputError(kSweep, key.name, "each value once", value);
  return sweep;
}

}  // namespace escapement::config
