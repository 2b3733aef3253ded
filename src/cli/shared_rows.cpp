#include "escapement/cli/shared_rows.h"

#include <algorithm>

#include "escapement/judge/verdict_text.h"
#include "escapement/numeric/check.h"

namespace escapement::cli {

namespace {

void append_parts(std::vector<std::string>& all, const std::string& text) {
  std::size_t begin = 0;
  for (std::size_t end = text.find('|'); end != std::string::npos; end = text.find('|', begin)) {
    all.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  all.push_back(text.substr(begin));
}

std::vector<std::string> collect(CheckCrew& crew, std::size_t row, const std::string& what,
                                 std::uint32_t first, std::uint32_t count) {
  // Few replicas, such as a rung of a ladder has, are long ones: each is a unit. The choice must not depend on the ranks, or
  // another number of them could not go on.
  constexpr std::uint32_t kUnit = judge::EngineLaboratory::kGroup;
  const std::uint32_t size = count < kUnit ? 1 : kUnit;
  std::vector<std::string> units;
  for (std::uint32_t begun = 0; begun < count; begun += size)
    units.push_back(CheckWork::replicas_unit(row, what, first + begun, std::min(size, count - begun)));
  std::vector<std::string> texts;
  for (const auto& text : crew.results(units)) {
    if (!text) throw judge::Interrupted();
    append_parts(texts, *text);
  }
  ESCAPEMENT_CHECK(texts.size() == count);
  return texts;
}

bool collects(const judge::Row& row, const judge::Means& means) {
  return row.claim->replicas && !means.inside;
}

// Nothing after an interruption of one process alone.
std::optional<theory::Verdict> judge_shared(const std::vector<judge::Row>& rows, std::size_t row,
                                            const config::Config& config, judge::Means means,
                                            CheckCrew& crew) {
  const std::string name = row_name(rows[row]);
  crew.say(name);
  means.doing = [&](const judge::Doing& doing) {
    if (doing.test) crew.say(name + ": " + note_of(doing));
  };
  means.sharing = {static_cast<unsigned>(crew.ranks()),
                   [&](const std::string& what, std::uint32_t first, std::uint32_t count) {
                     return collect(crew, row, what, first, count);
                   }};
  std::optional<theory::Verdict> verdict;
  try {
    verdict = judge::judge_one_of(rows, row, config, means);
  } catch (const judge::Interrupted&) {
    if (!crew.interrupted()) throw;
  }
  crew.say("");
  return verdict;
}

}  // namespace

bool shares_replicas(const judge::Means& means, const std::vector<judge::Row>& rows, int ranks) {
  const auto collecting =
      std::count_if(rows.begin(), rows.end(), [&](const judge::Row& row) { return collects(row, means); });
  return collecting > 0 && collecting < ranks;
}

std::vector<std::optional<theory::Verdict>> judge_rows(const judge::Means& means,
                                                       const config::Config& config,
                                                       const std::vector<judge::Row>& rows, CheckCrew& crew) {
  const bool share = shares_replicas(means, rows, crew.ranks());
  std::vector<std::optional<theory::Verdict>> found(rows.size());
  std::vector<std::size_t> whole;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!collects(rows[i], means) || !(share || crew.knows(CheckWork::replicas_units_of(i))))
      whole.push_back(i);
    else if (!crew.interrupted())
      found[i] = judge_shared(rows, i, config, means, crew);
  }
  if (crew.interrupted()) return found;
  if (crew.ranks() > 1)
    std::stable_partition(whole.begin(), whole.end(), [&](std::size_t i) { return rows[i].claim->samples; });
  std::vector<std::string> units;
  for (const std::size_t i : whole) units.push_back(CheckWork::row_unit(i));
  const auto texts = crew.results(units);
  for (std::size_t k = 0; k < whole.size(); ++k)
    if (texts[k]) {
      found[whole[k]] = judge::verdict_of(*texts[k]);
      ESCAPEMENT_CHECK(found[whole[k]].has_value());
    }
  return found;
}

}  // namespace escapement::cli
