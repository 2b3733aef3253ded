// The main of every Catch2 executable. All options of Catch2 work as usual; beyond them, a run without a test and a
// test without an assertion count as failures, and RapidCheck is reproducible and scaled by ESCAPEMENT_EFFORT.
#define CATCH_CONFIG_RUNNER
#include <cstdlib>
#include <iostream>
#include <string>

#include <catch2/catch.hpp>

#include "support/effort.h"

namespace {

bool nothing_ran = false;

// Catch2's own warning about missing tests covers filters that match nothing, not an executable without tests.
struct CountTests : Catch::TestEventListenerBase {
  using TestEventListenerBase::TestEventListenerBase;
  void testRunEnded(const Catch::TestRunStats& stats) override {
    nothing_ran = stats.totals.testCases.total() == 0;
  }
};
CATCH_REGISTER_LISTENER(CountTests)

}  // namespace

int main(int argc, char** argv) {
  const std::string property_cases = std::to_string(escapement::test::scaled(100));
  setenv("RC_PARAMS", ("seed=1 max_success=" + property_cases).c_str(), /*overwrite=*/0);

  Catch::Session session;
  if (const int error = session.applyCommandLine(argc, argv); error != 0) return error;
  Catch::ConfigData& config = session.configData();
  config.warnings = static_cast<Catch::WarnAbout::What>(config.warnings | Catch::WarnAbout::NoAssertions |
                                                        Catch::WarnAbout::NoTests);
  const int result = session.run();
  if (nothing_ran) {
    std::cerr << "no test ran\n";
    return result != 0 ? result : 2;
  }
  return result;
}
