#include "escapement/cluster/journal.h"

#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "escapement/cluster/failed.h"

#include "support/scratch_folder.h"

using namespace escapement::cluster;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

using Results = std::map<std::string, std::string>;

}  // namespace

TEST_CASE("journals of all ranks are read together, whoever goes on") {
  const escapement::test::ScratchFolder scratch;
  const fs::path path = scratch.path() / "journal";
  CHECK(read_journals(path, "q").empty());
  {
    Journal zero(path, 0, "q"), three(path, 3, "q");
    CHECK_FALSE(fs::exists(path));  // nothing is finished
    zero.add("row 1", "a;b");
    three.add("row 2", "");
    zero.add("row 4", "{\"x\": [1]}");
  }
  Journal(path, 0, "q").add("row 0", "again");
  const Results expected{{"row 0", "again"}, {"row 1", "a;b"}, {"row 2", ""}, {"row 4", "{\"x\": [1]}"}};
  CHECK(read_journals(path, "q") == expected);
  CHECK_THROWS_WITH(read_journals(path, "another"), Catch::Contains("of another question"));
}

TEST_CASE("cut at any byte: whole lines count, the torn one is cut off by the next") {
  const escapement::test::ScratchFolder scratch;
  const fs::path path = scratch.path() / "journal", file = path / "rank-0.journal";
  {
    Journal journal(path, 0, "q");
    for (const char* unit : {"row 0", "row 1", "row 2"}) journal.add(unit, std::string("of ") + unit);
  }
  const std::string whole = text_of(file);
  std::size_t most = 0;
  for (std::size_t length = 0; length <= whole.size(); ++length) {
    write(file, whole.substr(0, length));
    const Results found = read_journals(path, "q");
    CHECK(found.size() >= most);
    CHECK(found.size() <= 3);
    most = found.size();
    for (const auto& [unit, result] : found) CHECK(result == "of " + unit);
    Journal(path, 0, "q").add("row 9", "later");
    Results later = found;
    later["row 9"] = "later";
    CHECK(read_journals(path, "q") == later);
  }
  CHECK(most == 3);
}

TEST_CASE("what is damaged in its midst is refused with its line") {
  const escapement::test::ScratchFolder scratch;
  const fs::path path = scratch.path() / "journal", file = path / "rank-0.journal";
  {
    Journal journal(path, 0, "q");
    for (const char* unit : {"row 0", "row 1", "row 2"}) journal.add(unit, "result");
  }
  const std::string whole = text_of(file);
  const std::size_t head = whole.find('\n') + 1;
  for (std::size_t at = head; at + 1 < whole.size(); at += 7) {
    std::string damaged = whole;
    damaged[at] = damaged[at] == '\n' ? ' ' : static_cast<char>(damaged[at] ^ 1);
    write(file, damaged);
    CHECK_THROWS_AS(read_journals(path, "q"), Failed);
  }
  write(file, "some text\n");
  CHECK_THROWS_WITH(read_journals(path, "q"), Catch::Contains("not a journal"));
}
