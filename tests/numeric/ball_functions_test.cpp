// Elementary functions of enclosures against values of mpmath (80 digits), by agreement of two precisions, and what is
// read off an enclosure.
#include "escapement/numeric/ball_functions.h"

#include <limits>
#include <vector>

#include <catch2/catch.hpp>

#include "escapement/numeric/precision.h"

#include "support/effort.h"
#include "support/exact_of.h"

using namespace escapement::numeric;
using escapement::test::Dice;
using escapement::test::power_of_two;

namespace {

Ball of(const char* text) { return Ball::from(*parse_exact(text)); }

// Contains the recorded decimal but for its own rounding, and is as narrow as the precision promises.
void require_value(const Ball& found, const char* recorded) {
  INFO(recorded);
  Ball known;
  REQUIRE(arb_set_str(known.raw(), recorded, 400) == 0);
  Ball slack = known.mid();
  slack *= power(Ball(10), -68);
  arb_add_error(known.raw(), slack.raw());
  REQUIRE(found.overlaps(known));
  REQUIRE(arb_rel_accuracy_bits(found.raw()) > 200);
}

}  // namespace

TEST_CASE("functions against mpmath") {
  const WorkingPrecision precision(256);
  require_value(pi(), "3.141592653589793238462643383279502884197169399375105820974944592307816");
  require_value(exp(of("1/3")), "1.395612425086089528628125319602586837597906515199406982617516706031739");
  require_value(exp(of("-1000")),
                "5.075958897549456765291809479574336919305599282892837361832393845410541e-435");
  require_value(exp(of("1e6")),
                "3.033215396802087545086402141418114327083973794813477409606194999786226e+434294");
  require_value(log(of("10")), "2.302585092994045684017991454684364207601101488628772976033327900967573");
  require_value(log(of("1e-700")),
                "-1.611809565095831978812594018279054945320771042040141083223329530677301e+3");
  require_value(log(BigInt("123456789012345678901234567890")),
                "6.698568871914297739757675389633418590267017143555796980521830886541124e+1");
  require_value(log10(of("2")), "3.010299956639811952137388947244930267681898814621085413104274611271082e-1");
  require_value(log10(of("1/7")),
                "-8.450980400142568307122162585926361934835723963239654065036349537182534e-1");
  require_value(pow(of("3"), Exact(1, 3)),
                "1.442249570307408382321638310780109588391869253499350577546416194541688");
  require_value(pow(of("1/5"), Exact(-7, 2)),
                "2.795084971874737120511467085914095294300772949514407155338621556763151e+2");
  require_value(pow(of("1000"), Exact(-1, 4)),
                "1.778279410038922801225421195192684844735790526402255358011830722776302e-1");
  require_value(power(of("1/3"), -96), "6.362685441135942358474828762538534230890216321e+45");
  require_value(power(pi(), 50),
                "7.20267194471580330636465267235142347541936179524063386722193251713658e+24");
  require_value(root(of("2"), 8), "1.090507732665257659207010655760707978992702718540067121785667647683301");
  require_value(exp10(of("-1/7")),
                "7.196856730011520199287864249634569392229852421017579176013363872826784e-1");
  require_value(chi_squared_upper(20, of("40")),
                "4.995412308307587166189271786748858788314149850375459472375883393018232e-3");
  require_value(chi_squared_upper(1, of("9")),
                "2.699796063260189053303629535189954755658736316761298728443970711611442e-3");
}

