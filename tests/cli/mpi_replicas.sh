#!/usr/bin/env bash
# One row of `check` over several ranks: its replicas are shared out, and the verdict has the bytes of one process; a rank that
# dies leaves the replicas that were finished, and another number of ranks, also one, goes on from them.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"
. "$here/support/ranks.bash"

if ! command -v mpirun >/dev/null || ! ldd "$tool" | grep -q libmpi; then
  skip "no mpirun (openmpi-bin), or the tool was built without MPI (libopenmpi-dev): nothing about several ranks was tested"
  echo "1 check skipped"
  exit 0
fi

escape=(check theorem-4.2 --reading literal --set d=3 --set n=12 --set m=64 --set sigma=6 --set eta=1/64 --set replicas=50 --constant 10)
diminish=(check lemma-4.3 --clause 1b --set d=3 --set n=12 --set m=200 --set eta=1/200 --budget 0.2)
phases=(check sam-phases --set d=5 --set n=50 --set m=100 --set eta=1/200 --set steps=20000 --budget 3)

# same NAME LEAST ARGUMENTS...: alone and as 2 and 4 ranks; a verdict looks at LEAST replicas before it is decided.
same() {
  local name=$1 least=$2 ranks
  shift 2
  for ranks in 0 2 4; do
    among "$ranks" "$@" --json
    mv out "$name-$ranks"
    expect "$name, $ranks ranks: nothing to complain of, got $status $(head -c 300 err)" test "$status" -lt 4 -a ! -s err
    expect "$name, $ranks ranks: the same bytes" cmp "$name-0" "$name-$ranks"
  done
  expect "$name: a verdict on many replicas: $(head -c 200 "$name-0")" test "$(json "$name-0" "$trials")" -ge "$least"
}
trials='max([int(row["trials"] or 0) for row in it])'
same escape 17 "${escape[@]}"
same diminish 5 "${diminish[@]}"
same phases 33 "${phases[@]}"

long=("${escape[@]/replicas=50/replicas=2000}" --json --out o)
mkdir whole killed
(cd whole && among 0 "${long[@]}")
cd killed || exit 2
begin 3 "${long[@]}"
once finished_units 12
mapfile -t processes < <(ranks_of)
kill -9 "${processes[1]}"
ended "rank 1 killed"
had=$(units)
sharing=$(grep -l ';replicas 0 ' o/escapement-journal/rank-*.journal | wc -l)
expect "rank 1 killed: replicas are in the journals, $had units of $sharing ranks" test "$sharing" -ge 2
expect "rank 1 killed: no verdict yet" test ! -e o/verdicts.json
cp -r o before
among 2 "${long[@]}" --resume
expect "resumed by 2: exit code $status, $(lines)" test "$status" -lt 4
expect "resumed by 2: the same bytes, no journal" diff -r ../whole/o o
rm -r o && mv before o
among 0 "${long[@]}" --resume
expect "resumed alone: exit code $status, $(lines)" test "$status" -lt 4
expect "resumed alone: the same bytes, no journal" diff -r ../whole/o o
cd ..
finish
