// Mutated checkpoints of small runs, in every arithmetic and state: resuming goes on to the end or refuses with an InputError.
//   checkpoint_fuzz [--cases N] [--seed S] [--only I]
// Works in a folder of its own below the current one.
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "escapement/config/load.h"
#include "escapement/engine/checkpoint.h"
#include "escapement/engine/run.h"
#include "escapement/numeric/checksum.h"
#include "escapement/numeric/precision.h"

#include "support/texts.h"

namespace {

namespace config = escapement::config;
namespace engine = escapement::engine;
namespace fs = std::filesystem;
namespace fuzz = escapement::fuzz;
namespace model = escapement::model;
namespace numeric = escapement::numeric;
namespace observe = escapement::observe;

const std::vector<std::string_view> kTokens = {
    "0",
    "1",
    "-1",
    "6",
    "7",
    "8",
    "12",
    "99999999",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "nan",
    "inf",
    "-inf",
    "1e999",
    "0x1p9999",
    "0x1p-1074",
    "-",
    "--",
    ";",
    "; ",
    "r;",
    "s;",
    "p;",
    "x;",
    "\n",
    "\n\n",
    "end",
    "end\n",
    " ",
    "1 0 0 0",
    "0 0 0 0",
    "1 7fffffffffffffff 0 0",
    "-3 -7fffffffffffffff 1 7fffffff",
    "1 ffffffffffffffffffff 1 1",
    "g",
    "+",
    "0-+",
    "escapement-checkpoint/2",
    "escapement-rows/2",
    "replica",
};

constexpr engine::Watch kWatch{true};
constexpr std::uint64_t kCut = 7;  // an odd step: pairs of steps are cut, too

// A run and the texts of its checkpoint after kCut steps.
struct Sample {
  model::Instance instance;
  std::string state, rows;
};

fs::path state_file(const fs::path& folder) { return folder / "replica-0.state"; }
fs::path rows_file(const fs::path& folder) { return folder / "replica-0.rows"; }

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// A new file each time: some file systems wait for the disk where an old one is overwritten.
void write(const fs::path& file, const std::string& text) {
  fs::remove(file);
  std::ofstream(file, std::ios::binary) << text;
}

template <class Body>
void in_arithmetic(const model::Instance& instance, Body&& body) {
  const numeric::WorkingPrecision precision(instance.config.precision.bits);
  using Kind = config::PrecisionChoice::Kind;
  switch (instance.config.precision.kind) {
    case Kind::binary64: body.template operator()<double>(); break;
    case Kind::multiple: body.template operator()<numeric::Mp>(); break;
    case Kind::certified: body.template operator()<numeric::Ball>(); break;
  }
}

Sample make_sample(const std::vector<std::string>& settings, const fs::path& folder) {
  config::Request request;
  request.sets = settings;
  for (const char* text : {"d=2", "m=5", "n=4", "steps=12", "record=at:[0,3,7,10]", "snapshots=at:[3,12]",
                           "watch=2", "eta=1/64"})
    request.sets.push_back(text);
  const config::Config config = config::load(request);
  Sample sample{model::make_instance(config, 0), {}, {}};
  in_arithmetic(sample.instance, [&]<class T>() {
    engine::Simulation<T> simulation(sample.instance, kWatch);
    engine::Checkpoint checkpoint(folder, sample.instance, kWatch);
    observe::Trajectory trajectory;
    simulation.run(trajectory, [](std::uint64_t step) { return step < kCut; });
    checkpoint.save(simulation, trajectory);
  });
  sample.state = read(state_file(folder));
  sample.rows = read(rows_file(folder));
  return sample;
}

// What the tool does with --resume, printing included.
void resume(const Sample& sample, const fs::path& folder) {
  in_arithmetic(sample.instance, [&]<class T>() {
    engine::Simulation<T> simulation(sample.instance, kWatch);
    engine::Checkpoint checkpoint(folder, sample.instance, kWatch);
    observe::Trajectory trajectory;
    checkpoint.resume(simulation, trajectory);
    simulation.run(trajectory, {});
    const engine::FinalState final = simulation.final_state();
    std::size_t printed = 0;
    for (const auto& x : final.theta) printed += x.mid_string(20).size() + x.radius_string().size();
    for (const auto& record : trajectory.records)
      for (const auto& x : record.values)
        if (x && x->is_finite()) printed += x->mid_string(20).size();
    if (final.theta.size() != 2 || printed == 0) throw std::logic_error("no end");
  });
}

// The checksums that belong to the texts, as far as these still have a place for them: so that the readers behind the
// checksums are tested, too.
void reseal(std::string& state, const std::string& rows) {
  const std::size_t line = state.find('\n') + 1, blank = state.find(' ', line), end = state.find('\n', line);
  if (end == std::string::npos) return;
  if (blank < end) {
    const std::string size = state.substr(line, blank - line);
    if (size.empty() || size.size() > 9 || size.find_first_not_of("0123456789") != std::string::npos) return;
    state.replace(blank + 1, end - blank - 1, numeric::checksum(rows.substr(0, std::stoul(size))));
  }
  if (const std::size_t seal = state.rfind("end "); seal != std::string::npos)
    state = state.substr(0, seal) + "end " + numeric::checksum(state.substr(0, seal)) + "\n";
}

fuzz::Outcome one_case(const std::vector<Sample>& samples, const fs::path& folder, fuzz::Random& random,
                       bool show) {
  const Sample& sample = samples[fuzz::below(random, samples.size())];
  const Sample& other = samples[fuzz::below(random, samples.size())];
  std::string state = sample.state, rows = sample.rows;
  const std::size_t which = fuzz::below(random, 4);  // mostly one of the two
  for (std::size_t i = fuzz::below(random, 1 + fuzz::below(random, 6)); i > 0; --i) {
    if (which != 0) fuzz::mutate(state, {other.state}, kTokens, random);
    if (which == 0 || which == 3) fuzz::mutate(rows, {other.rows}, kTokens, random);
  }
  if (fuzz::below(random, 4) != 0) reseal(state, rows);
  if (show) std::cerr << state << "----\n" << rows;
  write(state_file(folder), state);
  write(rows_file(folder), rows);
  const std::string input = state + "----\n" + rows;
  return fuzz::guarded(input, [&]() -> std::string {
    try {
      resume(sample, folder);
    } catch (const config::InputError& error) {
      if (state != sample.state || rows != sample.rows) throw;
      return std::string("what was written is refused: ") + error.what();
    }
    return "";
  });
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path folder = "checkpoint-fuzz-" + std::to_string(::getpid());
  std::vector<Sample> samples;
  for (const char* precision : {"precision=double", "precision=100", "precision=certified:100"}) {
    for (const char* state : {"state=direct", "state=width-free"})
      for (const char* rule : {"algorithm=label-noise-sgd", "algorithm=sam"})
        samples.push_back(make_sample({precision, state, rule}, folder));
    samples.push_back(make_sample({precision, "algorithm=second-layer-oscillation"}, folder));
  }
  const int code = fuzz::run_cases(
      argc, argv, [&](fuzz::Random& random, bool show) { return one_case(samples, folder, random, show); });
  fs::remove_all(folder);
  return code;
}
