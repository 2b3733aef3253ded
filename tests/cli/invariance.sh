#!/usr/bin/env bash
# No result depends on threads, on running replicas together, on recording, on the folder or on the processor's kernels.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"
few=(--set n=12 --set eta=1/200 --set steps=700 --set watch=3 --no-figures --quiet)
looks=(--set record=every:100 --set 'snapshots=at:[0,350,700]')

# one_replica FILE R: the rows of an ensemble's table that belong to a replica, as that run alone would write them.
one_replica() { awk -F, -v r="$2" 'NR == 1 || $1 == r {sub(/^[^,]*,/, ""); print}' "$1"; }

for precision in double 120 certified:120; do
  for rule in label-noise-sgd sam second-layer-oscillation; do
    name=$rule-${precision/:/-}
    some=("${few[@]}" --set algorithm=$rule --precision "$precision")
    if [[ $precision == double ]]; then some+=(--set m=40 --set d=5); else some+=(--set m=6 --set d=2); fi

    run_ok "$name, one thread" "${some[@]}" "${looks[@]}" --replicas 3 --threads 1 --out "$name-1"
    run_ok "$name, two threads" "${some[@]}" "${looks[@]}" --replicas 3 --threads 2 --out "$name-2"
    run_ok "$name, more threads than replicas" "${some[@]}" "${looks[@]}" --replicas 3 --threads 7 --out "$name-7"
    expect "$name: threads" same_results "$name-1" "$name-2"
    expect "$name: many threads" same_results "$name-1" "$name-7"
    for r in 0 2; do
      run_ok "$name, replica $r alone" "${some[@]}" "${looks[@]}" --set replica=$r --out "$name-alone-$r"
      for table in trajectory exits; do
        one_replica "$name-1/$table.csv" $r >together
        expect "$name: replica $r, $table.csv" cmp together "$name-alone-$r/$table.csv"
      done
    done
    expect "$name: the ensemble's final.json is its first replica's" cmp "$name-1/final.json" "$name-alone-0/final.json"
    expect "$name: replicas differ" test "$(cmp -s "$name-alone-0/final.json" "$name-alone-2/final.json"; echo $?)" -eq 1

    run_ok "$name, not looked at" "${some[@]}" --set record=none --out "$name-blind"
    expect "$name: W, a and theta do not depend on recording" cmp "$name-blind/final.json" "$name-alone-0/final.json"
    run_ok "$name, looked at elsewhere" "${some[@]}" --set 'record=at:[1,99,100,101,350]' --set snapshots=log:3 --out "$name-else"
    expect "$name: nor on where" cmp "$name-else/final.json" "$name-alone-0/final.json"
    for step in 100 700; do
      expect "$name: a record does not depend on the others, step $step" test \
        "$(grep "^$step," "$name-else/trajectory.csv")" = "$(grep "^$step," "$name-alone-0/trajectory.csv")"
    done
  done
done

# The double kernels of every instruction set give the same bits.
some=(--set m=300 --set d=23 --set n=40 --set eta=1/2000 --set steps=3001 --set record=every:500 --set watch=5 --no-figures --quiet)
for isa in portable avx2 avx512; do
  ESCAPEMENT_ISA=$isa run_ok "kernels: $isa" "${some[@]}" --out isa-$isa
  echo "kernels asked for: $isa, used: $(json isa-$isa/run.json 'it["kernels"]')"
  expect "kernels: $isa" same_results isa-portable isa-$isa
done

# Nor do words of doubles depend on anything but the replica: company in the lanes, threads, cuts, instruction set.
for precision in 106 212; do
  for rule in label-noise-sgd sam; do
    name=words-$precision-$rule
    some=(--set m=20 --set d=4 --set n=9 --set eta=1/200 --set steps=300 --set watch=0 --no-figures --quiet)
    some+=(--set algorithm=$rule --precision $precision)
    run_ok "$name" "${some[@]}" "${looks[@]}" --replicas 11 --threads 1 --out "$name"
    expect "$name: in words" test "$(json "$name/run.json" 'it["result"]["arithmetic"]')" != mpfr
    ESCAPEMENT_ISA=avx2 run_ok "$name, two threads, AVX2" "${some[@]}" "${looks[@]}" --replicas 11 --threads 2 --out "$name-2"
    expect "$name: threads and AVX2" same_results "$name" "$name-2"
    for isa in portable avx512; do
      ESCAPEMENT_ISA=$isa run_ok "$name alone, $isa" "${some[@]}" --set record=every:50 --set replica=9 --out "$name-$isa"
      one_replica "$name/trajectory.csv" 9 | awk -F, 'NR == 1 || $1 % 100 == 0' >together
      awk -F, 'NR == 1 || $1 % 100 == 0' "$name-$isa/trajectory.csv" >alone
      expect "$name: replica 9 alone, $isa" cmp together alone
    done
  done
done
finish
