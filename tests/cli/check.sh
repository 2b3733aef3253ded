#!/usr/bin/env bash
# `escapement check` from outside: exit codes, the keys of --json, rows that reproduce themselves, maps, bad input, Ctrl-C.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"

# check ARGUMENTS...: status, and the files out and err.
check() {
  timeout 120 "${as[@]}" "$tool" check "$@" >out 2>err </dev/null
  status=$?
}
# ends CODE WHAT ARGUMENTS...: with this exit code and nothing on standard error.
ends() {
  local code=$1 what=$2
  shift 2
  check "$@"
  expect "$what: exit code $code, got $status, $(head -c 300 err)" test "$status" -eq "$code"
  expect "$what: standard error is empty, got $(head -c 300 err)" test ! -s err
}
# is EXPRESSION VALUE: of the JSON that was printed last.
is() {
  local found
  found=$(json out "$1")
  expect "$1 is $2, got $found" test "$found" = "$2"
}

shape=(--set d=2 --set n=12 --set m=16 --set sigma=6)
quick=("${shape[@]}" --set eta=1/16 --budget 0.05)

# --- exit codes: 0 all hold or are supported, 1 one is violated, 3 one is undecided or vacuous, 2 bad input (below) ---
ends 0 "a claim that holds" norm-identity "${quick[@]}" --quiet
expect "--quiet prints nothing" test ! -s out
ends 1 "one that does not" oscillation-identity "${quick[@]}" --json
is '[(v["reading"], v["outcome"]) for v in it]' "[('literal', 'violated'), ('with-step-size', 'holds')]"
ends 0 "its repair" oscillation-identity --reading with-step-size "${quick[@]}"
expect "the table names it" grep -q 'oscillation-identity.*with-step-size.*holds' out
ends 0 "--strict takes what holds" oscillation-identity --reading with-step-size "${quick[@]}" --strict --json
is '"--strict" in it[0]["reproduce"]' False
aligned=(lemma-4.5 --reading flow-time+generic --set d=2 --set eta=1/16)
ends 0 "supported" "${aligned[@]}"
expect "with its constant and range, and no error probability: $(cat out)" \
  grep -qE 'lemma-4.5 flow-time.generic +constant needed at most [0-9.]+ for eta .*\.\.' out
ends 3 "supported, --strict" "${aligned[@]}" --strict --json
is 'it[0]["outcome"], bool(it[0]["support"]["range"]), "--strict" in it[0]["reproduce"]' "('supported', True, False)"
strip=(lemma-4.5 --reading flow-time+generic --set d=2 --over eta=1/16,1/32)
ends 0 "a map of what is supported" "${strip[@]}" --quiet
ends 3 "the same map, --strict" "${strip[@]}" --quiet --strict
ends 0 "literally true at eta = 1" oscillation-identity --reading literal --set eta=1 --json
ends 3 "a definition claims nothing" lazy-regime "${quick[@]}" --json
is '[v["outcome"] for v in it]' "['vacuous']"
ends 1 "violated beats vacuous" lazy-regime oscillation-identity "${quick[@]}" --quiet
ends 3 "no run gets there" theorem-4.2 --reading literal --constant 1 --set m=64 --set eta=1e-9 --precision auto --json
is '[v["outcome"] for v in it]' "['undecided']"
check theorem-4.2 --reading literal --constant 1 --set m=64 --set eta=1e-9 --json
expect "too few bits: one line of warning" test "$(wc -l <err):$(grep -c 'precision double is below the .* bits' err)" = 1:1

