#!/usr/bin/env bash
# The hunting benchmark: every fault and every peer, the shrinking set, and claims that hold for a while. Results in DIR; ended and
# started again with the same DIR it goes on where it was.
#   run.sh BUILD_DIR OUT_DIR [SECONDS_ON_THEOREMS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
hunting=$(realpath "${1:?build directory}")/benchmarks/hunting
out=${2:?output directory}
seconds=${3:-3600}
mkdir -p "$out"
say() { printf '== %s: %s\n' "$(date +%H:%M:%S)" "$*"; }

say "planted faults, 10 seeds each"
"$hunting" faults "$out/faults.jsonl"
say "the same with RapidCheck's defaults"
"$hunting" rapidcheck "$out/rapidcheck.jsonl" --budget 10
say "the same with Hypothesis"
/usr/bin/python3 "$here/hypothesis_peer.py" "$out/hypothesis.jsonl"
say "the shrinking set, 30 seeds each"
"$hunting" minima "$out/minima.jsonl"
say "claims that hold, $seconds seconds"
"$hunting" theorems "$out/theorems.jsonl" --budget "$seconds" || [[ $? -eq 1 ]]
/usr/bin/python3 "$here/table.py" "$out" >"$out/table.md"
cat "$out/table.md"
say "$out/table.md"
! grep '"found": true' "$out/theorems.jsonl"  # a find there, this time or before, is a bug
