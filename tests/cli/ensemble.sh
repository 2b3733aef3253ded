#!/usr/bin/env bash
# Many replicas: side by side or alone, kept or streamed, on any number of threads and any instruction set, the same bytes.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"
some=(--set m=30 --set d=6 --set n=15 --set eta=1/100 --set steps=600 --no-figures)
looks=(--set record=every:200 --set 'snapshots=at:[0]')

# Kept: in lanes (nobody followed) the rows are those of each replica alone.
for isa in portable avx2 avx512; do
  ESCAPEMENT_ISA=$isa run_ok "kept, $isa" "${some[@]}" "${looks[@]}" --quiet --replicas 11 --threads 2 --out kept-$isa
  expect "kept, $isa" same_results kept-portable kept-$isa
done
for r in 0 4 10; do
  run_ok "replica $r alone" "${some[@]}" "${looks[@]}" --quiet --set replica=$r --out alone-$r
  awk -F, -v r=$r 'NR == 1 || $1 == r {sub(/^[^,]*,/, ""); print}' kept-portable/trajectory.csv >rows
  expect "replica $r" cmp rows alone-$r/trajectory.csv
done

# Streamed: the same bytes again, and the statistics that bands.csv has of the kept ones.
for threads in 1 2 5; do
  ESCAPEMENT_ISA=$([[ $threads == 2 ]] && echo portable || echo avx512) \
    run_ok "streamed, $threads threads" "${some[@]}" --set record=none --quiet --replicas 11 --threads $threads --out streamed-$threads
  expect "streamed, $threads threads" cmp streamed-1/ensemble.csv streamed-$threads/ensemble.csv
done
expect "streamed: no table of replicas" test ! -e streamed-1/trajectory.csv -a ! -e streamed-1/final.json
expect "streamed: no checkpoint is left" test ! -e streamed-1/escapement-checkpoint
python3 - kept-portable/bands.csv streamed-1/ensemble.csv >compared <<'PY'
import csv, sys
last = list(csv.DictReader(open(sys.argv[1])))[-1]
rows = {row["observable"]: row for row in csv.DictReader(open(sys.argv[2]))}
compared = 0
for name, row in rows.items():
    if name == "identity_defect" or name.startswith(("delta_", "second_layer_move")):
        continue
    assert row["count"] == "11", (name, row)
    for key in ("mean", "q10", "q50", "q90"):
        assert row[key] == last[f"{name}_{key}"], (name, key, row[key], last[f"{name}_{key}"])
        compared += 1
    low, high = float(row["least"]), float(row["greatest"])
    assert low <= float(row["q10"]) <= float(row["q50"]) <= float(row["q90"]) <= high and float(row["deviation"]) >= 0, row
print(compared)
PY
expect "streamed: as in bands.csv" test "$(cat compared)" -ge 60

# Replicas that diverge are counted and not averaged.
run_ok "some diverge" --set m=30 --set d=6 --set n=15 --set eta=1/30 --set steps=600 --no-figures --set record=none --json --quiet --replicas 40
expect "some diverge: counted" test "$(json out 'sum(it["outcomes"].values())')" = 40
expect "some diverge: both kinds" test "$(json out 'it["outcomes"]["diverged"] * it["outcomes"]["completed"] > 0')" = True
expect "some diverge: named" test "$(json out 'it["first_not_completed"]["outcome"]')" = diverged
expect "some diverge: the mean is of the others" test "$(json out 'float(it["final"]["theta_norm_mean"]) < 1e3')" = True
run_ok "a table for people" "${some[@]}" --set record=none --replicas 7
expect "a table for people" grep -q "^7 replicas completed" out

# Theorem 4.2 on so many replicas as are asked for.
"$tool" check theorem-4.2 --reading literal --set d=2 --set m=20 --set eta=1/100 --set replicas=9 --constant 1 --alpha 1e-13 --budget 1s \
  --json --quiet >out 2>err
expect "check: replicas as asked for" test "$(json out 'it[0]["trials"]')" = 9
finish
