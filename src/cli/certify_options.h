// `run --certify`: what is asked for, and what is said of how it went.
#pragma once

#include <nlohmann/json.hpp>

#include "escapement/certify/certified_run.h"
#include "escapement/cli/run_command.h"
#include "escapement/config/config.h"

namespace escapement::cli {

// Throws config::InputError for numbers that are none, for options of --certify without it, and where the configuration
// asks for another arithmetic. Sets the precision to begin with.
void prepare_certify(const RunArguments& arguments, config::Config& config);
certify::CertifyRequest certify_request(const RunArguments& arguments, const config::Config& config);

// What numbers are printed with: digits to below the radius, not all that the arithmetic had.
config::PrecisionChoice printed_precision(const certify::CertifiedRun& run);

nlohmann::ordered_json certified_json(const certify::CertifiedRun& run);
// One line: radius and bits, and how often bits were raised; or why it was not reached.
std::string certified_summary(const certify::CertifiedRun& run);

}  // namespace escapement::cli
