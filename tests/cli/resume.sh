#!/usr/bin/env bash
# A run that is interrupted, or killed at any moment, and resumed ends with the bytes of a run that was left alone.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"
export ESCAPEMENT_CHECKPOINT_SECONDS=0.05
RANDOM=${ESCAPEMENT_SEED:-1}

now() { date +%s.%N; }
# moment T A B: a random moment between A and B per cent of T.
moment() { awk -v t="$1" -v a="$2" -v b="$3" -v r=$RANDOM 'BEGIN {print t * (a + (b - a) * r / 32767) / 100}'; }

# killed SIGNAL SECONDS ARGUMENTS...: starts the tool and sends it the signal after a time; its exit code in status.
killed() {
  local signal=$1 seconds=$2 pid
  shift 2
  "$tool" run "$@" >out 2>err </dev/null &
  pid=$!
  sleep "$seconds"
  kill -s "$signal" "$pid" 2>/dev/null
  { wait "$pid"; } 2>/dev/null
  status=$?
}

# resume_ok WHAT ARGUMENTS...: exit code 0, and nothing on standard error but that there was nothing to resume.
resume_ok() {
  local what=$1
  shift
  run "$@" --resume
  expect "$what: exit code $status, $(head -c 300 err)" test "$status" -eq 0
  expect "$what: standard error, got $(head -c 300 err)" test -z "$(grep -v '^escapement: nothing to resume in ' err)"
}

rectangular() { awk -F, 'NR == 1 {n = NF} NF != n {exit 1}' "$1"; }
# Every row is one of the whole run's.
part_of() { ! grep -vqxFf "$2" "$1"; }

# NAME ARGUMENTS...: the whole run, then the ways to cut it.
cut_and_resume() {
  local name=$1 begin seconds kills file
  shift
  local -a some=("$@" --no-figures)
  begin=$(now)
  run_ok "$name" "${some[@]}" --out "$name-whole" --quiet
  seconds=$(awk -v a="$begin" -v b="$(now)" 'BEGIN {print b - a}')

  # Ctrl-C: what was recorded is written, and the exit code says so.
  killed INT "$(moment "$seconds" 25 60)" "${some[@]}" --out "$name-int"
  if ((status == 130)); then
    interrupted=$((interrupted + 1))
    expect "$name, Ctrl-C: nothing on standard error: $(cat err)" test ! -s err
    expect "$name, Ctrl-C: it says how to go on" grep -q -- --resume out
    for file in "$name-int"/*.csv; do expect "$name, Ctrl-C: full rows in $file" rectangular "$file"; done
    expect "$name, Ctrl-C: rows of the whole run" part_of "$name-int/trajectory.csv" "$name-whole/trajectory.csv"
    expect "$name, Ctrl-C: final.json" is_json "$name-int/final.json"
    expect "$name, Ctrl-C: run.json" test "$(json "$name-int/run.json" 'it["result"]["stop"]')" = interrupted
    expect "$name, Ctrl-C: a checkpoint" test -s "$name-int/escapement-checkpoint/replica-0.state"
  else
    expect "$name, Ctrl-C after the end: exit code 0, got $status" test "$status" -eq 0
  fi
  resume_ok "$name, resumed" "${some[@]}" "${resumed_with[@]}" --out "$name-int" --quiet
  expect "$name, Ctrl-C and resumed: the same bytes" same_results "$name-whole" "$name-int"
  expect "$name: no checkpoint stays" test ! -e "$name-int/escapement-checkpoint"

  # kill -9, again and again, each time from the last checkpoint.
  for ((kills = 0; kills < 4; ++kills)); do
    killed KILL "$(moment "$seconds" 5 45)" "${some[@]}" --out "$name-kill" --resume --quiet
    if ((status == 0)); then break; fi
    killings=$((killings + 1))
    expect "$name, killed: exit code 137, got $status" test "$status" -eq 137
    # Tables come with the last step: where the kill came between that and the exit, they are whole.
    for file in "$name-kill"/*.csv; do
      if [[ -e $file ]]; then expect "$name, killed: $file is whole" cmp -s "$file" "$name-whole/${file##*/}"; fi
    done
    if [[ -e $name-kill/escapement-checkpoint/replica-0.state ]]; then checkpoints=$((checkpoints + 1)); fi
  done
  resume_ok "$name, resumed after kills" "${some[@]}" --out "$name-kill" --quiet
  expect "$name, killed $kills times and resumed: the same bytes" same_results "$name-whole" "$name-kill"
  expect "$name: nothing else stays" test "$(ls -A "$name-kill")" = "$(ls -A "$name-whole")"
}

