#!/usr/bin/env bash
# Rows of `check` against tests/oracles/rows_mpmath.py: numbers and truths from formulas of another origin.
. "$(dirname "$0")/support/common.bash"
if /usr/bin/python3 -c 'import mpmath' 2>/dev/null; then
  /usr/bin/python3 "$here/../oracles/rows_mpmath.py" --tool "$tool" >out 2>err
  status=$?
  expect "rows agree with the oracle: $(tail -c 600 out) $(tail -c 400 err)" test "$status" -eq 0
else
  skip "no mpmath: the rows were not compared"
fi
finish
