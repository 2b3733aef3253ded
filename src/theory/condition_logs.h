// Natural logarithms of what Condition 1 compares, at the working precision: in logarithms no number of it is large.
#pragma once

#include "escapement/theory/condition.h"

namespace escapement::theory {

class ConditionLogs {
 public:
  // Keeps references: point and inputs outlive it.
  ConditionLogs(const ConditionPoint& point, const ConditionInputs& inputs);

  const std::optional<Exact>& c_data_squared() const { return c_data_squared_; }
  bool has_C() const { return c_data_squared_.has_value(); }
  bool has_eta() const { return point_.eta.has_value() || has_C(); }
  bool has_m() const { return point_.m.has_value() || has_eta(); }

  // Terms of the footnote: 0 and 2 need C_data.
  Ball term(std::size_t index) const;
  std::size_t deciding() const;  // needs C_data
  Ball C() const;                // needs C_data
  Ball eta() const;              // needs has_eta()
  Ball m_bound() const;          // omega / sqrt(eta), before it is rounded up to an integer
  Ball n_bound() const;          // 1 / eta^2
  Ball m() const;                // needs has_m()
  Ball n() const;                // of a sample

  // The least integers, where they can be held in full.
  const std::optional<BigInt>& m_min() const { return m_min_; }
  const std::optional<BigInt>& n_min() const { return n_min_; }
  const std::optional<BigInt>& m_integer() const { return point_.m ? point_.m : m_min_; }

 private:
  const ConditionPoint& point_;
  const ConditionInputs& inputs_;
  std::optional<Exact> c_data_squared_;
  std::optional<BigInt> m_min_, n_min_;
};

// log10 from a natural logarithm.
Ball to_log10(const Ball& natural);

}  // namespace escapement::theory
