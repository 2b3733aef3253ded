#include "escapement/study/registry.h"

#include "escapement/config/input_error.h"
#include "escapement/study/studies/studies.h"

namespace escapement::study {

const std::vector<Study>& studies() {
  static const std::vector<Study> all{
      precision_cliff(), escape_time(), alignment(), convergence(),
      oscillation(),     slow_flow(),   sam(),       rounding(),
  };
  return all;
}

const Study& find_study(std::string_view name) {
  std::string expected = "one of";
  for (const Study& study : studies()) {
    if (study.name == name) return study;
    expected += (&study == &studies().front() ? " " : ", ") + study.name;
  }
  throw config::InputError("command line", "study", expected, std::string(name));
}

}  // namespace escapement::study
