#!/usr/bin/env bash
# A few crash trials with a fixed seed: commands ended at random moments go on to the same bytes. `./dev crash` does a thousand.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"
timeout 300 python3 "$here/../crash/crash.py" "$tool" 16 1 2 >out 2>&1
status=$?
expect "16 crash trials: exit code $status, $(cat out)" test "$status" -eq 0
expect "16 crash trials: $(tail -n 1 out)" grep -q '^16 trials, 0 faults' out
finish