TEST_CASE("two precisions agree, and the finer enclosure is the narrower") {
  Dice dice(41);
  for (int i = 0; i < escapement::test::scaled(500); ++i) {
    Exact x = escapement::test::magnitude(dice.number(40));
    if (x == 0) x = 1;
    const Exact y = dice.number(3);
    const long k = dice.between(-20, 20);
    const auto every = [&] {
      const Ball b = Ball::from(x);
      return std::vector<Ball>{exp(Ball::from(y)),
                               log(b),
                               log10(b),
                               pow(b, y),
                               power(b, k),
                               root(b, 7),
                               exp10(Ball::from(y)),
                               pi(),
                               chi_squared_upper(3, b)};
    };
    const long bits = dice.between(30, 300);
    std::vector<Ball> coarse, fine;
    {
      const WorkingPrecision precision(bits);
      coarse = every();
    }
    const WorkingPrecision precision(2 * bits + 200);
    fine = every();
    for (std::size_t j = 0; j < coarse.size(); ++j) {
      INFO("function " << j << " x " << to_string(x) << " y " << to_string(y));
      REQUIRE(coarse[j].overlaps(fine[j]));
      REQUIRE(less_equal(fine[j].radius(), coarse[j].radius()) == Truth::yes);
    }
    REQUIRE(exp(log(Ball::from(x))).contains(x));
    REQUIRE(power(root(Ball::from(x), 5), 5).contains(x));
    REQUIRE(pow(Ball::from(x), Exact(1, 2)).overlaps(sqrt(Ball::from(x))));
  }
}

TEST_CASE("outside the domain nothing finite comes back") {
  const WorkingPrecision precision(128);
  REQUIRE_FALSE(log(Ball(0)).is_finite());
  REQUIRE_FALSE(log(Ball(-1)).is_finite());
  REQUIRE_FALSE(log10(Ball(-1)).is_finite());
  REQUIRE_FALSE(pow(Ball(-2), Exact(1, 2)).is_finite());
  REQUIRE_FALSE(root(Ball(-2), 4).is_finite());
  REQUIRE(pow(Ball(-2), 3).contains(Exact(-8)));
}

TEST_CASE("decimals: certain digits only") {
  const WorkingPrecision precision(256);
  REQUIRE(decimal(Ball(0), 10) == "0");
  REQUIRE(decimal(Ball(1), 10) == "1");
  REQUIRE(decimal(Ball(-120), 10) == "-120");
  REQUIRE(decimal(Ball(1200), 3) == "1.2e3");
  REQUIRE(decimal(of("0.25"), 10) == "0.25");
  REQUIRE(decimal(of("1.234e-713"), 4) == "1.234e-713");
  REQUIRE(decimal(of("-1/3"), 5) == "-0.33333");
  REQUIRE(decimal(of("1/30000"), 5) == "3.3333e-5");
  REQUIRE(decimal(of("1/3000"), 5) == "0.00033333");
  REQUIRE(decimal(of("200000/3"), 5) == "66667");
  REQUIRE(decimal(of("2000000/3"), 5) == "6.6667e5");
  REQUIRE(decimal(of("2/3"), 1) == "0.7");
  REQUIRE(decimal(exp(of("1e40")), 8) == "9.3337902e4342944819032518276511289189166050822943");

  // A radius takes digits away, and all of them where the sign is in doubt.
  const auto blurred = [](Ball x, const char* radius) {
    arb_add_error(x.raw(), of(radius).raw());
    return x;
  };
  REQUIRE(decimal(blurred(of("1.23456789"), "1e-5"), 20) == "1.2346");
  REQUIRE(decimal(blurred(of("12345"), "40"), 20) == "1.2e4");
  REQUIRE(decimal(blurred(of("1"), "1e-30"), 20) == "1.0000000000000000000");
  REQUIRE(decimal(blurred(of("1"), "2"), 20).empty());
  REQUIRE(decimal(blurred(of("1"), "0.9"), 20).empty());
  REQUIRE(decimal(Ball::dyadic(std::numeric_limits<double>::infinity()), 5).empty());
  REQUIRE(decimal(Ball::dyadic(std::numeric_limits<double>::quiet_NaN()), 5).empty());
}

