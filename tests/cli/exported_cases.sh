#!/usr/bin/env bash
# Every stored case as a NumPy program: it agrees with what was recorded, and with `replay`.
. "$(dirname "$0")/support/common.bash"
if /usr/bin/python3 -c 'import numpy' 2>/dev/null; then
  /usr/bin/python3 "$here/../oracles/exported_cases.py" --tool "$tool" "$here/../../corpus" --check >out 2>err
  status=$?
  expect "exported programs agree with replay: $(cat out; tail -c 400 err)" test "$status" -eq 0
else
  skip "no NumPy: the exported programs were not run"
fi
finish
