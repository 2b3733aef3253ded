#!/usr/bin/env bash
# hunt, replay and corpus from outside: finds, exit codes, kill -9, other forms, bad input.
. "$(dirname "$0")/support/common.bash"

# tool ARGUMENTS...: status, and the files out and err.
tool() {
  timeout 120 "$tool" "$@" >out 2>err </dev/null
  status=$?
}

tool hunt oscillation-identity --reading literal --json --out finds
expect "a find exits with 1, got $status: $(head -c 300 err)" test "$status" -eq 1
expect "found, certified, honest" test "$(json out '(it["found"], it["rung"], it["degenerate"])')" = "(True, 'certified', False)"
case=$(json out 'it["case"]')
expect "the case is there" test -s "$case"
cp out first.json

tool hunt oscillation-identity --reading literal --json --out again --threads 3
expect "the same seed, other threads: the same case" cmp -s "$case" "$(json out 'it["case"]')"

for precision in double 64 400 certified certified:128; do
  tool replay "$case" --precision "$precision" --json
  expect "reproduced at $precision: $status $(head -c 200 out err)" \
    test "$status:$(json out 'it["outcome"]')" = "1:reproduced"
done

sed 's/"text": "/"text": "if /' "$case" >stale.json
tool replay stale.json --json
expect "another text is stale" test "$status:$(json out 'it["outcome"]')" = "3:stale"
sed 's/"a0": \["/"a0": ["1/' "$case" >changed.json
tool replay changed.json
expect "a changed number is bad input: $status $(cat err)" test "$status" -eq 2
expect "and says which key" grep -q "hash" err

tool replay "$data/reference/label-noise-sgd.instance.json" --claim norm-identity
expect "an instance against a theorem: not reproduced, got $status" test "$status" -eq 3 -o "$status" -eq 0
tool replay "$data/reference/label-noise-sgd.instance.json" --claim oscillation-identity --reading literal
expect "an instance against what is wrong: reproduced, got $status" test "$status" -eq 1

tool hunt norm-identity --rounds 2 --json --out none
expect "nothing found is 3, got $status" test "$status" -eq 3
expect "and says how much was looked at" test "$(json out 'it["found"] is False and it["rows"][0]["evaluations"] > 1000 and it["rows"][0]["best_margin"] <= 0')" = True
tool hunt oscillation-identity --reading with-step-size --corpus "$here/../../corpus" --seed 6 --rounds 20 --threads 1 --json --out cleared
expect "suspects of double precision are cleared, and none is the largest margin: $(cat out)" \
  test "$(json out '(it["rows"][0]["suspects_cleared"] > 0, it["rows"][0]["best_margin"] <= 0)')" = "(True, True)"
tool hunt oscillation-identity --reading with-step-size --corpus "$here/../../corpus" --seed 6 --rounds 20 --threads 1 --quiet --out cleared --resume
tool hunt oscillation-identity --reading with-step-size --corpus "$here/../../corpus" --seed 6 --rounds 20 --threads 1 --out cleared --resume
expect "and in words, also after a resume: $(cat out)" grep -q "^  [0-9]* suspects* of double precision cleared: " out
expect "what is shown is that none was found among these, not that the claim holds: $(cat out)" \
  bash -c 'grep -q "^  no counterexample among [0-9]* instances evaluated" out && ! grep -q "holds" out'

tool hunt lemma-4.6 --clause 2 --reading non-degenerate+population --over eta=1/8:1/5 --rounds 1 --json --out none
expect "one round of something long: $status $(head -c 200 err)" test "$status" -eq 3

# Killed in the middle of it, then resumed: the same finds as in one go.
tool hunt lemma-4.5 --reading literal --json --out whole
json out '[f["case"].split("/")[1] for f in it["rows"][0]["finds"]]' >whole.txt
"$tool" hunt lemma-4.5 --reading literal --quiet --out killed >/dev/null 2>&1 &
pid=$!
for _ in $(seq 400); do
  compgen -G 'killed/*.case.json' >/dev/null && break
  sleep 0.05
