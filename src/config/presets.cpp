#include "escapement/config/presets.h"

#include "escapement/config/input_error.h"

namespace escapement::config {

namespace {

// The two-phase setting of the paper's Figure 2: n = 200 standard normal inputs, m = 1000, d = 20, step 0.001, noise 4.
constexpr PresetEntry kTwoPhase[] = {
    {"d", "20"},
    {"m", "1000"},
    {"n", "200"},
    {"eta", "1/1000"},
    {"sigma", "4"},
    {"steps", "1000000"},
    {"loss", "half-square"},
    {"record", "every:2500"},
    {"watch", "8"},
    {"snapshots", "at:[0,100000,200000,400000,600000,1000000]"},
};

// As the published notebooks probably ran it: the square loss doubles every gradient.
constexpr PresetEntry kTwoPhasePublished[] = {
    {"d", "20"},        {"m", "1000"},
    {"n", "200"},       {"eta", "1/1000"},
    {"sigma", "4"},     {"steps", "100000"},
    {"loss", "square"}, {"record", "every:250"},
    {"watch", "8"},     {"snapshots", "at:[0,12500,25000,50000,75000,100000]"},
};

constexpr PresetEntry kPeriodic[] = {
    {"d", "20"},
    {"m", "1000"},
    {"n", "200"},
    {"eta", "1/1000"},
    {"sigma", "4"},
    {"steps", "100000"},
    {"schedule", "periodic:5000:5000"},
    {"record", "every:100"},
    {"watch", "8"},
};

constexpr PresetEntry kOscillation[] = {
    {"algorithm", "second-layer-oscillation"},
    {"d", "20"},
    {"m", "1000"},
    {"n", "200"},
    {"eta", "1/1000"},
    {"steps", "200000"},
    {"record", "every:1000"},
    {"watch", "8"},
    {"snapshots", "at:[0,25000,50000,100000,150000,200000]"},
};

constexpr PresetEntry kSam[] = {
    {"algorithm", "sam"},
    {"d", "20"},
    {"m", "1000"},
    {"n", "200"},
    {"eta", "1/1000"},
    {"sigma", "0"},
    {"rho", "1/5"},
    {"steps", "400000"},
    {"record", "every:1000"},
    {"watch", "8"},
    {"snapshots", "at:[0,50000,100000,200000,300000,400000]"},
};

constexpr PresetEntry kGradientDescent[] = {
    {"algorithm", "gradient-descent"},
    {"d", "20"},
    {"m", "1000"},
    {"n", "200"},
    {"eta", "1/1000"},
    {"steps", "20000"},
    {"record", "every:100"},
    {"watch", "8"},
    {"snapshots", "at:[0,1000,2000,5000,10000,20000]"},
};

constexpr PresetEntry kLazy[] = {
    {"algorithm", "sgd"},
    {"d", "20"},
    {"m", "1000"},
    {"n", "200"},
    {"eta", "1/1000"},
    {"steps", "400000"},
    {"record", "every:1000"},
    {"watch", "8"},
    {"snapshots", "at:[0,50000,100000,200000,300000,400000]"},
};

constexpr Preset kPresets[] = {
    {"two-phase", "label noise SGD in the paper's setting: norms fall, then neurons align", kTwoPhase},
    {"two-phase-published", "the same with the square loss, 100,000 steps", kTwoPhasePublished},
    {"periodic", "label noise on for 5,000 steps, off for 5,000, in turn", kPeriodic},
    {"oscillation", "gradient descent on the first layer, the second oscillates by itself", kOscillation},
    {"sam", "sharpness-aware minimisation without label noise", kSam},
    {"gradient-descent", "gradient descent without label noise", kGradientDescent},
    {"lazy", "SGD without label noise: the neurons stay near their start", kLazy},
};

}  // namespace

std::span<const Preset> presets() { return kPresets; }

std::vector<std::string> preset_names() {
  std::vector<std::string> names;
  for (const Preset& preset : kPresets) names.emplace_back(preset.name);
  return names;
}

const Preset& find_preset(std::string_view name) {
  for (const Preset& preset : kPresets)
    if (preset.name == name) return preset;
  std::string expected = "one of";
  for (const Preset& preset : kPresets) {
    expected += &preset == &kPresets[0] ? " " : ", ";
    expected += preset.name;
  }
  throw InputError("--preset", "", expected, std::string(name));
}

}  // namespace escapement::config