resumed_with=()  # options that no result depends on
interrupted=0
killings=0
checkpoints=0
many=(--set record=every:500 --set watch=4 --set 'snapshots=every:100000' --set m=100)
cut_and_resume double --preset two-phase --set steps=1500000 "${many[@]}"
cut_and_resume direct --preset two-phase --set steps=60000 "${many[@]}" --set state=direct --set batch=3
resumed_with=(--threads 7)
cut_and_resume oscillation --preset oscillation --set steps=60000 "${many[@]}" --replicas 2
resumed_with=()
slow=(--set d=4 --set m=12 --set n=10 --set eta=1/500 --set record=every:50 --set watch=2)
cut_and_resume mp "${slow[@]}" --set steps=40000 --precision 128
cut_and_resume sam "${slow[@]}" --set steps=20000 --precision 128 --set algorithm=sam
cut_and_resume ball "${slow[@]}" --set steps=20000 --precision certified:1000
echo "interrupted $interrupted, killed $killings times, $checkpoints of them with a checkpoint"
expect "most runs were interrupted" test "$interrupted" -ge 3
expect "runs were killed" test "$killings" -ge 6
expect "and had checkpoints (is ESCAPEMENT_CHECKPOINT_SECONDS read?)" test "$checkpoints" -ge 3

# --- a sweep ---
sweep=(--preset two-phase --set steps=400000 --sweep seed=1,2,3 --no-figures --quiet)
run_ok "a sweep" "${sweep[@]}" --out sweep-whole
killed TERM 0.7 "${sweep[@]}" --out sweep
resume_ok "a sweep, resumed" "${sweep[@]}" --out sweep
expect "a sweep, resumed: sweep.csv" cmp sweep-whole/sweep.csv sweep/sweep.csv
for seed in 1 2 3; do expect "a sweep, resumed: point $seed" same_results sweep-whole/seed=$seed sweep/seed=$seed; done

# --- more replicas than before: those that were begun go on, the others begin ---
ensemble=(--preset two-phase --set steps=600000 "${many[@]}" --no-figures --quiet)
run_ok "three replicas" "${ensemble[@]}" --replicas 3 --out three-whole
killed INT 0.3 "${ensemble[@]}" --replicas 2 --threads 1 --out three
resume_ok "two replicas, resumed as three" "${ensemble[@]}" --replicas 3 --out three
expect "two replicas, resumed as three: the same bytes" same_results three-whole three

# --- what --resume refuses, leaving everything as it is ---
some=("${slow[@]}" --precision 128 --no-figures --quiet --out other)
killed INT 0.8 "${some[@]}" --set steps=10000000
expect "interrupted in time, exit code $status" test "$status" -eq 130
sums() { find other -type f | sort | xargs sha256sum; }
sums >sums
refused() {
  local what=$1 word
  shift
  run "$@" --resume
  expect "$what: exit code 2, got $status" test "$status" -eq 2
  expect "$what: one line, got $(cat err)" test "$(wc -l <err)" -eq 1
  expect "$what: the file's name in: $(cat err)" grep -q 'other/escapement-checkpoint/replica-0' err
  expect "$what: nothing on standard output" test ! -s out
}
unchanged() { expect "$1: nothing is changed" test "$(sums)" = "$(cat sums)"; }
refused "other steps" "${some[@]}" --set steps=10000001; unchanged "other steps"
refused "another seed" "${some[@]}" --set steps=10000000 --seed 5; unchanged "another seed"
refused "another sigma" "${some[@]}" --set steps=10000000 --set sigma=3; unchanged "another sigma"
refused "another record" "${slow[@]/every:50/every:51}" --precision 128 --no-figures --quiet --out other --set steps=10000000
unchanged "another record"

state=other/escapement-checkpoint/replica-0.state
rows=other/escapement-checkpoint/replica-0.rows
damage() {
  local what=$1
  cp -r other kept
  shift
  "$@"
  sums >sums
  refused "$what" "${some[@]}" --set steps=10000000
  unchanged "$what"
  rm -rf other
  mv kept other
}
damage "a state cut short" truncate -s -20 $state
damage "an empty state" truncate -s 0 $state
damage "a state with a word in place of a number" sed -i '5s/.*/many/' $state
damage "a state of another format" sed -i '1s,checkpoint/2,checkpoint/9,' $state
damage "a journal cut short" truncate -s 100 $rows
damage "no journal" rm $rows
damage "a journal with a word in place of a number" sed -i '2s/r;[0-9]*/r;many/' $rows
# change FILE LINE: another hexadecimal digit in the middle of the line.
change() { awk -v at="$2" 'NR == at {i = int(length($0) / 2); while (substr($0, i, 1) !~ /[0-9a-f]/) ++i
  $0 = substr($0, 1, i - 1) (substr($0, i, 1) == "1" ? "2" : "1") substr($0, i + 1)} {print}' "$1" >changed && cat changed >"$1"; }
for line in 1 2 5 9; do damage "a state with another digit in line $line" change $state $line; done
for line in 1 2 3; do damage "a journal with another digit in line $line" change $rows $line; done
damage "a journal without one of its lines" sed -i 2d $rows
damage "a state for a step beyond the end" sed -i '3s/^[0-9]*/99999999/' $state

# --- nothing to resume ---
run --set m=3 --set d=2 --set n=4 --set steps=10 --no-figures --quiet --out fresh --resume
expect "nothing to resume: exit code 0, got $status" test "$status" -eq 0
expect "nothing to resume: standard error says so, got $(cat err)" grep -qx 'escapement: nothing to resume in fresh: the run starts at step 0' err
finish
