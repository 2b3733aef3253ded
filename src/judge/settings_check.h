// Whatever a user sets is used, or refused with the reason.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "escapement/judge/judge.h"

namespace escapement::judge {

// Why the statement refuses the value that `base` has for the key: it takes another one or does not depend on the key. None
// if it uses the value.
std::optional<std::string> refusal(const theory::Statement& statement, const std::string& key,
                                   const config::Config& base, bool inside);

// Goes through the keys that the user set (on the command line or in a file; a preset's do not count). named: the user named the
// statements; then a key that one of them refuses throws config::InputError. Else it throws only if every row refuses it,
// and each statement that does is named in a line of the result, a note for standard error.
std::vector<std::string> check_settings(const std::vector<Row>& rows, const config::Config& base, bool named,
                                        bool inside);

// The same for a key of a map's axis: throws config::InputError if the row's statement fixes it or does not depend on it.
void check_axis(const Row& row, const std::string& key, const std::string& value, const config::Config& base,
                bool inside);

}  // namespace escapement::judge
