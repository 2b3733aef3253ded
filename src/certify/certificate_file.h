// Certificates as text, format `escapement-certificate 1` (docs/formats.md): integers and ratios of integers only.
#pragma once

#include <filesystem>

#include "escapement/certify/certificate.h"

namespace escapement::certify {

// Throws config::InputError with file, line and what was expected there.
Certificate read_certificate(const std::filesystem::path& path);
Certificate parse_certificate(const std::string& text, const std::string& path);  // the same from memory

// `comment`, line by line behind `#`, then the certificate. parse_certificate gives back every certificate with a claim
// form and the shapes that its fields say.
std::string certificate_text(const Certificate& certificate, const std::string& comment = "");

}  // namespace escapement::certify
