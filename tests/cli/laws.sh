#!/usr/bin/env bash
# Rows of `check` against tests/oracles/laws_mpmath.py: laws at the start, closed forms, and points inside Condition 1, integrated directly.
. "$(dirname "$0")/support/common.bash"
if /usr/bin/python3 -c 'import mpmath' 2>/dev/null; then
  /usr/bin/python3 "$here/../oracles/laws_mpmath.py" --tool "$tool" >out 2>err
  status=$?
  expect "laws agree with the oracle: $(tail -c 600 out) $(tail -c 400 err)" test "$status" -eq 0
else
  skip "no mpmath: the laws were not compared"
fi
finish
