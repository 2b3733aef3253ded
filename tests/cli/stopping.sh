#!/usr/bin/env bash
# A command that is asked to stop ends soon, with exit code 130: in long steps and set-ups, and while gnuplot hangs.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"
mkdir bin
printf '#!/bin/sh\nexec sleep 600\n' >bin/gnuplot
chmod +x bin/gnuplot
cp -r "$here/../../corpus" cases

# stopped WHAT SECONDS SIGNAL ARGUMENTS...: the tool gets the signal after so many seconds. Two seconds are granted on a quiet
# machine; here a process may wait for a processor as long as it works.
stopped() {
  local what=$1 seconds=$2 signal=$3 begin end
  shift 3
  rm -rf o
  "$tool" "$@" >out 2>err </dev/null &
  local child=$!
  sleep "$seconds"
  if ! kill -0 "$child" 2>/dev/null; then
    wait "$child"
    note "$what: it had ended by itself with $?: $(head -c 200 err)"
    return
  fi
  begin=$(date +%s%N)
  kill -s "$signal" "$child"
  wait "$child"
  status=$?
  end=$(date +%s%N)
  expect "$what, $signal: exit code 130, got $status" test "$status" -eq 130
  expect "$what, $signal: ended after $(((end - begin) / 1000000)) ms" test $((end - begin)) -lt 12000000000
}
long=(run --set d=20 --set n=50 --set m=3000 --set state=direct --precision 300000 --set steps=10)
for signal in TERM INT HUP; do
  stopped "the draw of a start" 0.3 "$signal" "${long[@]}"
  stopped "a wide start" 0.3 "$signal" run --set d=3 --set n=5 --set m=60000000 --set state=direct --set steps=1000 --out o
done
stopped "a step of many bits" 3 TERM "${long[@]}"
stopped "four thousand million replicas" 0.5 TERM run --set m=3 --set d=2 --set n=4 --set steps=10 --replicas 4294967295 \
  --set record=none
stopped "a snapshot in every step" 1 TERM run --set d=3 --set n=5 --set m=3000000 --set snapshots=every:1 --set steps=1000 --out o
PATH=$work/bin:$PATH stopped "gnuplot hangs" 2 TERM run --set m=3 --set d=2 --set n=4 --set steps=10 --out o
expect "gnuplot hangs: the tables are there" test -s o/trajectory.csv
PATH=$work/bin:$PATH stopped "gnuplot hangs, a study" 4 TERM study oscillation --quick --out o
expect "gnuplot hangs, a study: the table is there" test -s o/study.json
expect "no gnuplot is left" test -z "$(pgrep -f "$work/bin/gnuplot")"

# What a kill leaves of a drawing goes with the next one; a folder with anything else in it stays.
mkdir -p o/.escapement-figures-aaaaaa o/.escapement-figures-mine00 o/.escapement-figures-of-mine
touch o/.escapement-figures-aaaaaa/oscillation.svg o/.escapement-figures-mine00/letter.txt o/.escapement-figures-of-mine/best.png
timeout 120 "$tool" study oscillation --quick --quiet --out o >out 2>err
expect "after a kill: $(cat err)" test -s o/oscillation.png -a ! -e o/.escapement-figures-aaaaaa
expect "a folder of others stays" test -e o/.escapement-figures-mine00/letter.txt -a -e o/.escapement-figures-of-mine/best.png

stopped "enclosures" 2 TERM run --preset two-phase --certify
stopped "limits inside Condition 1" 1 TERM check --inside
stopped "corpus min" 0.5 TERM corpus min cases
stopped "a map" 1 TERM check lemma-4.4 --over theta_norm=1:64:log --over eta=2^-12:1/16:log --out o

# nohup: a hang-up that is ignored stays ignored.
(trap '' HUP; exec "$tool" run --set m=3 --set d=2 --set n=4 --set steps=300000 --quiet >out 2>err) &
sleep 0.3
kill -s HUP $! 2>/dev/null
wait $!
status=$?
expect "under nohup: exit code 0, got $status" test "$status" -eq 0
finish
