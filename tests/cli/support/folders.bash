# Commands that are given a folder, and what has to be as it was in it. To be sourced after common.bash.

# tool ARGUMENTS...: status, and the files out and err.
tool() {
  timeout 120 "${as[@]}" "$tool" "$@" >out 2>err </dev/null
  status=$?
}
ok() {
  local what=$1
  shift
  tool "$@"
  expect "$what: exit code $status, $(head -c 300 err)" test "$status" -eq 0
}
sums() { find "$1" -type f | sort | xargs sha256sum; }
# refused WHAT NAMED FOLDER ARGUMENTS...: exit code 2, one line with the name, and nothing in the folder is changed.
refused() {
  local what=$1 named=$2 folder=$3 before
  shift 3
  before=$(sums "$folder")
  tool "$@"
  expect "$what: exit code 2, got $status" test "$status" -eq 2
  expect "$what: one line, got $(cat err)" test "$(wc -l <err)" -eq 1
  expect "$what: $named in: $(cat err)" grep -qF -- "$named" err
  expect "$what: nothing on standard output" test ! -s out
  expect "$what: nothing is changed" test "$(sums "$folder")" = "$before"
}
