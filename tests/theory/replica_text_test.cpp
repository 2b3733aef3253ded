// What was seen of a replica goes to another process and back to the bit.
#include "escapement/theory/replica_text.h"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

using namespace escapement;
using numeric::Ball;
using theory::ReplicaReader;
using theory::ReplicaWriter;

TEST_CASE("fields come back exactly, in their order") {
  const double doubles[] = {0.1, -0.0, 5e-324, std::numeric_limits<double>::infinity(), 1.5};
  const Ball balls[] = {Ball::from(numeric::Exact(1, 3)), Ball(0), Ball(1) / Ball(0)};
  ReplicaWriter out;
  out.add(std::uint64_t{0}).add(~std::uint64_t{0}).add(true).add(false);
  for (const double x : doubles) out.add(x);
  for (const Ball& x : balls) out.add(x);
  CHECK(out.text().find_first_of(";|\n") == std::string::npos);

  ReplicaReader in(out.text());
  std::uint64_t least = 1, most = 0;
  bool yes = false, no = true;
  in.read(least).read(most).read(yes).read(no);
  CHECK(least == 0);
  CHECK(most == ~std::uint64_t{0});
  CHECK(yes);
  CHECK_FALSE(no);
  for (const double x : doubles) {
    double back = 7;
    in.read(back);
    CHECK(back == x);
    CHECK(std::signbit(back) == std::signbit(x));
  }
  for (const Ball& x : balls) {
    Ball back;
    in.read(back);
    CHECK(back.dump() == x.dump());
  }
}
