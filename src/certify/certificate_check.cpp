#include "escapement/certify/certificate_check.h"

#include "escapement/certify/certificate_file.h"
#include "escapement/certify/certificate_quantities.h"

namespace escapement::certify {

namespace {

// The claim's parts, as in Checker.v; each names itself where it fails.
class ClaimCheck {
 public:
  explicit ClaimCheck(const EnclosedRun& run)
      : run_(run), c_(run.certificate()), grid_(run.grid()), q_(run), start_(run.start()) {
    if (c_.statement == "sam-phases") half_norm_ = shared(2, q_.mean_norm(start_));
  }

  bool along(const FixedNetwork& s) const {
    if (c_.statement == "lemma-4.4")
      return below(grid_.exact(Exact(c_.amplitude * c_.amplitude)), q_.mean_square(s));
    if (c_.statement == "sam-phases") return at_most(half_norm_, q_.mean_norm(s));
    return true;
  }

  std::string failure(const FixedNetwork& s) const {
    if (c_.statement == "oscillation-identity") return oscillation(s);
    if (c_.statement == "theorem-4.2") return escape(s);
    if (c_.statement == "lemma-4.3") return diminishing_step(s);
    if (c_.statement == "lemma-4.4") return diminishing(s);
    if (c_.statement == "lemma-4.5") return alignment(s);
    if (c_.statement == "lemma-4.6") return convergence(s);
    const Enclosed first = q_.mean_cosine(start_), cosine = q_.mean_cosine(s);
    const FixedInterval half = shared(2, grid_.integer(1));
    if (!first || !below(*first, half)) return "the mean |cosine| may not start below one half";
    return unless(cosine && below(half, *cosine), "the mean |cosine| is not above one half");
  }

 private:
  static std::string unless(bool good, const char* failure) { return good ? "" : failure; }
  const CertificateEvent& next_event() const { return c_.events[c_.steps]; }
  FixedInterval times_eta(const FixedInterval& i) const { return grid_.times(i, run_.eta()); }

  std::string oscillation(const FixedNetwork& s) const {
    const FixedInterval move = grid_.times(run_.residual(next_event(), s),
                                           grid_.dot(run_.input(next_event().sample), s[c_.neuron].w));
    const FixedInterval left = grid_.square(move), right = grid_.square(times_eta(move));
    return unless(below(left, right) || below(right, left), "both sides may be equal");
  }

  bool in_ball(const FixedNetwork& s, std::size_t i) const {
    FixedVector moved;
    for (std::size_t k = 0; k < s[i].w.size(); ++k) moved.push_back(s[i].w[k] - start_[i].w[k]);
    return at_most(scaled(c_.start.size(), grid_.squares(moved)), grid_.integer(1));
  }

  std::string escape(const FixedNetwork& s) const {
    if (!q_.is_step_count(q_.escape_time())) return "the steps are not T1";
    if (!in_ball(s, c_.neuron)) return "the neuron may have left its ball";
    const FixedInterval four = scaled(4, grid_.squares(start_[c_.neuron].w));
    return unless(c_.reading != "norm-floor" || at_most(grid_.integer(1), four),
                  "the neuron may start below 1/2");
  }

  std::string diminishing_step(const FixedNetwork& s) const {
    const Enclosed time = q_.escape_time();
    if (!time || !at_most(grid_.integer(c_.steps), *time)) return "the steps may be beyond T1";
    for (std::size_t i = 0; i < s.size(); ++i)
      if (c_.steps > 0 && !in_ball(s, i)) return "a neuron may have left the lazy regime";
    if (c_.clause == "2b")
      return unless(below(grid_.exact(c_.constant), q_.delta_w(next_event(), s, c_.neuron)),
                    "DeltaW may be below the constant");
    const std::uint64_t events = 2 * c_.inputs.size();
    if (events == 0) return "there is no sample";
    if (c_.clause == "1b") {
      const FixedInterval bound = -grid_.square(shared(4, run_.sigma()));
      return unless(3 * events < 4 * q_.count_above(bound, s, c_.neuron),
                    "DeltaW <= -(sigma/4)^2 may have probability 1/4");
    }
    const Enclosed allowed = q_.sign_exceptions();
    const std::uint64_t count = q_.count_above({0, 0}, s, c_.neuron);
    return unless(allowed && below(*allowed, shared(events, grid_.integer(count))),
                  "DeltaW > 0 may be as rare as the lemma says");
  }

  std::string diminishing(const FixedNetwork& s) const {
    const Exact square = c_.amplitude * c_.amplitude;
    if (Exact(c_.start.size()) * square != 1) return "m is not 1/sqrt(eta)";
    if (square * square != c_.eta) return "the amplitude is not eta^(1/4)";
    if (Exact(c_.steps + 1) * (c_.eta * c_.eta) <= 1) return "the steps do not reach 1/eta^2";
    return unless(along(s), "the claim is not violated at the last step");
  }

  bool misaligned(const FixedNetwork& s, const FixedInterval& gap) const {
    const FixedNeuron& z = s[c_.neuron];
    return below(q_.overlap(z), grid_.times(grid_.integer(1) - gap, q_.norm_product(z)));
  }

