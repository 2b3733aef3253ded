// The certificate checker in C++: the same integers as proofs_check/checker/Checker.v, step by step, so that both give the
// same answer and the same last enclosure. That an accepted certificate violates its claim is proved there
// (checker_sound); that this mirror is faithful is tested.
#pragma once

#include <filesystem>

#include "escapement/certify/enclosed_run.h"

namespace escapement::certify {

struct CertificateAnswer {
  bool accepted = false;
  std::string reason;               // why not: the first thing that failed
  std::optional<FixedNetwork> end;  // the enclosure after the last step, where the run got there
};

CertificateAnswer check_certificate(const Certificate& certificate);
// Throws config::InputError where the file is none.
CertificateAnswer check_certificate(const std::filesystem::path& path);

// Empty, or what is wrong with the shapes and signs: the numbers are then no problem of the paper.
std::string malformation(const Certificate& certificate);

// A line a neuron: low and high end of each entry, integers in units of 2^-bits; `none` without an enclosure.
std::string enclosure_text(const std::optional<FixedNetwork>& end);

// The same certificate with the first neuron and the least of 64, 96, 128, 192, ... bits up to `most_bits` with which it
// is accepted; nothing if there is none.
std::optional<Certificate> completed(Certificate draft, unsigned most_bits = 1024);

}  // namespace escapement::certify
