# What the black-box tests of the tool share. Sourced with the tool's path as $1; works in the current folder, which CTest
# makes empty for each test, and uses the instance files of tests/data.
set -u
export LC_ALL=C.UTF-8
tool=$(realpath "${1:?usage: $0 TOOL}")
here=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
data=${ESCAPEMENT_TEST_DATA:-$here/../data}
[[ -x $tool ]] || { echo "no tool at $tool" >&2; exit 2; }

work=$PWD/work
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 2

checks=0
failures=0

# note MESSAGE: the check at hand failed.
note() {
  failures=$((failures + 1))
  printf 'FAILED: %s\n' "$*"
}

# expect WHAT COMMAND...: one check, that the command succeeds.
expect() {
  local what=$1
  shift
  checks=$((checks + 1))
  "$@" || note "$what"
}

skip() { printf 'SKIPPED: %s\n' "$*"; }

# run ARGUMENTS...: the tool's `run`, at most two minutes; status, and the files out and err. `as` goes in front.
status=0
as=()
run() {
  timeout 120 "${as[@]}" "$tool" run "$@" >out 2>err </dev/null
  status=$?
}

# run_ok WHAT ARGUMENTS...: exit code 0 and nothing on standard error.
run_ok() {
  local what=$1
  shift
  run "$@"
  expect "$what: exit code $status, $(head -c 300 err)" test "$status" -eq 0
  expect "$what: standard error is empty, got $(head -c 300 err)" test ! -s err
}

is_json() { python3 -m json.tool <"$1" >/dev/null 2>&1; }

# json FILE EXPRESSION: prints a Python expression of the parsed file `it`.
json() { python3 -c 'import json, sys; it = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$1" "$2"; }

# the files that do not depend on when and how a run was made: all but run.json, which has times.
result_files=(trajectory.csv bands.csv neurons.csv paths.csv exits.csv final.json)

# same_results A B: these files of two folders exist in both or neither, and are the same bytes.
same_results() {
  local file found=0
  for file in "${result_files[@]}"; do
    [[ -e $1/$file || -e $2/$file ]] || continue
    found=$((found + 1))
    cmp "$1/$file" "$2/$file" || return 1
  done
  ((found >= 2))
}

finish() {
  if ((checks == 0)); then echo "no check ran"; exit 1; fi
  printf '%d checks, %d failed\n' "$checks" "$failures"
  if ((failures)); then exit 1; fi
  rm -rf "$work"
  exit 0
}
