#!/usr/bin/env bash
# Fails when an object compiled for a newer instruction set (*_avx2.cpp, *_avx512.cpp) defines a mergeable function
# that is not marked as its own. The linker keeps one copy of such a function; if it kept this one, every other file of
# the program would run it, and an older processor would stop with an illegal instruction. Optimised builds only:
# without optimisation every inline function is such a one.
#   isa_leak.sh BUILD_DIRECTORY
set -euo pipefail
build=${1:?"usage: isa_leak.sh BUILD_DIRECTORY"}

# library:member.cpp.o:address type symbol, of the members compiled for one instruction set
symbols=$(find "$build" -name 'libescapement_*.a' -print0 |
  xargs -0 --no-run-if-empty nm --print-file-name --defined-only --demangle 2>/dev/null |
  grep -E '^[^:]*:[^:]*_avx(2|512)\.cpp\.o:' || true)
# W: a weak function; mergeable data does no harm. A name that holds the instruction set has no double.
leaks=$(awk '{split($0, part, ":"); member = part[2]; match(member, /avx(2|512)\.cpp/)
  isa = substr(member, RSTART, RLENGTH - 4); name = $0; sub(/^[^ ]* W /, "", name)
  if ($2 == "W" && index(name, isa) == 0) print "  " member ": " name}' <<<"$symbols")
if [[ -n $leaks ]]; then
  printf 'code for newer processors shares functions with the rest:\n%s\n' "$leaks" >&2
  exit 1
fi
echo "instruction sets: $(cut -d: -f2 <<<"$symbols" | sort -u | grep -c .) objects, none shares a function"
