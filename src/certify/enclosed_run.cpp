#include "escapement/certify/enclosed_run.h"

#include <algorithm>

#include <fmt/format.h>

namespace escapement::certify {

EnclosedRun::EnclosedRun(const Certificate& c)
    : c_(c),
      grid_(c.bits),
      eta_(grid_.exact(c.eta)),
      sigma_(grid_.exact(c.sigma)),
      target_(grid_.exact(c.theta_star)) {
  for (const std::vector<Exact>& x : c.inputs) inputs_.push_back(grid_.exact(x));
}

FixedNetwork EnclosedRun::start() const {
  FixedNetwork s;
  for (const std::vector<CertificateRange>& row : c_.start) {
    FixedNeuron z;
    for (std::size_t k = 0; k + 1 < row.size(); ++k) z.w.push_back(grid_.between(row[k].low, row[k].high));
    z.a = grid_.between(row.back().low, row.back().high);
    s.push_back(std::move(z));
  }
  if (c_.method == CertificateMethod::oscillation) set_layer(c_.layers.front(), s);
  return s;
}

FixedVector EnclosedRun::error(const FixedNetwork& s) const {
  FixedVector second;
  std::vector<FixedVector> first;
  for (const FixedNeuron& z : s) {
    second.push_back(z.a);
    first.push_back(z.w);
  }
  FixedVector theta = grid_.combination(target_.size(), second, first);
  for (std::size_t k = 0; k < theta.size(); ++k) theta[k] = theta[k] - target_[k];
  return theta;
}

FixedInterval EnclosedRun::residual(const CertificateEvent& event, const FixedNetwork& s) const {
  return grid_.dot(error(s), input(event.sample)) - scaled(event.sign, sigma_);
}

FixedVector EnclosedRun::force(const CertificateEvent& event, const FixedNetwork& s) const {
  const FixedInterval g = residual(event, s);
  FixedVector q;
  for (const FixedInterval& x : input(event.sample)) q.push_back(grid_.times(g, x));
  return q;
}

FixedVector EnclosedRun::mean_gradient(const FixedNetwork& s) const {
  const FixedVector e = error(s);
  if (inputs_.empty()) return e;
  FixedVector along;
  for (const FixedVector& x : inputs_) along.push_back(grid_.dot(e, x));
  FixedVector q = grid_.combination(target_.size(), along, inputs_);
  for (FixedInterval& i : q) i = shared(inputs_.size(), i);
  return q;
}

FixedInterval EnclosedRun::gradient_norm(const FixedVector& q, const FixedNetwork& s) const {
  FixedVector second, seen;
  for (const FixedNeuron& z : s) {
    second.push_back(z.a);
    seen.push_back(grid_.dot(z.w, q));
  }
  return grid_.root(grid_.times(grid_.squares(second), grid_.squares(q)) + grid_.squares(seen));
}

FixedNetwork EnclosedRun::moved(const FixedInterval& k, const FixedVector& q, const FixedNetwork& direction,
                                const FixedNetwork& s) const {
  FixedNetwork result;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const FixedInterval ka = grid_.times(k, direction[i].a);
    FixedNeuron z;
    for (std::size_t j = 0; j < q.size(); ++j) z.w.push_back(s[i].w[j] + grid_.times(ka, q[j]));
    z.a = s[i].a + grid_.times(k, grid_.dot(direction[i].w, q));
    result.push_back(std::move(z));
  }
  return result;
}

void EnclosedRun::set_layer(const std::vector<std::int8_t>& layer, FixedNetwork& s) const {
  const FixedInterval alpha = grid_.exact(c_.amplitude);
  for (std::size_t i = 0; i < s.size(); ++i) s[i].a = scaled(layer[i], alpha);
}

std::optional<FixedNetwork> EnclosedRun::step(std::uint64_t t, const FixedNetwork& s) const {
  switch (c_.method) {
    case CertificateMethod::label_noise_sgd: return moved(-eta_, force(c_.events[t], s), s, s);
    case CertificateMethod::gradient_descent: return moved(-eta_, mean_gradient(s), s, s);
    case CertificateMethod::sam: {
      const FixedVector q = force(c_.events[t], s);
      const std::optional<FixedInterval> kappa = grid_.quotient(grid_.exact(c_.rho), gradient_norm(q, s));
      if (!kappa) return std::nullopt;
      const FixedNetwork raised = moved(*kappa, q, s, s);
      return moved(-eta_, force(c_.events[t], raised), raised, s);
    }
    case CertificateMethod::oscillation: {
      FixedNetwork next = moved(-eta_, mean_gradient(s), s, s);
      set_layer(c_.layers[t + 1], next);
      return next;
    }
  }
  return std::nullopt;
}

bool EnclosedRun::calm(const FixedNetwork& s) const {
  return std::all_of(s.begin(), s.end(), [&](const FixedNeuron& z) {
    return grid_.calm(z.a) &&
           std::all_of(z.w.begin(), z.w.end(), [&](const FixedInterval& i) { return grid_.calm(i); });
  });
}

std::optional<FixedNetwork> EnclosedRun::end(const std::function<bool(const FixedNetwork&)>& along,
                                             std::string& stopped) const {
  FixedNetwork s = start();
  for (std::uint64_t t = 0;; ++t) {
    if (!calm(s))
      stopped = fmt::format("the enclosure is too wide at step {}", t);
    else if (t == c_.steps)
      return s;
    else if (!along(s))
      stopped = fmt::format("the claim is not violated at step {}", t);
    if (!stopped.empty()) return std::nullopt;
    std::optional<FixedNetwork> next = step(t, s);
    if (!next) {
      stopped = fmt::format("the gradient may vanish at step {}", t);
      return std::nullopt;
    }
    s = std::move(*next);
  }
}

}  // namespace escapement::certify
