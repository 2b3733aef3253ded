// The checksum of a JSON file that is read back: the key "checksum" of its object, over all other keys with their values,
// however they are indented.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "escapement/report/json_cursor.h"

namespace escapement::report {

// The text of an object with the key at its end.
std::string sealed(const std::string& object);

// Whether there is a checksum: files of earlier versions have none. Throws config::InputError if it is another's.
bool has_seal(const Json& root, const std::string& file);

// A whole file. Throws config::InputError: unreadable, or changed since it was written. A file without a checksum is
// taken, and goes to `unsealed`, if that is given.
std::string read_sealed(const std::filesystem::path& file, std::vector<std::string>* unsealed = nullptr);

// {..., "name": LIST, "checksum": ...}: the keys of an object, as dump_json writes it, then a list that is text already.
std::string sealed_list(const std::string& head, const char* name, const std::string& list);

// The list of such a file, or the whole of one that is a list itself. `format`: what the object has to say it is.
JsonCursor list_of(const JsonCursor& root, const char* format, const char* name);

}  // namespace escapement::report
