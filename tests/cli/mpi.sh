#!/usr/bin/env bash
# Several ranks: the same bytes as one process whatever their number, a rank that dies or falls silent, what is kept and
# resumed by another number of ranks, Ctrl-C, one line of progress; and a build without MPI, which says so.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"
. "$here/support/ranks.bash"

if ! command -v mpirun >/dev/null; then
  skip "mpirun is not installed (openmpi-bin): nothing about several ranks was tested"
  echo "1 check skipped"
  exit 0
fi
if ! ldd "$tool" | grep -q libmpi; then
  among 3 run --preset two-phase --set steps=10 --out never
  expect "without MPI: exit code 2, got $status" test "$status" -eq 2
  expect "without MPI: a line, got $(lines)" test "$(lines | grep -c 'built without MPI')" -ge 1
  expect "without MPI: nothing is written" test ! -e never
  among 1 run --preset two-phase --set steps=10 --quiet
  expect "without MPI: one process is no matter: $status, $(cat err)" test "$status" -eq 0
  skip "the tool was built without MPI (libopenmpi-dev): ranks were not tested"
  finish
fi

# Everything but when and how long: run.json without its times, and without its checksum.
timeless() {
  python3 - "$1" <<'PY'
import json, sys
it = json.load(open(sys.argv[1]))
for key in ("steps_per_second", "wall_seconds"): it["result"].pop(key)
it.pop("checksum", None)
print(json.dumps(it))
PY
}
# same_folder A B: the same files with the same bytes.
same_folder() {
  local file
  diff -rq --exclude=run.json --exclude=.escapement-files "$1" "$2" || return 1
  while IFS= read -r file; do
    [[ $(timeless "$1/$file") == "$(timeless "$2/$file")" ]] || { echo "$file differs"; return 1; }
  done < <(cd "$1" && find . -name run.json)
}

# everywhere NAME CODE ARGUMENTS...: alone and as 1, 2 and 4 ranks, each in a folder of its own, with --out o.
everywhere() {
  local name=$1 code=$2 ranks
  shift 2
  for ranks in 0 1 2 4; do
    mkdir -p "$name-$ranks"
    cd "$name-$ranks" || exit 2
    among "$ranks" "$@" --out o
    cd ..
    expect "$name, $ranks ranks: exit code $code, got $status" test "$status" -eq "$code"
    expect "$name, $ranks ranks: nothing to complain of, got $(head -c 300 "$name-$ranks/err")" test ! -s "$name-$ranks/err"
    rm "$name-$ranks/err"
    if ((ranks > 0)); then expect "$name, $ranks ranks: the same bytes" same_folder "$name-0" "$name-$ranks"; fi
  done
}

# --- the same bytes ---
few=(--set n=12 --set eta=1/200 --set steps=300 --set watch=3 --set record=every:100 --set 'snapshots=at:[0,300]')
everywhere sweep 0 run "${few[@]}" --set m=40 --set d=5 --replicas 5 --sweep sigma=1,2 --no-figures --quiet
for precision in 120 certified:120; do
  everywhere "${precision/:/-}" 0 run "${few[@]}" --set m=6 --set d=2 --replicas 3 --precision $precision --no-figures --quiet
done
everywhere points 0 run "${few[@]}" --set m=40 --set d=5 --sweep seed=1,2
everywhere instance 0 run --instance "$data/reference/sam.instance.json" --precision 256 --no-figures
# m = 1/sqrt(eta), which Lemmas 4.4 to 4.6 fix; with K = 4 the rows of runs claim something at that width.
shape=(--set d=2 --set m=16 --set sigma=6 --set eta=1/256 --constant 4)
everywhere rows 1 check "${shape[@]}" --budget 0.2 --json
everywhere map 1 check lemma-4.4 --over theta_norm=1:64:log:3 --over eta=1/16,1/64 --set d=2 --json
for ranks in 0 2; do among $ranks conditions; cp out said-$ranks; done
expect "what rank 0 does alone is said once" cmp said-0 said-2

# --- hunt: the same finds, files and text, but for times ---
claims=(hunt oscillation-identity --rounds 1 --budget 1000 --out o)
for form in --json --threads=1; do
  for ranks in 0 1 2 3; do
    mkdir "hunt$form-$ranks"
    cd "hunt$form-$ranks" || exit 2
    among $ranks "${claims[@]}" $form
    sed -i -E -e 's/("seconds(_to_first)?": )[0-9.e-]+/\1_/' -e 's/(rounds, )[0-9.]+ s/\1_ s/' out
    cd ..
    expect "hunt $form, $ranks ranks: exit code 1, got $status, $(head -c 300 "hunt$form-$ranks/err")" test "$status" -eq 1
    expect "hunt $form, $ranks ranks: the same bytes" diff -r "hunt$form-0" "hunt$form-$ranks"
  done