done
kill -9 "$pid" 2>/dev/null
wait "$pid" 2>/dev/null
expect "what was found is there after kill -9" compgen -G 'killed/*.case.json'
expect "no half-written case" bash -c 'for f in killed/*.case.json; do python3 -m json.tool <"$f" >/dev/null || exit 1; done'
tool hunt lemma-4.5 --reading literal --json --out killed --resume
json out '[f["case"].split("/")[1] for f in it["rows"][0]["finds"]]' >resumed.txt
expect "resumed: the same finds" cmp -s whole.txt resumed.txt
tool hunt lemma-4.5 --reading literal --seed 2 --out killed --resume
expect "another question does not resume, got $status" test "$status" -eq 2

tool hunt lemma-4.3 --clause 1b --reading literal --rounds 2 --json --out box
box=$(json out 'it["case"]')
expect "a box of starts is stored" grep -q '"box"' "$box"
tool replay "$box"
expect "and reproduced, got $status" test "$status" -eq 1

tool corpus list finds --json
expect "list" test "$status:$(json out 'len(it) >= 1')" = "0:True"
tool corpus prune finds --dry-run
expect "prune removes nothing in a dry run" test "$status" -eq 0 -a -s "$case"
tool corpus export "$case" --instance --out instance.json
tool run --instance instance.json --precision 128 --json
expect "the instance of a case runs: $status $(head -c 200 err)" test "$status" -eq 0
tool corpus export "$case" --catch2
expect "a Catch2 test" grep -q 'TEST_CASE("oscillation-identity' out
if /usr/bin/python3 -c 'import numpy' 2>/dev/null; then
  for file in "$case" "$box" whole/*.case.json; do
    rm -f snippet.py
    tool corpus export "$file" --python --out snippet.py
    /usr/bin/python3 snippet.py >said 2>&1
    status=$?
    expect "NumPy alone sees $file violated: $status $(tail -c 300 said)" test "$status" -eq 1
    expect "no import of ours" bash -c '! grep -i escapement snippet.py | grep -q import'
  done
else
  skip "no NumPy: the exported snippets were not run"
fi

# Claims about runs: a configuration, refuted by a test on fresh streams.
quick=(--reading literal --over n=1:4 --over steps=1:50 --rounds 1)
tool hunt theorem-4.2 "${quick[@]}" --json --out runs --threads 1
expect "a find about runs: $status $(head -c 200 err)" test "$status" -eq 1
expect "tested, honest" test "$(json out '(it["rung"], it["degenerate"])')" = "('tested', False)"
runs=$(json out 'it["case"]')
tool hunt theorem-4.2 "${quick[@]}" --json --out runs2 --threads 2
expect "other threads: the same file" cmp -s "$runs" "$(json out 'it["case"]')"
tool replay "$runs" --json
expect "its streams: the same counts, got $(cat out)" \
  test "$status:$(json out '(it["outcome"], it["trials"], it["failures"])')" = "1:('reproduced', $(json "$runs" '(it["test"]["trials"], it["test"]["failures"])' | tr -d '()'))"
"$tool" hunt theorem-4.2 "${quick[@]}" --quiet --out killed-runs --threads 1 >/dev/null 2>&1 &
pid=$!
for _ in $(seq 400); do
  compgen -G 'killed-runs/*.runs.json' >/dev/null && break
  sleep 0.02
done
kill -9 "$pid" 2>/dev/null
wait "$pid" 2>/dev/null
expect "what was found is there after kill -9" compgen -G 'killed-runs/*.runs.json'
tool hunt theorem-4.2 "${quick[@]}" --json --out killed-runs --resume
expect "resumed: the same file, $status $(head -c 200 err) $(ls -A killed-runs | tr '\n' ' ')" cmp -s "$runs" "$(json out 'it["case"]')"
tool replay "$runs" --fresh --quiet
expect "new streams: reproduced, got $status" test "$status" -eq 1
tool replay "$runs" --seed 9 --precision 64 --quiet
expect "and in MPFR, got $status" test "$status" -eq 1
python3 - "$runs" <<'PY' >tampered.runs.json
import json, sys
it = json.load(open(sys.argv[1]))
it["test"]["failures"] -= 1
print(json.dumps(it))
PY
tool replay tampered.runs.json --json
expect "other counts are not reproduced" test "$status:$(json out 'it["outcome"]')" = "0:not reproduced"
sed 's/"m": "/"m": "9/' "$runs" >changed.runs.json
tool replay changed.runs.json
expect "a changed configuration is bad input: $status $(cat err)" test "$status" -eq 2
tool corpus list runs --json
expect "listed" test "$status:$(json out 'it[0]["rung"]')" = "0:tested"
cp "$runs" tampered.runs.json runs2/
tool corpus prune runs2
expect "prune removes what is not reproduced: $(cat out)" test "$status" -eq 0 -a ! -e runs2/tampered.runs.json
if /usr/bin/python3 -c 'import numpy' 2>/dev/null; then
  rm -f snippet.py
  tool corpus export "$runs" --python --out snippet.py
  /usr/bin/python3 snippet.py >said 2>&1
  status=$?
  expect "NumPy alone sees it fail: $status $(tail -c 300 said)" test "$status" -eq 1
fi
tool hunt theorem-4.2 "${quick[@]}" --frontier constant --json --out border
expect "a border along the constant: $(head -c 300 out)" test "$(json out 'all(eval(b["fails"]) < eval(b["holds"]) for b in it["rows"][0]["frontier"])')" = True
tool hunt lemma-4.5 --reading generic --inside --rounds 1 --budget 5s --json --out runs3
expect "nothing that runs is inside: 3, got $status" test "$status:$(json out 'it["rows"][0]["evaluations"]')" = "3:0"

# bad WORDS ARGUMENTS...: exit code 2, one line that has the words, nothing written.
bad() {
  local words=$1
  shift
  rm -rf unwanted
  tool "$@"
  expect "$*: exit code 2, got $status" test "$status" -eq 2
  expect "$*: one line with '$words', got $(head -c 300 err)" bash -c '[[ $(wc -l <err) -eq 1 ]] && grep -qF -- "$1" err' _ "$words"
  expect "$*: nothing is written" test ! -e unwanted
}
bad "one of norm-identity" hunt lemma-9 --out unwanted
bad "--clause" hunt lemma-4.3 --clause 7 --out unwanted
bad "--budget" hunt lemma-4.5 --budget never --out unwanted
bad "--keep" hunt lemma-4.5 --keep A7 --out unwanted
bad "LOW at most HIGH" hunt lemma-4.5 --over eta=1/2:1/4 --out unwanted
bad "an integer from 1 to 64" hunt lemma-4.5 --fix d=1/2 --out unwanted
bad "--frontier" hunt lemma-4.5 --frontier width --out unwanted
bad "--constant" hunt lemma-4.5 --constant 0 --out unwanted
bad "--seed" hunt lemma-4.5 --seed -1 --out unwanted
bad "--inside" hunt lemma-4.5 --inside --anywhere --out unwanted
bad "a folder" hunt lemma-4.5 --corpus nowhere --out unwanted
bad "--precision" replay "$case" --precision 7
bad "--claim" replay "$data/reference/label-noise-sgd.instance.json"
bad "a file" replay nowhere.json
bad "KEY one of d, eta, m, steps, theta_norm" hunt lemma-4.5 --reading generic --fix sigma=1 --out unwanted
bad "one of constant, eta" hunt sam-phases --frontier start --out unwanted
bad "escapement-runs/1" replay "$case" --fresh
bad "--python for a find about runs" corpus export "$runs" --coq
bad "one of --catch2" corpus export "$case"
bad "a folder" corpus list nowhere
finish
