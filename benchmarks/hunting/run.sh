#!/usr/bin/env bash
# The hunting benchmark: every fault and every peer, the shrinking set, and theorems for a while. Results in DIR.
#   run.sh BUILD_DIR OUT_DIR [SECONDS_ON_THEOREMS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
hunting=$(realpath "${1:?build directory}")/benchmarks/hunting
out=${2:?output directory}
mkdir -p "$out"
"$hunting" faults >"$out/faults.jsonl"
"$hunting" rapidcheck >"$out/rapidcheck.jsonl"
/usr/bin/python3 "$here/hypothesis_peer.py" >"$out/hypothesis.jsonl"
"$hunting" minima | tee "$out/minima.jsonl"
"$hunting" theorems --budget "${3:-3600}" | tee "$out/theorems.jsonl"
/usr/bin/python3 "$here/table.py" "$out/faults.jsonl" "$out/rapidcheck.jsonl" "$out/hypothesis.jsonl" | tee "$out/table.md"
