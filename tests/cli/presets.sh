#!/usr/bin/env bash
# Every preset runs, with fewer steps, and writes all its tables.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"

"$tool" run --help >help || note "--help"
mapfile -t presets < <(sed -n '/^Presets:/,/^$/p' help | sed -n 's/^  \([a-z-]*\) .*/\1/p')
expect "--help lists the seven presets, got ${presets[*]}" test "${#presets[@]}" -ge 7
for preset in two-phase two-phase-published periodic oscillation sam gradient-descent lazy; do
  expect "preset $preset is listed" grep -q "^  $preset " help
done

for preset in "${presets[@]}"; do
  run_ok "$preset" --preset "$preset" --set steps=300 --set record=every:100 --set 'snapshots=at:[0,300]' \
    --out "$preset" --no-figures --quiet
  expect "$preset: nothing on standard output" test ! -s out
  expect "$preset: four records" test "$(wc -l <"$preset/trajectory.csv")" -eq 5
  expect "$preset: the last record is the last step" test "$(tail -n 1 "$preset/trajectory.csv" | cut -d, -f1)" = 300
  expect "$preset: a snapshot of 1000 neurons at two steps" test "$(wc -l <"$preset/neurons.csv")" -eq 2001
  expect "$preset: the eight followed neurons' paths" test "$(wc -l <"$preset/paths.csv")" -eq 33
  expect "$preset: and exits" test "$(wc -l <"$preset/exits.csv")" -eq 9
  for file in final.json run.json; do expect "$preset: $file is JSON" is_json "$preset/$file"; done
  expect "$preset: completed" test "$(json "$preset/run.json" 'it["result"]["stop"], it["result"]["steps"]')" = "('completed', 300)"
  expect "$preset: all 300 steps in final.json" test "$(json "$preset/final.json" 'it["steps"], len(it["W"]), len(it["W"][0]), len(it["a"])')" = "(300, 1000, 20, 1000)"
  expect "$preset: no checkpoint stays" test ! -e "$preset/escapement-checkpoint"
  if grep -qiE '(^|[^a-z])(nan|inf)' "$preset"/*.csv "$preset"/*.json; then note "$preset: nan or inf in a file"; fi
done
finish
