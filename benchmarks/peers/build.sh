#!/usr/bin/env bash
# Builds every peer into a directory, with the flags that favour it: `benchmarks/peers/build.sh OUT`.
# CXX chooses the compiler (c++), PEER_FLAGS replaces the flags. A peer that does not build is named, left out.
set -u
out=${1:?usage: build.sh OUT}
here=$(cd "$(dirname "$0")" && pwd)
flags=${PEER_FLAGS:--O3 -march=native -DNDEBUG}
eigen=$(pkg-config --cflags eigen3 2>/dev/null || echo -I/usr/include/eigen3)
mkdir -p "$out" || exit 2
failed=0
for source in "$here"/*.cpp; do
  name=$(basename "$source" .cpp)
  [[ $out/$name -nt $source && $out/$name -nt $here/setting.h && $out/$name -nt $here/build.sh ]] && continue
  # shellcheck disable=SC2086
  if ! "${CXX:-c++}" -std=c++20 $flags $eigen "$source" -o "$out/$name" -lmpfr -lgmp 2>"$out/$name.log"; then
    echo "build.sh: $name did not build, see $out/$name.log" >&2
    failed=1
  fi
done
exit $failed