# --- the keys, for every row, whatever the number of threads ---
ends 1 "everything on one thread" "${quick[@]}" --threads 1 --json --quiet
expect "JSON" is_json out
cp out one.json
ends 1 "everything on two" "${quick[@]}" --threads 2 --json --quiet
expect "the same bytes" cmp one.json out
is 'len(it)' 36
is 'sorted({k for v in it for k in "statement clause reading parameters regime claim bound measured outcome evidence alpha trials proofs seed reproduce".split() if k not in v})' '[]'
is 'sorted({type(v[k]).__name__ for v in it for k in "statement clause reading claim bound measured outcome evidence seed reproduce".split()})' "['str']"
is 'all(list(v["regime"]) == "A1 A2 A3 A4 A5 A6 inside".split() or sorted(v["regime"])[:6] == "A1 A2 A3 A4 A5 A6".split() for v in it)' True
is 'all("holds" in v["regime"][a] and "margin" in v["regime"][a] for v in it for a in "A1 A2 A3 A4 A5 A6".split())' True
is 'all(v["regime"]["inside"] in (True, False, None) for v in it)' True
is 'sorted({v["outcome"] for v in it} - {"holds", "supported", "violated", "vacuous", "undecided"})' '[]'
is 'sorted({v["evidence"] for v in it} - {"sampled", "computed", "certified", "proved", "counterexample"})' '[]'
is 'all(isinstance(x, str) for v in it for x in v["parameters"].values())' True
is '[v["statement"] for v in it if "nan" in json.dumps(v).lower().replace("finan", "")]' '[]'

# --- every row's command gives the row again; those of the slow ladders only once ---
python3 - one.json >commands <<'PY'
import json, sys
for k, v in enumerate(json.load(open(sys.argv[1]))):
    if v["statement"] in ("lemma-4.5", "lemma-4.6") and v["reading"] != "literal": continue
    print(k, v["reproduce"], sep="\t")
PY
expect "commands" test "$(wc -l <commands)" -ge 18
while IFS=$'\t' read -r k line; do
  expect "row $k: a check" test "${line#escapement check }" != "$line"
  eval "set -- ${line#escapement check }"
  check "$@" --json
  expect "row $k: $line: one row" test "$(json out 'len(it)')" = 1
  expect "row $k: $line: the same row, $(head -c 200 err)" python3 - one.json "$k" out <<'PY'
import json, sys
a, b = json.load(open(sys.argv[1]))[int(sys.argv[2])], json.load(open(sys.argv[3]))[0]
a.pop("reproduce"), b.pop("reproduce")
sys.exit(a != b)
PY
done <commands
check theorem-4.2 "${shape[@]}" --set eta=1/16 --budget 0.01 --alpha 1e-12 --json
expect "the least budget and alpha that are printed: $(head -c 200 err)" test ! -s err
cp out small.json
for k in 0 1 2; do
  line=$(json small.json "it[$k]['reproduce'].removeprefix('escapement check ')")
  [[ -n $line ]] || continue
  eval "set -- $line"
  check "$@" --json
  expect "row $k at a small share: the same outcome, $(head -c 200 err)" \
    test "$(json small.json "it[$k]['outcome'], it[$k]['measured']")" = "$(json out "it[0]['outcome'], it[0]['measured']")"
done

# --- files ---
ends 1 "into a folder" oscillation-identity "${quick[@]}" --out verdicts --json
expect "verdicts.json has what was printed" test "$(json verdicts/verdicts.json 'it["verdicts"]')" = "$(json out it)"
expect "a page" grep -qi '<html' verdicts/report.html
expect "nothing else" test "$(ls verdicts | tr '\n' ' ')" = "report.html verdicts.json "
timeout 60 "$tool" report verdicts --quiet --out again.html 2>err
expect "report reads it: $(cat err)" test -s again.html

# --- maps ---
ends 1 "a map" lemma-4.4 --over theta_norm=1:64:log:4 --over eta=1/16,1/64 --set d=2 --out map --json
expect "map.json has what was printed" test "$(json map/map.json 'it["maps"]')" = "$(json out it)"
expect "its files" test "$(ls map | tr '\n' ' ')" = "map.json map.svg report.html "
expect "the picture is well-formed" python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' map/map.svg
cp out map1.json
ends 1 "the same map on another thread count" lemma-4.4 --over theta_norm=1:64:log:4 --over eta=1/16,1/64 --set d=2 --threads 1 --json
expect "the same bytes" cmp map1.json out
timeout 60 "$tool" report map --quiet --out mapped.html 2>err
expect "report reads it: $(cat err)" grep -q '<svg' mapped.html
ends 1 "one key" oscillation-identity --over eta=1/2,1,2 --reading literal
expect "counted: $(cat out)" grep -qF '7 points, 1 holds, 0 supported, 6 violated' out