done
expect "hunt: both claims, three cases, no journal: $(ls hunt--json-0/o)" test "$(find hunt--json-0/o -name '*.state.json' | wc -l):$(find hunt--json-0/o -name '*.case.json' | wc -l):$(ls -d hunt--json-0/o/escapement-journal 2>/dev/null)" = "2:3:"

# --- bad input: one line of ours, exit code 2 ---
for arguments in "run --set m=0" "check lemma-4.7" "run --nonsense" "check lemma-4.4 --over eta=one" "check --resume" "hunt lemma-9" "fly"; do
  among 3 $arguments
  expect "$arguments: exit code 2, got $status" test "$status" -eq 2
  expect "$arguments: one line, got $(lines)" test "$(lines | wc -l)" -eq 1
done

# --- a rank that dies, Ctrl-C: what was finished is kept ---
checkpoints() { (($(find o -name '*.state' 2>/dev/null | wc -l) >= 2)); }
rows=(check "${shape[@]}" --budget 10 --json --out o)
mkdir whole killed
(cd whole && among 0 "${rows[@]}")

cd killed || exit 2
begin 3 "${rows[@]}"
once finished_units
mapfile -t processes < <(ranks_of)
expect "three ranks, got ${processes[*]}" test "${#processes[@]}" -eq 3
kill -9 "${processes[2]}"
ended "check, rank 2 killed"
expect "check, rank 2 killed: journals, no verdicts yet" eval 'finished_units && [[ ! -e o/verdicts.json ]]'
had=$(units)

