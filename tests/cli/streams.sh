#!/usr/bin/env bash
# What cannot be printed is an error of every command, a reader that has gone is none, standard error is nobody's business; and
# what a launcher of MPI leaves in the environment does not silence a process that it did not start.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"
small=(--set steps=10 --set m=3 --set d=2 --set n=4)
case=$(find "$here/../../corpus" -name '*.case.json' | sort | head -n 1)
mkdir empty

commands=(
  "--version" "--help" "run --help" "run ${small[*]}" "run ${small[*]} --json" "run ${small[*]} --out o --no-figures"
  "conditions" "conditions --json" "check norm-identity --budget 1s" "check norm-identity --budget 1s --json"
  "hunt oscillation-identity --reading literal --rounds 1 --budget 1 --out h" "replay $case" "corpus list $here/../../corpus"
  "corpus prune --dry-run $here/../../corpus" "corpus export --python $case" "study" "study oscillation --quick --json")

# --- nothing of what is printed is lost without a word ---
for words in "${commands[@]}"; do
  read -ra arguments <<<"$words"
  rm -rf o h
  timeout 120 "$tool" "${arguments[@]}" >/dev/full 2>err
  status=$?
  expect "$words >/dev/full: exit code 2, got $status" test "$status" -eq 2
  expect "$words >/dev/full: $(cat err)" grep -q '^escapement: standard output: ' err
  rm -rf o h
  timeout 120 "$tool" "${arguments[@]}" >&- 2>err
  status=$?
  expect "$words >&-: exit code 2, got $status" test "$status" -eq 2
  expect "$words >&-: $(cat err)" grep -q '^escapement: standard output: ' err
done
timeout 120 "$tool" hunt oscillation-identity --reading literal --rounds 1 --budget 1 --out h >/dev/full 2>err
expect "the results are there all the same" test -n "$(find h -name '*.json')"
run "${small[@]}" --out quiet --quiet --no-figures
timeout 60 "$tool" run "${small[@]}" --out quiet --quiet --no-figures >&-
status=$?
expect "nothing to print, and nowhere to: exit code $status" test "$status" -eq 0
expect "no result has the number of standard output" same_results quiet quiet

# --- a reader that has gone ends the command quietly, also where the signal is ignored ---
cat >gone.py <<'PY'
import subprocess, sys
for inherit in (True, False):
    child = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, restore_signals=inherit)
    child.stdout.close()
    said = child.stderr.read().decode()
    print(child.wait(), said.strip())
PY
python3 gone.py "$tool" corpus list "$here/../../corpus" >out
expect "| head: by the signal, or 141; without a word: $(tr '\n' ' ' <out)" test "$(tr -d ' ' <out | tr '\n' ' ')" = "-13 141 "

# --- standard error that is full or closed loses the message alone ---
for words in "run ${small[*]}" "run --set m=0" "check norm-identity --budget 1s"; do
  read -ra arguments <<<"$words"
  timeout 120 "$tool" "${arguments[@]}" >out 2>err </dev/null
  before=$?
  cp out expected
  timeout 120 "$tool" "${arguments[@]}" >out 2>/dev/full </dev/null
  status=$?
  expect "$words 2>/dev/full: exit code $before, got $status" test "$status" -eq "$before"
  timeout 120 "$tool" "${arguments[@]}" >out 2>&- <&-
  status=$?
  expect "$words 2>&-: exit code $before, got $status" test "$status" -eq "$before"
  expect "$words 2>&-: the same result" test "$(wc -l <out)" -eq "$(wc -l <expected)"
done

run "${small[@]}" --out old --quiet --no-figures
python3 -c 'import json; it = json.load(open("old/run.json")); del it["checksum"]; json.dump(it, open("old/run.json", "w"))'
timeout 60 "$tool" report old --out page.html >out 2>err
expect "report says that there is no checksum: $(cat err)" grep -q 'without a checksum' err
timeout 60 "$tool" report old --out page.html >out 2>/dev/full
status=$?
expect "report 2>/dev/full: exit code $status" test "$status" -eq 0

# --- a file that may not grow ---
(
  ulimit -f 8
  timeout 60 "$tool" run --set m=3 --set d=2 --set n=4 --set steps=2000 --set record=every:1 --out limited --no-figures >out 2>err
)
status=$?
expect "a limit on sizes: exit code 2, got $status" test "$status" -eq 2
expect "a limit on sizes: $(cat err)" grep -q '^escapement: .*limited/' err

# --- the environment of MPI, where nobody started ranks ---
for environment in "OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=2" "PMI_RANK=1 PMI_SIZE=2"; do
  read -ra as <<<"env $environment"
  run "${small[@]}" --json
  expect "$environment: it works, exit code $status" test "$status" -eq 0 -a -s out
  expect "$environment: and says so: $(cat err)" grep -q 'works alone' err
  run --set m=0
  expect "$environment: bad input is told: $status, $(cat err)" grep -q "'m'" err
  expect "$environment: bad input: exit code $status" test "$status" -eq 2
  timeout 60 "${as[@]}" "$tool" --version >out 2>err
  expect "$environment: --version" grep -q '^escapement' out
done
# A program that uses MPI starts the tool: the variables are the program's.
library=$(python3 -c 'import re; print(next(l.split()[-1] for l in open("/proc/self/maps") if re.search(r"/libc[.-]", l)))')
cp "$library" libmpi_of_a_test.so
cat >parent.py <<'PY'
import mmap, subprocess, sys
with open("libmpi_of_a_test.so", "rb") as file:
    mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    sys.exit(subprocess.run(sys.argv[1:]).returncode)
PY
timeout 60 env OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=2 python3 parent.py "$tool" run "${small[@]}" >out 2>err
status=$?
expect "a child of an MPI program: exit code $status" test "$status" -eq 0 -a -s out
expect "a child of an MPI program: nothing to say, got $(cat err)" test ! -s err
# A launcher that this build cannot talk to: every rank says so.
printf '#!/bin/bash\nexport PMI_SIZE=2 PMI_RANK=1\n"$@"\nexit $?\n' >mpiexec
chmod +x mpiexec
timeout 60 ./mpiexec "$tool" run "${small[@]}" >out 2>err
status=$?
expect "a launcher of another MPI: exit code 2, got $status" test "$status" -eq 2
expect "a launcher of another MPI: $(cat err)" grep -q 'started as 2 processes' err
timeout 60 env SLURM_STEP_NUM_TASKS=2 SLURM_PROCID=1 "$tool" run "${small[@]}" >out 2>err
status=$?
expect "srun without a process manager: exit code 2, got $status" test "$status" -eq 2
expect "srun without a process manager: $(cat err)" grep -q 'started as 2 processes' err
finish
