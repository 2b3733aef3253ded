#include "escapement/engine/checkpoint.h"

#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>
#include <sys/inotify.h>
#include <unistd.h>

#include "escapement/config/load.h"
#include "escapement/engine/checkpoint_folder.h"

#include "support/scratch_folder.h"

using namespace escapement;
namespace fs = std::filesystem;

namespace {

constexpr engine::Watch kWatch{true};

model::Instance small(std::uint32_t replica = 0) {
  config::Request request;
  request.sets = {"d=2",     "m=5",     "n=4", "steps=12", "record=every:2", "snapshots=at:[3]",
                  "watch=2", "eta=1/64"};
  return model::make_instance(config::load(request), replica);
}

void save_some(const fs::path& folder, const model::Instance& instance) {
  engine::Simulation<double> simulation(instance, kWatch);
  engine::Checkpoint checkpoint(folder, instance, kWatch);
  observe::Trajectory trajectory;
  simulation.run(trajectory, [](std::uint64_t step) { return step < 7; });
  checkpoint.save(simulation, trajectory);
}

void resume(const fs::path& folder, const model::Instance& instance) {
  engine::Simulation<double> simulation(instance, kWatch);
  engine::Checkpoint checkpoint(folder, instance, kWatch);
  observe::Trajectory trajectory;
  checkpoint.resume(simulation, trajectory);
}

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

}  // namespace

TEST_CASE("a checkpoint with any one digit changed is refused, and names the file") {
  const test::ScratchFolder scratch;
  const model::Instance instance = small();
  save_some(scratch.path(), instance);
  CHECK_NOTHROW(resume(scratch.path(), instance));
  for (const char* name : {"replica-0.state", "replica-0.rows"}) {
    const fs::path file = scratch.path() / name;
    const std::string whole = text_of(file);
    std::size_t changed = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
      if (std::isxdigit(static_cast<unsigned char>(whole[at])) == 0) continue;
      std::string damaged = whole;
      damaged[at] = damaged[at] == '1' ? '2' : '1';
      write(file, damaged);
      INFO(name << ", byte " << at);
      CHECK_THROWS_WITH(resume(scratch.path(), instance), Catch::Contains(file.string()));
      ++changed;
    }
    CHECK(changed > 100);
    write(file, whole);
  }
}

// A kill between the two removals must leave what can be resumed from, or nothing.
TEST_CASE("states are removed before the journals that they count on") {
  const test::ScratchFolder scratch;
  const fs::path folder = scratch.path() / engine::kCheckpointFolder;
  for (std::uint32_t replica = 0; replica < 4; ++replica) save_some(folder, small(replica));
  const int events = ::inotify_init1(IN_NONBLOCK);
  if (events < 0) return;  // a machine without free watches
  REQUIRE(::inotify_add_watch(events, folder.c_str(), IN_DELETE) >= 0);
  engine::remove_checkpoints(folder);
  CHECK_FALSE(fs::exists(folder));
  alignas(inotify_event) char buffer[8192];
  const ssize_t size = ::read(events, buffer, sizeof buffer);
  ::close(events);
  std::vector<std::string> endings;
  for (ssize_t at = 0; at < size;) {
    const auto* event = reinterpret_cast<const inotify_event*>(buffer + at);
    if (event->len > 0) endings.push_back(fs::path(event->name).extension().string());
    at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
  }
  const std::vector<std::string> expected{".state", ".state", ".state", ".state",
                                          ".rows",  ".rows",  ".rows",  ".rows"};
  CHECK(endings == expected);
}

TEST_CASE("what is not ours in the folder of checkpoints is named, and nothing is removed") {
  const test::ScratchFolder scratch;
  const fs::path folder = scratch.path() / engine::kCheckpointFolder;
  CHECK_FALSE(engine::check_checkpoints(folder));
  save_some(folder, small());
  CHECK(engine::check_checkpoints(folder));
  for (const char* name : {"best.pt", "replica-1.state", "replica-1.rows", "replica-.rows", "replica-x.state",
                           "replica-1.state.tmp", "replica-1.rows.old"}) {
    write(folder / name, "of another program\n");
    CHECK_THROWS_WITH(engine::check_checkpoints(folder), Catch::Contains((folder / name).string()));
    engine::remove_checkpoints(folder);
    CHECK(text_of(folder / name) == "of another program\n");
    fs::remove_all(folder);
    save_some(folder, small());
  }
  for (const char* name : {"replica-1.state.tmp", "replica-1.rows"}) {  // a kill at the first byte
    write(folder / name, "");
    CHECK(engine::check_checkpoints(folder));
  }
  engine::remove_checkpoints(folder);
  CHECK_FALSE(fs::exists(folder));
}
