// Mutated instance files: whatever comes in, an instance that runs or an InputError comes out.
//   instance_fuzz [--cases N] [--seed S] [--only I]
// Reads the instances of the folder that ESCAPEMENT_TEST_DATA names.
#include "escapement/engine/run.h"
#include "escapement/model/instance_file.h"

#include "support/texts.h"

namespace {

namespace config = escapement::config;
namespace engine = escapement::engine;
namespace fuzz = escapement::fuzz;
namespace model = escapement::model;

const std::vector<std::string_view> kTokens =
    fuzz::json_tokens({"0x1.8p-3", "999999999", "\"1e700\"", "full", "\"periodic:1:2\"", "\"off\"", "\"gd\"",
                       "\"sam\"", "\"oscillation\"", "\"second-layer-oscillation\"", "\"label-noise-gd\"",
                       "\"sgd\"", "\"noise_values\":", "\"signs\":", "\"amplitude\": \"1/8\",",
                       "\"batch\": 2,", "\"loss\": \"square\",", "\xEF\xBB\xBF", "//"});

// A few steps in some arithmetic, where the instance is small.
void run_briefly(const model::Instance& instance, fuzz::Random& random) {
  if (instance.m * (instance.d + 1) > 1000 || instance.n * instance.d > 1000) return;
  model::Instance brief = instance;
  brief.config.steps = std::min<std::uint64_t>(brief.config.steps, fuzz::below(random, 12));
  brief.config.record = config::StepSchedule::every(3);
  brief.config.watch = 2;
  const char* precisions[] = {"double", "64", "certified:64"};
  config::Request request;
  request.options = {{"precision", precisions[fuzz::below(random, 3)], "fuzz"}};
  brief.config.precision = config::load(request).precision;
  engine::RunOptions options;
  options.watch.neurons_at_end = true;
  engine::run_instance(brief, options);
}

fuzz::Outcome one_case(const std::vector<std::string>& corpus, fuzz::Random& random, bool show) {
  const std::string text = fuzz::mutated_text(corpus, kTokens, random, show);
  return fuzz::guarded(text, [&] {
    const model::InstanceFile file = model::parse_instance(text, "fuzz.json");
    config::Request request;
    request.given = file.settings;
    if (fuzz::below(random, 4) == 0) request.sets = {"steps=" + std::to_string(fuzz::below(random, 60))};
    run_briefly(model::make_instance(config::load(request), file), random);
    return "";
  });
}

}  // namespace

int main(int argc, char** argv) {
  return fuzz::fuzz_texts(argc, argv, fuzz::texts_of(fuzz::data_folder(), ".instance.json"), 10, one_case);
}
