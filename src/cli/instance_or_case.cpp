#include "escapement/cli/instance_or_case.h"

#include "escapement/hunt/case_file.h"
#include "escapement/hunt/written_out.h"

namespace escapement::cli {

model::InstanceFile read_instance_or_case(const std::filesystem::path& file) {
  if (!file.filename().string().ends_with(".case.json")) return model::read_instance_file(file);
  const hunt::Case values = hunt::one_by_one(hunt::read_case(file).values, file.string());
  return model::parse_instance(hunt::instance_text(values), file.string());
}

}  // namespace escapement::cli
