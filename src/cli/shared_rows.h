// The rows of `check` over ranks. A row whose claim says how (Claim::replicas) is judged on rank 0, a sequence of collections,
// sums and tests in which each step looks at the last; the replicas that it collects are units for everybody. Other rows are
// units themselves.
#pragma once

#include <optional>
#include <vector>

#include "escapement/cli/check_work.h"

namespace escapement::cli {

// Whether so many ranks are more than there are rows that collect replicas: then each row's are shared out, else the rows.
bool shares_replicas(const judge::Means& means, const std::vector<judge::Row>& rows, int ranks);

// Rows whose replicas are shared, by that rule or since an earlier process has finished some of them, one after the other;
// then the others, of which several ranks begin with those that sample and take longest. Nothing for those that an
// interruption of one process alone left out.
std::vector<std::optional<theory::Verdict>> judge_rows(const judge::Means& means,
                                                       const config::Config& config,
                                                       const std::vector<judge::Row>& rows, CheckCrew& crew);

}  // namespace escapement::cli
