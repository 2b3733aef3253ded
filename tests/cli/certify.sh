#!/usr/bin/env bash
# run --certify, and the precision that is advised: what is printed and written, exit codes, bad input.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"
sizes=(--set m=9 --set d=3 --set n=8 --set sigma=1 --set record=none)
small=("${sizes[@]}" --set eta=1/64 --set steps=1500)

# --- a radius that is reached ---
run_ok "certify" "${small[@]}" --certify --radius 1e-60
expect "the summary says radius and bits" grep -qE '^certified: radius [0-9.]+e-[0-9]+ at [0-9]+ bits' out
run_ok "certify --json" "${small[@]}" --certify --radius 1e-60 --json
expect "--json: reached, within the radius" test "$(json out 'it["certified"]["reached"], it["certified"]["reason"], float(it["certified"]["radius"]) <= 1e-60')" \
  = "(True, None, True)"
expect "--json: the bits are those of the last attempt, and the run's precision" \
  test "$(json out 'it["certified"]["bits"] == it["certified"]["attempts"][-1]["bits"], it["precision"] == "certified:%d" % it["certified"]["bits"]')" = "(True, True)"
run_ok "certify --out" "${small[@]}" --certify --radius 1e-60 --out out1 --quiet --no-figures
expect "final.json: every radius of W, a and theta is within what was asked" \
  test "$(json out1/final.json 'max(map(float, sum(it["radius"]["W"], []) + it["radius"]["a"] + it["radius"]["theta"])) <= 1e-60')" = True
expect "run.json: certified" test "$(json out1/run.json 'it["result"]["certified"]["reached"], it["precision"][:10]')" = "(True, 'certified:')"
run_ok "two replicas" "${small[@]}" --certify --replicas 2 --json
expect "--json: each replica" test "$(json out '[r["certified"]["reached"] for r in it["replicas"]]')" = "[True, True]"
run_ok "a step beyond doubles" "${sizes[@]}" --set eta=1e-400 --set steps=20 --certify --quiet

# --- a radius that is not ---
run "${small[@]}" --certify --start-radius 1/100 --json
expect "a wide box: exit code 3, got $status" test "$status" -eq 3
expect "a wide box: why" test "$(json out 'it["certified"]["reached"], it["certified"]["reason"][:24], it["stop"]')" \
  = "(False, 'more bits no longer help', 'undecided')"
run "${small[@]}" --certify --radius 1e-60 --max-bits 100
expect "too few bits: exit code 3, got $status" test "$status" -eq 3
expect "too few bits: why" grep -q '^not certified: 100 bits are the most allowed' out

# --- bad input ---
refused() {
  run "${@:3}"
  expect "$1: exit code 2, got $status" test "$status" -eq 2
  expect "$1: one line with $2: $(cat err)" test "$(grep -cF -- "$2" err):$(wc -l <err)" = 1:1
}
refused "an option of --certify alone" --certify --radius 1e-5
refused "radius 0" --radius --certify --radius 0
refused "a radius that is none" --radius --certify --radius small
refused "a negative box" --start-radius --certify --start-radius -1
refused "bits" --max-bits --certify --max-bits 1
refused "another arithmetic" precision --certify --precision 128
refused "resuming" --resume --certify --resume --out out2
refused "a box under an oscillation" --start-radius --certify --start-radius 1 --set algorithm=oscillation --set m=4

# --- advice on the precision ---
tiny=("${sizes[@]}" --set eta=1e-9 --set steps=50 --no-figures --quiet)
run "${tiny[@]}" --out few
expect "too few bits: exit code 0, got $status" test "$status" -eq 0
expect "one line of warning" test "$(wc -l <err):$(grep -c 'below the .* bits' err)" = 1:1
expect "run.json: not enough" test "$(json few/run.json 'it["precision_advice"]["enough"]')" = False
run_ok "auto" "${tiny[@]}" --precision auto --out auto
expect "auto: no warning" test ! -s err
expect "auto: run.json says what it chose" \
  test "$(json auto/run.json 'it["precision"] == str(it["precision_advice"]["bits"]), it["precision_advice"]["enough"], it["config"]["precision"]["source"]')" \
  = "(True, True, 'auto, --precision')"
echo 'precision = "auto"' >auto.toml
run_ok "auto in a file" "${tiny[@]}" --config auto.toml --out file
expect "auto in a file: the same bits" test "$(json file/run.json 'it["precision"]')" = "$(json auto/run.json 'it["precision"]')"
finish
