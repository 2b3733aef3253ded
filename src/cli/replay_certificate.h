// `escapement replay FILE.cert`: the certificate checker on a file.
#pragma once

#include <filesystem>
#include <string>

#include <nlohmann/json.hpp>

#include "escapement/certify/certificate_check.h"

namespace escapement::cli {

inline bool is_certificate(const std::filesystem::path& file) { return file.extension() == ".cert"; }

// Several lines for a person: the answer, why not, the claim and the run.
std::string certificate_answer_text(const std::filesystem::path& file,
                                    const certify::Certificate& certificate,
                                    const certify::CertificateAnswer& answer);
nlohmann::ordered_json certificate_answer_json(const std::filesystem::path& file,
                                               const certify::Certificate& certificate,
                                               const certify::CertificateAnswer& answer);

}  // namespace escapement::cli
