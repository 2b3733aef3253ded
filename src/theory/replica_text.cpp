#include "escapement/theory/replica_text.h"

#include <cstdlib>

#include <fmt/format.h>

#include "escapement/numeric/check.h"

namespace escapement::theory {

ReplicaWriter& ReplicaWriter::field(const std::string& text) {
  if (!text_.empty()) text_ += ',';
  text_ += text;
  return *this;
}

ReplicaWriter& ReplicaWriter::add(std::uint64_t x) { return field(std::to_string(x)); }
ReplicaWriter& ReplicaWriter::add(double x) { return field(fmt::format("{:a}", x)); }
ReplicaWriter& ReplicaWriter::add(const numeric::Ball& x) { return field(x.dump()); }

std::string ReplicaReader::field() {
  ESCAPEMENT_CHECK(!rest_.empty());
  const std::size_t end = std::min(rest_.find(','), rest_.size());
  std::string text(rest_.substr(0, end));
  rest_.remove_prefix(std::min(end + 1, rest_.size()));
  return text;
}

ReplicaReader& ReplicaReader::read(std::uint64_t& x) {
  const std::string text = field();
  char* end = nullptr;
  x = std::strtoull(text.c_str(), &end, 10);
  ESCAPEMENT_CHECK(!text.empty() && *end == '\0');
  return *this;
}

ReplicaReader& ReplicaReader::read(bool& x) {
  std::uint64_t number = 0;
  read(number);
  ESCAPEMENT_CHECK(number <= 1);
  x = number == 1;
  return *this;
}

ReplicaReader& ReplicaReader::read(double& x) {
  const std::string text = field();
  char* end = nullptr;
  x = std::strtod(text.c_str(), &end);
  ESCAPEMENT_CHECK(!text.empty() && *end == '\0');
  return *this;
}

ReplicaReader& ReplicaReader::read(numeric::Ball& x) {
  ESCAPEMENT_CHECK(numeric::Ball::undump(field(), x));
  return *this;
}

}  // namespace escapement::theory
