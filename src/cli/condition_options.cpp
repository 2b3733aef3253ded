#include "escapement/cli/condition_options.h"

#include <CLI/CLI.hpp>

#include "escapement/config/input_error.h"

namespace escapement::cli {

using config::InputError;
using numeric::BigInt;
using numeric::Exact;

namespace {

Exact positive(const char* option, const std::string& text) {
  std::optional<Exact> value = numeric::parse_exact(text);
  if (!value || *value <= 0 || !within_reach(*value))
    throw InputError("command line", option, "a positive number from 10^-1000 to 10^1000", text);
  return *value;
}

}  // namespace

bool within_reach(const Exact& x) {
  static const Exact most(boost::multiprecision::pow(BigInt(10), 1000));
  return x <= most && x * most >= 1;
}

void declare_condition_options(CLI::App& command, ConditionOptions& o) {
  command.add_option("--c-data", o.c_data, "C_data of A5 (default: max |x_k| of the data set)")
      ->type_name("X");
  command.add_option("--K", o.K, "K of A6, undefined in the main text (default 1)")->type_name("X");
  command.add_option("--c", o.c, "c of A6, undefined in the main text (default 1)")->type_name("X");
  command.add_option("--omega", o.omega, "the constant that Omega hides in A1 (default 1)")->type_name("X");
  command
      .add_option("--footnote", o.footnote,
                  "sign of the exponent in the footnote's first term: minus (default) or plus")
      ->type_name("SIGN");
}

theory::ConditionInputs condition_inputs(const ConditionOptions& o) {
  theory::ConditionInputs inputs;
  const auto take = [&](const char* option, const char* name, const std::optional<std::string>& text,
                        Exact& into) {
    if (!text) return;
    into = positive(option, *text);
    inputs.given.insert(name);
  };
  take("--K", "K", o.K, inputs.K);
  take("--c", "c", o.c, inputs.c);
  take("--omega", "omega", o.omega, inputs.omega);
  if (o.c_data) inputs.c_data = positive("--c-data", *o.c_data);
  if (o.footnote) {
    if (*o.footnote != "minus" && *o.footnote != "plus")
      throw InputError("command line", "--footnote", "minus or plus", *o.footnote);
    inputs.footnote = *o.footnote == "plus" ? theory::Footnote::plus : theory::Footnote::minus;
    inputs.given.insert("footnote");
  }
  return inputs;
}

}  // namespace escapement::cli
