#include "escapement/cli/run_again.h"

#include <fstream>
#include <iterator>

#include "escapement/cli/record.h"
#include "escapement/numeric/checksum.h"

namespace escapement::cli {

using config::InputError;
using json = nlohmann::ordered_json;

namespace {

constexpr const char* kCertify = "--certify";  // the source of a precision that --certify chose

void refuse_beside(const RunArguments& a) {
  refuse_beside_again(GivenOptions{{"--preset", a.preset.has_value()},
                                   {"--config", a.config_file.has_value()},
                                   {"--set", !a.sets.empty()},
                                   {"--sweep", !a.sweeps.empty()},
                                   {"--seed", a.seed.has_value()},
                                   {"--precision", a.precision.has_value()},
                                   {"--replicas", a.replicas.has_value()},
                                   {"--certify", a.certify},
                                   {"--radius", a.radius.has_value()},
                                   {"--start-radius", a.start_radius.has_value()},
                                   {"--max-bits", a.most_bits.has_value()}});
}

}  // namespace

AskedPoint asked_of(const config::Config& config) {
  AskedPoint asked{config::fingerprint(config), {}};
  if (config.is_set("precision"))
    asked.precision = {config::value_of(config, "precision"), config.source_of("precision")};
  return asked;
}

json again_json(const Point& point, const RunArguments& arguments) {
  json again;
  again["fingerprint"] = point.asked.fingerprint;
  again["preset"] = or_null(arguments.preset);
  if (arguments.instance_file) again["instance"] = checksum_of_file(*arguments.instance_file);
  if (!arguments.certify) return again;
  again["certify"] = {{"radius", or_null(arguments.radius)},
                      {"start_radius", or_null(arguments.start_radius)},
                      {"max_bits", or_null(arguments.most_bits)}};
  if (point.asked.precision)
    again["certify"]["precision"] = {{"value", point.asked.precision->first},
                                     {"source", point.asked.precision->second}};
  return again;
}

RunArguments recalled(const RunArguments& given) {
  RunArguments a = given;
  if (!a.again) return a;
  refuse_beside(a);
  const std::string file = a.again->string();
  const json record = read_record(*a.again, {"escapement-run/1"});
  const report::JsonCursor root(record, file);
  const report::JsonCursor again = root.at("again");
  for (config::Setting& setting : settings_of(root.at("config")))
    if (setting.where != kCertify) a.recorded.push_back(std::move(setting));
  a.fingerprint = again.at("fingerprint").text();
  a.preset = text_or_null(again.at("preset"));
  if (root.has("instance")) {
    a.instance = again.at("instance").text();
    if (!a.instance_file) a.instance_file = root.at("instance").text();
  } else if (a.instance_file) {
    throw InputError("command line", "--instance", "no instance file, since the run of the record had none");
  }
  if (!again.has("certify")) return a;
  const report::JsonCursor certify = again.at("certify");
  a.certify = true;
  a.radius = text_or_null(certify.at("radius"));
  a.start_radius = text_or_null(certify.at("start_radius"));
  a.most_bits = text_or_null(certify.at("max_bits"));
  if (certify.has("precision"))
    a.recorded.push_back({"precision", certify.at("precision").at("value").text(),
                          certify.at("precision").at("source").text()});
  return a;
}

void check_recalled(const RunArguments& a, const std::vector<Point>& points) {
  if (!a.again) return;
  check_fingerprint(*a.again, *a.fingerprint, points.front().asked.fingerprint);
  if (a.instance_file && checksum_of_file(*a.instance_file) != *a.instance)
    throw InputError(a.instance_file->string(), "", "the file of the record, unchanged");
}

std::string checksum_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in.is_open() || in.bad()) throw InputError(file.string(), "", "a file that can be read");
  return numeric::checksum(text);
}

}  // namespace escapement::cli
