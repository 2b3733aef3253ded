#!/usr/bin/env bash
# Rows of `check` that count runs against tests/oracles/runs_recursion.py: the same replicas, neuron by neuron.
. "$(dirname "$0")/support/common.bash"
/usr/bin/python3 "$here/../oracles/runs_recursion.py" --tool "$tool" >out 2>err
status=$?
expect "replicas agree with the oracle: $(tail -c 600 out) $(tail -c 400 err)" test "$status" -eq 0
finish
