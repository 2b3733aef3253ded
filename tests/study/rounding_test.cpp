#include "support.h"

namespace escapement::study {

TEST_CASE("rounding: arithmetics part by rounding alone, and no verdict turns on it") {
  const std::vector<std::string> sets{"d=3", "m=8", "n=6"};
  const Result result = test::conducted("rounding", sets);
  for (const Row& row : test::rows_with(result, {{"step", "1"}})) {
    CHECK(test::number(result, row, "neurons_apart") > 1e-18);  // they are different arithmetics
    CHECK(test::number(result, row, "neurons_apart") < 1e-15);
  }
  for (const Row& row : test::rows_with(result, {{"step", "1000"}})) {
    CHECK(test::number(result, row, "theta_apart") < 1e-12);
    CHECK(test::number(result, row, "lazy_differs") == 0);
  }
  CHECK(test::fit(result, "verdicts that differ between double and 512 bits").estimate == 0);
}

}  // namespace escapement::study
