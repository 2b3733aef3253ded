#!/usr/bin/env bash
# The repository's own corpus: every case fails its claim, in enclosures and in MPFR at two precisions; in double wherever its
# numbers fit. As instances they run. docs/finds/ has the page of each.
. "$(dirname "$0")/support/common.bash"
corpus=$here/../../corpus

count=0
for file in "$corpus"/*.case.json; do
  count=$((count + 1))
  name=$(basename "$file")
  for precision in certified 128 512 double; do
    timeout 120 "$tool" replay "$file" --precision "$precision" --json >out 2>err
    status=$?
    said="$status:$(json out 'it["outcome"]')"
    if [[ $precision == double ]] && grep -q '2^-[0-9]\{4\}' "$file"; then
      expect "$name: beyond double, said to be undecided, got $said" test "$said" = "3:undecided"
    else
      expect "$name at $precision: $said $(head -c 200 err)" test "$said" = "1:reproduced"
    fi
  done
  expect "$name is certified and not degenerate" \
    test "$(json "$file" '(it["violation"]["rung"], it["violation"]["degenerate"])')" = "('certified', '')"
  expect "$name is named by its content" grep -q "\"hash\": \"${name: -26:16}\"" "$file"
  # As a run: what has a start and fits into memory ends where the case says; the rest is refused in one line.
  timeout 120 "$tool" run --instance "$file" --precision 256 --json --quiet >out 2>err
  status=$?
  if grep -qE '"oscillation"|_copies": \["(2\^|[0-9]{4})' "$file"; then
    expect "$name as a run: refused, got $status $(cat out err)" test "$status:$(wc -l <err):$(wc -c <out)" = "2:1:0"
  else
    said="$status:$(json out '(it["stop"], str(it["steps"]))')"
    expect "$name as a run: $said" test "$said" = "0:('completed', '$(json "$file" 'it["values"]["steps"]')')"
  fi
  expect "$name has a page" grep -rqF "$name" "$here/../../docs/finds"
done
# Finds about runs: their own streams give the same counts, new ones refute the bound again.
for file in "$corpus"/*.runs.json; do
  count=$((count + 1))
  name=$(basename "$file")
  timeout 120 "$tool" replay "$file" --json >out 2>err
  said="$?:$(json out 'it["outcome"]')"
  expect "$name: $said $(head -c 200 err)" test "$said" = "1:reproduced"
  timeout 120 "$tool" replay "$file" --seed 1 --quiet >out 2>err
  expect "$name on new streams" test "$?" -eq 1
  expect "$name is not degenerate" test "$(json "$file" 'it["degenerate"]')" = ""
  expect "$name is named by its content" grep -q "\"hash\": \"${name: -26:16}\"" "$file"
  expect "$name has a page" grep -rqF "$name" "$here/../../docs/finds"
done
expect "there are cases" test "$count" -ge 12
finish