# --- calibration: the numbers of the documentation ---
ends 0 "calibrate" --calibrate --seed 1
page=$here/../../docs/concepts/statistics.md
for count in 51 708 1048 95; do
  expect "$count in the table" grep -qw "$count" out
  expect "$count on the page" grep -qE "\| $count \|" "$page"
done
ends 0 "calibrate as JSON" --calibrate --seed 1 --json
is '[t["false_alarms"] for t in it["tests"]]' '[51, 708, 1048, 95]'

# --- bad input: one line, exit code 2, nothing left behind ---
refused() {
  local what=$1 words=$2 word before
  shift 2
  before=$(ls -A | sort)
  check "$@"
  expect "$what: exit code 2, got $status" test "$status" -eq 2
  expect "$what: one line, got $(cat err)" test "$(wc -l <err)" -eq 1
  expect "$what: nothing on standard output" test ! -s out
  for word in $words; do expect "$what: '$word' in: $(cat err)" grep -qF -- "$word" err; done
  expect "$what: nothing left behind" test "$(ls -A | sort)" = "$before"
}
refused "an unknown id" "lemma-4.7 lemma-4.6" lemma-4.7
refused "an unknown reading" "--reading flow-time" lemma-4.5 --reading fluid-time
refused "an unknown clause" "--clause 1a" lemma-4.3 --clause 3a
refused "three keys" "--over" lemma-4.4 --over eta=1/4,1/8 --over d=1,2 --over theta_norm=1,2 --out never
refused "a key twice" "--over eta" lemma-4.4 --over eta=1/4,1/8 --over eta=1/2,1/3 --out never
for range in eta eta= eta=1:2:lin:1 eta=1:2 eta=1:2:cube eta=0:1:log eta=a:b:lin colour=1:2:lin; do
  refused "--over $range" "--over" lemma-4.4 --over "$range" --out never
done
for value in 2 0 -1 0.6 abc nan ''; do refused "--alpha '$value'" "--alpha" norm-identity "--alpha=$value"; done
for value in -1 0 abc 1e9 s nan; do refused "--budget '$value'" "--budget" norm-identity "--budget=$value"; done
for value in 0 -1 abc 1/0; do refused "--constant '$value'" "--constant" norm-identity "--constant=$value"; done
for case in d=0 eta=0 eta=-1 m=0 m=x n=some sigma=-1; do refused "--set $case" "--set ${case%%=*}" norm-identity --set "$case"; done
refused "--threads 0" "--threads" norm-identity --threads 0
refused "a preset" "--preset" norm-identity --preset none
refused "a configuration" "nowhere.toml" norm-identity --config nowhere.toml
: >file
refused "--out on a file" "file" norm-identity "${quick[@]}" --out file
expect "the file is as it was" test -f file -a ! -s file

# --- a full disk: said, and no half a file ---
as=(bash -c 'ulimit -f 1; trap "" XFSZ; exec "$@"' -)
check "${quick[@]}" norm-identity oscillation-identity --quiet --out full
as=()
expect "a full disk: exit code $status" test "$status" -ne 0 -a "$status" -ne 1
expect "a full disk: one line, got $(cat err)" test "$(wc -l <err)" -eq 1
expect "a full disk: no verdicts.json" test ! -e full/verdicts.json -a ! -e full/report.html
expect "a full disk: no temporary file" test -z "$(find full -name '*tmp*' 2>/dev/null)"

# --- Ctrl-C: 130, and the rows that were finished ---
"$tool" check norm-identity theorem-4.2 --constant 1 --set m=4 --set d=2 --set n=4 --set eta=1/3000 --quiet --out stopped >out 2>err </dev/null &
pid=$!
sleep 1.5
kill -INT "$pid"
wait "$pid"
status=$?
expect "Ctrl-C: exit code 130, got $status" test "$status" -eq 130
expect "Ctrl-C: finished rows" test "$(json stopped/verdicts.json '[v["statement"] for v in it["verdicts"]]')" = "['norm-identity']"
expect "Ctrl-C: a page" test -s stopped/report.html
finish