  static constexpr const char* kOutsidePhaseTwo = "a weight may be above sqrt(eta)";
  bool phase_two_start() const {
    for (const FixedNeuron& z : start_)
      if (!at_most(grid_.squares(z.w), run_.eta()) || !at_most(grid_.square(z.a), run_.eta())) return false;
    return true;
  }

  std::string alignment(const FixedNetwork& s) const {
    const bool generic = c_.reading.find("generic") != std::string::npos;
    for (const std::vector<CertificateRange>& row : c_.start)
      for (const CertificateRange& r : row)
        if (generic && r.low == r.high) return "the box has no volume";
    if (!phase_two_start()) return kOutsidePhaseTwo;
    const Enclosed log = q_.log_inverse_eta();
    const bool flow_time = c_.reading.rfind("flow-time", 0) == 0;
    const FixedInterval speed = flow_time ? grid_.times(run_.eta(), q_.target_norm()) : q_.target_norm();
    if (!log || !q_.is_step_count(grid_.quotient(*log, speed))) return "the steps are not T2";
    const FixedInterval gap =
        grid_.times(grid_.exact(c_.constant), grid_.times(*log, grid_.root(run_.eta())));
    return unless(misaligned(s, gap), "the neuron may be aligned");
  }

  // Rows that are points, each a multiple of theta*. In one dimension any row is.
  bool aligned_start() const {
    for (const std::vector<CertificateRange>& row : c_.start)
      for (std::size_t k = 0; k < c_.theta_star.size(); ++k)
        for (std::size_t l = 0; l < c_.theta_star.size(); ++l)
          if (k != l && (row[k].low != row[k].high || row[l].low != row[l].high ||
                         row[k].low * c_.theta_star[l] != row[l].low * c_.theta_star[k]))
            return false;
    return positive(q_.target_norm());
  }

  bool active_neuron() const {
    if (!is_non_degenerate(c_.reading)) return true;
    if (c_.active >= start_.size()) return false;
    const FixedNeuron& z = start_[c_.active];
    return at_most(times_eta(grid_.exact(c_.kappa)), grid_.times(z.a, grid_.dot(z.w, run_.target())));
  }

  std::string convergence(const FixedNetwork& s) const {
    if (!phase_two_start()) return kOutsidePhaseTwo;
    for (const FixedNeuron& z : start_)
      if (!positive(grid_.squares(z.w))) return "a neuron may be zero";
    if (!aligned_start()) return "a neuron does not start aligned";
    if (!active_neuron()) return "the active neuron may be below kappa eta";
    const Enclosed log = q_.log_inverse_eta();
    if (!log || !q_.is_step_count(grid_.quotient(*log, times_eta(grid_.squares(run_.target())))))
      return "the steps are not t3 - t2";
    const FixedInterval gap = grid_.times(grid_.exact(c_.constant), grid_.times(run_.eta(), *log));
    if (c_.clause == "1")
      return unless(below(gap, q_.norm(run_.error(s))), "the predictor may be as near as the lemma says");
    if (!at_most(run_.eta(), grid_.squares(s[c_.neuron].w))) return "the neuron may be below sqrt(eta)";
    return unless(misaligned(s, gap), "the neuron may be aligned");
  }

  const EnclosedRun& run_;
  const Certificate& c_;
  const FixedGrid& grid_;
  CertificateQuantities q_;
  FixedNetwork start_;
  FixedInterval half_norm_;
};

constexpr unsigned kFirstBits = 64;

}  // namespace

CertificateAnswer check_certificate(const Certificate& certificate) {
  CertificateAnswer answer;
  answer.reason = malformation(certificate);
  if (!answer.reason.empty()) return answer;
  const EnclosedRun run(certificate);
  const ClaimCheck claim(run);
  answer.end = run.end([&](const FixedNetwork& s) { return claim.along(s); }, answer.reason);
  if (!answer.end) return answer;
  answer.reason = claim.failure(*answer.end);
  answer.accepted = answer.reason.empty();
  return answer;
}

CertificateAnswer check_certificate(const std::filesystem::path& path) {
  return check_certificate(read_certificate(path));
}

std::string enclosure_text(const std::optional<FixedNetwork>& end) {
  if (!end) return "none\n";
  std::string out;
  for (const FixedNeuron& z : *end) {
    for (const FixedInterval& i : z.w) out += i.low.str() + " " + i.high.str() + " ";
    out += z.a.low.str() + " " + z.a.high.str() + "\n";
  }
  return out;
}

std::optional<Certificate> completed(Certificate draft, unsigned most_bits) {
  const ClaimForm* form = find_claim_form(draft.statement, draft.clause, draft.reading);
  if (form == nullptr) return std::nullopt;
  const std::uint64_t neurons = form->neuron ? draft.start.size() : 1;
  for (unsigned bits = kFirstBits, step = bits / 2; bits <= most_bits; bits += step) {
    if (bits == 4 * step) step *= 2;  // 64, 96, 128, 192, 256, ...
    draft.bits = bits;
    for (draft.neuron = 0; draft.neuron < neurons; ++draft.neuron)
      if (check_certificate(draft).accepted) return draft;
  }
  return std::nullopt;
}

}  // namespace escapement::certify
