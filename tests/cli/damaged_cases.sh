#!/usr/bin/env bash
# Folders with a damaged or a foreign file: the other cases are served, the file is named and stays, the exit code is 2.
# Which constants a case refutes, in words and in JSON.
. "$(dirname "$0")/support/common.bash"
corpus=$here/../../corpus

# tool ARGUMENTS...: status, and the files out and err.
tool() {
  timeout 120 "$tool" "$@" >out 2>err </dev/null
  status=$?
}

mkdir folder
cp "$corpus"/lemma-4.4-*.case.json "$corpus"/oscillation-identity-*.case.json "$corpus"/sam-phases-*.runs.json folder
whole=$(ls "$corpus"/lemma-4.3-1a-*.case.json)
head -c 200 "$whole" >folder/half.case.json
echo 'my notes' >folder/notes.runs.json
mkdir folder/nested.case.json
tool corpus list folder --json
expect "the others are listed: $status" test "$status:$(json out 'len(it)')" = "2:4"
expect "each damaged file is named: $(cat err)" \
  test "$(grep -c 'half.case.json\|notes.runs.json\|nested.case.json' err):$(wc -l <err)" = "3:3"
tool corpus prune folder
expect "pruned with exit code 2, got $status: $(cat out)" test "$status" -eq 2
expect "what cannot be read stays" test -s folder/half.case.json -a -s folder/notes.runs.json -a -d folder/nested.case.json
expect "and is not counted" bash -c '! grep -q "half\|notes\|nested" out'
tool corpus min folder
expect "minimised with exit code 2, got $status" test "$status" -eq 2
expect "the foreign file is as it was" test "$(cat folder/notes.runs.json)" = "my notes"
tool replay folder/half.case.json folder/oscillation-identity-*.case.json --json
expect "replay of the others: $status" test "$status:$(json out '[x["outcome"] for x in it]')" = "2:['reproduced']"
expect "and names the damaged one" grep -q 'half.case.json' err
tool corpus export folder/half.case.json --python --out half.py
expect "no export of it: $status" test "$status" -eq 2 -a ! -e half.py

# A hunt neither replaces nor removes files of others.
for name in oscillation-identity-literal.state.json oscillation-identity-literal-0123456789abcdef.case.json; do
  rm -rf taken && mkdir taken && echo 'my notes' >"taken/$name"
  tool hunt oscillation-identity --reading literal --rounds 1 --out taken
  expect "$name in the way is bad input: $status" test "$status:$(wc -l <err)" = "2:1"
  expect "named: $(cat err)" grep -qF "$name" err
  expect "before anything is computed" test "$(ls -A taken)" = "$name"
  expect "and stays" test "$(cat "taken/$name")" = "my notes"
done
mkdir runs && echo 'my notes' >runs/theorem-4.2-literal.state.json
tool hunt theorem-4.2 --reading literal --rounds 1 --out runs
expect "the same for hunts about runs: $status" test "$status:$(cat runs/*)" = "2:my notes"

# Which constants.
tool replay "$whole" --json
expect "a box of starts refutes small constants only: $(cat out)" test \
  "$(json out '(2.6e-9 < float(it["refutes_constants_below"]) <= 2.68919e-9, it["refutes_only_small_constants"])')" = "(True, True)"
tool replay "$whole"
expect "in words" grep -q 'refutes every constant K < 2.68916e-9, and none that is 1 or more' out
tool corpus list "$corpus" --json
expect "every case of a claim with a constant says which it refutes" test "$(json out \
  'sorted({x["claim"].split()[0] for x in it if x["refutes_constants_below"] is None})')" = \
  "['lemma-4.4', 'oscillation-identity', 'sam-phases']"
expect "those of Lemma 4.3 alone are small" test "$(json out \
  '{x["claim"].split()[0] for x in it if x["refutes_only_small_constants"]}')" = "{'lemma-4.3'}"
finish