TEST_CASE("decimals read back within a unit of their last digit of every point of the enclosure") {
  Dice dice(42);
  for (int i = 0; i < escapement::test::scaled(1000); ++i) {
    const WorkingPrecision precision(dice.between(20, 300));
    const Exact x = dice.number(200);
    const int digits = static_cast<int>(dice.between(1, 60));
    const std::string text = decimal(Ball::from(x), digits);
    if (text.empty()) continue;
    INFO(text);
    const std::optional<Exact> read = parse_exact(text);
    REQUIRE(read);
    std::string mantissa = text.substr(0, text.find('e'));
    std::erase_if(mantissa, [](char c) { return c == '-' || c == '.'; });
    mantissa.erase(0, mantissa.find_first_not_of('0'));
    if (x == 0) {
      REQUIRE(*read == 0);
      continue;
    }
    REQUIRE(static_cast<int>(mantissa.size()) <= std::max(digits, 1));
    Exact unit = escapement::test::magnitude(*read);  // of the last digit, at most this
    for (std::size_t k = 1; k < mantissa.size(); ++k) unit /= 10;
    REQUIRE(escapement::test::magnitude(*read - x) <= unit);
  }
}

TEST_CASE("integers in full") {
  const WorkingPrecision precision(64);
  REQUIRE(ceiling(of("7/2")) == BigInt(4));
  REQUIRE(ceiling(of("-7/2")) == BigInt(-3));
  REQUIRE(ceiling(Ball(5)) == BigInt(5));
  REQUIRE(ceiling(Ball(0)) == BigInt(0));
  REQUIRE(ceiling(of("1e-400")) == BigInt(1));
  REQUIRE_FALSE(ceiling(sqrt(Ball(2)) * sqrt(Ball(2))));  // 2 or 3 for all the enclosure knows
  REQUIRE_FALSE(ceiling(of("1e40/3")));                   // too few bits
  REQUIRE_FALSE(ceiling(exp(of("1e30"))));
  // floor(pi 10^60) + 1; the digits of pi are no function of ours.
  REQUIRE(full_integer([] { return pi() * power(Ball(10), 60); }) ==
          BigInt("3141592653589793238462643383279502884197169399375105820974945"));
  REQUIRE_FALSE(full_integer([] { return sqrt(Ball(2)) * sqrt(Ball(2)); }, 1024));
  REQUIRE_FALSE(full_integer([] { return exp(of("1e30")); }));
}

TEST_CASE("exact ceilings") {
  REQUIRE(ceiling_of(Exact(7, 2)) == 4);
  REQUIRE(ceiling_of(Exact(-7, 2)) == -3);
  REQUIRE(ceiling_of(Exact(6, 2)) == 3);
  REQUIRE(ceiling_of_root(0) == 0);
  REQUIRE(ceiling_of_root(Exact(1, 10)) == 1);
  Dice dice(43);
  for (int i = 0; i < escapement::test::scaled(300); ++i) {
    const Exact x = escapement::test::magnitude(dice.number(300));
    const BigInt k = ceiling_of_root(x);
    REQUIRE(Exact(k * k) >= x);
    if (k > 0) REQUIRE(Exact((k - 1) * (k - 1)) < x);
    const BigInt square = k * k;
    REQUIRE(ceiling_of_root(Exact(square)) == k);
  }
}

TEST_CASE("refinement stops where the answer is good, and at the limit") {
  int calls = 0;
  const Ball tight = refined(
      [&] {
        ++calls;
        return log(Ball(2));
      },
      1000);
  REQUIRE(arb_rel_accuracy_bits(tight.raw()) >= 1000);
  REQUIRE(calls == 5);  // 64, 128, 256, 512, 1024
  REQUIRE(decided([] { return less(sqrt(Ball(2)) * sqrt(Ball(2)), Ball(2)); }, 4096) == Truth::unknown);
  REQUIRE(decided([] { return less(exp(of("1e-60")), Ball(1) + of("1e-60")); }) == Truth::no);
  REQUIRE(working_bits() == kDoubleBits);
}
