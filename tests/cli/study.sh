#!/usr/bin/env bash
# `escapement study` from outside: the list, every study's quick answer, the same bytes for any number of threads, files,
# the page made of them, bad input.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"

# study ARGUMENTS...: status, and the files out and err.
study() {
  timeout 120 "${as[@]}" "$tool" study "$@" >out 2>err </dev/null
  status=$?
}
# ends CODE WHAT ARGUMENTS...: with this exit code; nothing on standard error where it is 0, one line where it is 2.
ends() {
  local code=$1 what=$2
  shift 2
  study "$@"
  expect "$what: exit code $code, got $status, $(head -c 300 err)" test "$status" -eq "$code"
  expect "$what: $((code / 2)) lines on standard error, got $(head -c 300 err)" test "$(wc -l <err)" -eq $((code / 2))
}

ends 0 "the list"
mapfile -t names < <(awk '{print $1}' out)
expect "the list has studies" test "${#names[@]}" -ge 1
expect "a question each" test "$(awk 'NF < 5' out | wc -l)" -eq 0

# what makes a quick study quicker still, where it has such keys
declare -A small=(
  [precision-cliff]='--set d=3 --set m=4 --set n=5'
  [escape-time]='--set d=4 --set m=16 --set n=8'
  [alignment]='--set d=3'
  [slow-flow]='--set d=3 --set m=12'
  [sam]='--set d=3 --set m=12 --set n=8'
  [rounding]='--set d=3 --set m=8 --set n=6'
)
for name in "${names[@]}"; do
  read -ra sets <<<"${small[$name]-}"
  ends 0 "$name" "$name" --quick "${sets[@]}" --threads 2 --json --out "$name"
  expect "$name: JSON of rows and fits alone, got $(head -c 100 out)" \
    test "$(json out 'sorted(it)')" = "['fits', 'rows']"
  expect "$name: rows of one shape" test "$(json out 'len({tuple(r) for r in it["rows"]})')" = 1
  expect "$name: fits have a name, an estimate, an interval" test \
    "$(json out 'all({"name", "estimate", "interval"} <= set(f) and (f["interval"] is None or len(f["interval"]) == 2) for f in it["fits"]) and len(it["fits"]) > 0')" = True
  expect "$name: names of fits come once" test "$(json out 'len({f["name"] for f in it["fits"]}) == len(it["fits"])')" = True
  expect "$name: the table has a line a row" test "$(wc -l <"$name/$name.csv")" -eq "$(json out 'len(it["rows"]) + 1')"
  expect "$name: its header has the rows' keys" test "$(head -1 "$name/$name.csv")" = "$(json out '",".join(it["rows"][0])')"
  if command -v gnuplot >/dev/null; then expect "$name: a figure" test -s "$name/$name.svg" -a -s "$name/$name.gp"; fi
  cp out two
  ends 0 "$name on one thread" "$name" --quick "${sets[@]}" --threads 1 --json
  expect "$name: the same bytes on one thread" cmp out two
done

read -ra cliff <<<"${small[precision-cliff]}"
study precision-cliff --quick "${cliff[@]}" --quiet
expect "--quiet prints nothing" test ! -s out -a ! -s err
study precision-cliff --quick "${cliff[@]}"
expect "the table of fits" grep -q '^exponent of .*power law over' out

timeout 60 "$tool" report "${names[@]}" --out page.html --quiet
expect "a page of all studies" test "$(grep -c '<h2>Study ' page.html)" -eq "${#names[@]}"
if command -v gnuplot >/dev/null; then
  expect "with their figures" test "$(grep -c 'src="data:image/svg+xml' page.html)" -eq "${#names[@]}"
fi

# --- bad input: one line, exit code 2, nothing written ---
ends 2 "a study that there is not" precision --quick
expect "it names those that there are" grep -q 'expected one of precision-cliff, .*got "precision"' err
ends 2 "a key that the study varies" precision-cliff --set eta=1e-3 --out none
ends 2 "a key that it does not depend on" precision-cliff --set rho=1
ends 2 "a value that the key does not take" precision-cliff --set sigma=-1
ends 2 "a seed that is none" precision-cliff --seed -1
ends 2 "two names" precision-cliff precision-cliff
expect "nothing was written" test ! -e none
mkdir damaged
sed -e 's/"interval"/"Interval"/' -e 's/"checksum"/"Checksum"/' precision-cliff/study.json >damaged/study.json
timeout 60 "$tool" report damaged --out other.html 2>err
expect "a damaged study.json: exit code 2" test $? -eq 2
expect "it names the place, got $(cat err)" grep -q 'study.json: key .Checksum' err
expect "no page" test ! -e other.html

finish