cp -r o before
begin 2 "${rows[@]}" --resume
once finished_units $((had + 1))
mapfile -t processes < <(ranks_of)
if ((${#processes[@]} > 0)); then kill -9 "${processes[0]}" 2>/dev/null; fi
wait "$pid"
status=$?
if [[ ! -e o/verdicts.json ]]; then
  expect "check, rank 0 killed: exit code not 0" test "$status" -ne 0
  expect "check, rank 0 killed: more is finished than before" test "$(units)" -gt "$had"
else
  skip "a busy machine: the check ended before its rank 0 could be killed"
  rm -r o && cp -r before o
fi
rm -r before

printf '00112233;row 5;{"torn' >>o/escapement-journal/rank-1.journal
cp -r o kept
# What is no journal of this question is refused, and nothing is touched.
refused() {
  expect "$1: exit code 2, got $status" test "$status" -eq 2
  expect "$1: one line, got $(lines)" test "$(lines | grep -c 'o/escapement-journal/rank-.*without --resume it starts anew')" -eq 1
  expect "$1: nothing on standard output" test ! -s out
}
among 0 check "${shape[@]}" --budget 9 --json --out o --resume; refused "another budget"
among 2 check "${shape[@]}" --budget 10 --seed 2 --json --out o --resume; refused "another seed"
among 0 check lemma-4.3 "${shape[@]}" --budget 10 --json --out o --resume; refused "other rows"
expect "refused: nothing is changed" diff -r o kept
sed -i '1s/ [0-9.]* / 9.9.9 /' o/escapement-journal/rank-0.journal
among 0 "${rows[@]}" --resume; refused "another version"
rm -r o && cp -r kept o
sed -i '2s/^./~/' o/escapement-journal/rank-0.journal
among 0 "${rows[@]}" --resume; refused "a damaged line"
rm -r o && mv kept o

among 0 "${rows[@]}" --resume
cd ..
expect "check, resumed alone: exit code 1, got $(tail -n 1 killed/err)" test "$status" -eq 1
expect "check, resumed alone: the same bytes, no journal" diff -r whole killed

mkdir stopped
cd stopped || exit 2
patience=1
begin 2 "${rows[@]}"
patience=4
once finished_units 1
kill -INT "$pid"
wait "$pid"
status=$?
if [[ ! -e o/verdicts.json ]]; then
  told "check, Ctrl-C"
else
  skip "a busy machine: the check ended before it could be interrupted"
fi
among 4 "${rows[@]}" --resume
cd ..
expect "check, Ctrl-C, resumed by 4: the same bytes" diff -r whole stopped

# --- one process alone keeps a journal too ---
mkdir single
cd single || exit 2
"$tool" "${rows[@]}" >out 2>err </dev/null &
pid=$!
once finished_units
kill -9 "$pid"
{ wait "$pid"; } 2>/dev/null
expect "alone, killed: a journal" finished_units
among 2 "${rows[@]}" --resume
cd ..
expect "alone, killed, resumed by 2: the same bytes" diff -r whole single

# --- hunt: what was found is kept, and claims that ended are not hunted again ---
claims=(hunt lemma-4.6 --clause 2 --rounds 1 --budget 1000 --json --out o)
# Of a claim that was cut short, counts of the work are those of two processes; its finds are the same.
found() { python3 -c 'import json; print([[row["reading"], row["finds"]] for row in json.load(open("out"))["rows"]])'; }
mkdir hunt-whole hunt-killed
cd hunt-whole || exit 2
among 0 "${claims[@]}"
found >found
ls o >files
cd ../hunt-killed || exit 2
begin 3 "${claims[@]}"
once finished_units 1
mapfile -t processes < <(ranks_of)
if ((${#processes[@]} == 3)) && kill -9 "${processes[2]}" 2>/dev/null; then
  wait "$pid"
  status=$?
  if [[ -s out ]]; then
    skip "a busy machine: the hunt had ended when its rank 2 was killed"
  else
    told "hunt, rank 2 killed"
    expect "hunt, rank 2 killed: there is a journal" finished_units 1
  fi
else
  skip "a busy machine: the hunt ended before its rank 2 could be killed"
  wait "$pid"
fi
among 2 "${claims[@]}" --resume
found >found
ls o >files
cd ..
expect "hunt, resumed by 2: exit code 1, got $status, $(cat hunt-killed/err)" test "$status" -eq 1
expect "hunt, resumed by 2: the same finds" cmp hunt-whole/found hunt-killed/found
expect "hunt, resumed by 2: the same files, no journal" cmp hunt-whole/files hunt-killed/files
cd hunt-killed || exit 2
among 2 "${claims[@]}" --seed 2 --resume
cd ..
expect "hunt, another seed: exit code 2, got $status" test "$status" -eq 2
expect "hunt, another seed: one line, got $(sed -n '/^escapement: /p' hunt-killed/err)" test "$(grep -c '^escapement: o/lemma-4.6-2-.*seed 2' hunt-killed/err)" -eq 1

# --- run: its checkpoints ---
export ESCAPEMENT_CHECKPOINT_SECONDS=0.05
long=(run --preset two-phase --set m=100 --set watch=4 --set record=every:500 --set steps=150000 --replicas 4 --sweep sigma=3,4)
long+=(--no-figures --quiet --out o)
mkdir run-whole run-killed
(cd run-whole && among 0 "${long[@]}")
cd run-killed || exit 2
begin 3 "${long[@]}"
once checkpoints
mapfile -t processes < <(ranks_of)
kill -9 "${processes[1]}"
ended "run, rank 1 killed"
expect "run, rank 1 killed: no sweep.csv yet" test ! -e o/sweep.csv
among 2 "${long[@]}" --resume
cd ..
expect "run, resumed by 2: exit code 0, got $status, $(cat run-killed/err)" test "$status" -eq 0
expect "run, resumed by 2: the same bytes" same_folder run-whole run-killed

# --- a rank that is there but says nothing ---
mkdir silent
cd silent || exit 2
export ESCAPEMENT_SILENCE_SECONDS=1
begin 2 "${long[@]/steps=150000/steps=100000000}"
once checkpoints
mapfile -t processes < <(ranks_of)
kill -STOP "${processes[1]}"
wait "$pid"
status=$?
cd ..
expect "a silent rank: exit code 130, got $status" test "$status" -eq 130
expect "a silent rank is named, in one line: $(sed -n '/^escapement/p' silent/err)" grep -q 'escapement: rank 1 was not heard from for 1 s' silent/err
unset ESCAPEMENT_SILENCE_SECONDS

# --- one line of progress on a terminal, with the state of a test ---
terminal=(python3 "$here/support/read_terminal.py")
told_rows() { grep -qE '^check: [0-9]+%, [0-9]+ of [0-9]+ parts, .* left; theorem-4.2 .*: [0-9]+ of [0-9]+ trials' shown; }
row=(check theorem-4.2 --reading literal --set d=3 --set m=64 --set sigma=6 --set eta=1/64 --constant 10 --set replicas=2000)
for try in 1 2 3 4; do  # the line is drawn now and then: the row has to be under way
  "${terminal[@]}" "${launch[@]}" -n 2 "$tool" "${row[@]}" >shown
  if told_rows; then break; fi
done
expect "progress of rows: $(head -n 5 shown)" told_rows
"${terminal[@]}" "${launch[@]}" -n 2 "$tool" "${long[@]/#o/shown-run}" >shown
expect "--quiet: nothing" test ! -s shown
told_steps() { grep -qE '^run: [0-9.]+%, .* steps/s' shown; }
for try in 1 2 3; do
  "${terminal[@]}" "${launch[@]}" -n 2 "$tool" run --preset two-phase --set m=100 --set steps=3000000 --replicas 4 >shown
  if told_steps; then break; fi
done
expect "progress of a run: $(head -n 3 shown)" told_steps
finish
