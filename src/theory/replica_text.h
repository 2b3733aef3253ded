// What was seen of a replica as one text, exactly: fields with commas between them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "escapement/numeric/ball.h"

namespace escapement::theory {

class ReplicaWriter {
 public:
  ReplicaWriter& add(std::uint64_t x);
  ReplicaWriter& add(bool x) { return add(std::uint64_t{x}); }
  ReplicaWriter& add(double x);  // any double
  ReplicaWriter& add(const numeric::Ball& x);
  const std::string& text() const { return text_; }

 private:
  ReplicaWriter& field(const std::string& text);
  std::string text_;
};

// The fields in their order. Aborts on a text that the writer did not write.
class ReplicaReader {
 public:
  explicit ReplicaReader(std::string_view text) : rest_(text) {}
  ReplicaReader& read(std::uint64_t& x);
  ReplicaReader& read(bool& x);
  ReplicaReader& read(double& x);
  ReplicaReader& read(numeric::Ball& x);

 private:
  std::string field();
  std::string_view rest_;
};

}  // namespace escapement::theory
