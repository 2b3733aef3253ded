#!/usr/bin/env bash
# Installs a build for somebody else and uses it as they would: the package must name no folder of this machine, the
# examples must build and run, every public header must compile with what the package says it needs, the tool start.
#   check_package.sh BUILD_DIRECTORY
set -euo pipefail
build=$(realpath "${1:?"usage: check_package.sh BUILD_DIRECTORY"}")
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
prefix=$place/prefix

build_project() {  # SOURCE BINARY
  cmake -S "$1" -B "$2" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$prefix" >/dev/null
  cmake --build "$2"
}

cmake --install "$build" --prefix "$prefix" >/dev/null
if grep -rF --include='*.cmake' -e "$root" -e "$build" "$prefix"; then
  echo "the installed package names folders of this machine" >&2
  exit 1
fi

build_project "$root/examples/consumer" "$place/consumer"
"$place/consumer/consumer"

build_project "$root/examples/own_statement" "$place/own_statement"
"$place/own_statement/own_statement"

mkdir "$place/headers"
(cd "$prefix/include" && find escapement -name '*.h' | sort | sed 's/.*/#include "&"/') >"$place/headers/all.cpp"
cat >"$place/headers/CMakeLists.txt" <<'TEXT'
cmake_minimum_required(VERSION 3.25)
project(headers LANGUAGES CXX)
find_package(escapement REQUIRED)
add_library(headers OBJECT all.cpp)
target_link_libraries(headers PRIVATE escapement::escapement)
TEXT
build_project "$place/headers" "$place/headers/build"

if [[ -e $build/escapement ]]; then "$prefix/bin/escapement" --help >/dev/null; fi
