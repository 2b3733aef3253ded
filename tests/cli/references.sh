#!/usr/bin/env bash
# The instance files of tests/data through the tool, against ends that others computed: 14 digits in double (at most 60
# steps, each with a few roundings of 1.1e-16 of the largest entry; 15 were seen), 55 digits at 256 bits, enclosed at certified:256; in
# both states where the rule has both.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"

# compare LABEL FINAL EXPECTED HOW...
compare() {
  local label=$1 said
  shift
  if ! said=$(python3 "$here/compare_final.py" "$@" 2>&1); then note "$label: $said"; fi
  checks=$((checks + 1))
}

for instance in "$data"/*/*.instance.json; do
  name=$(basename "$instance" .instance.json)
  expected=${instance%.instance.json}.expected.json
  states=(direct width-free)
  if grep -q '"oscillation"' "$instance"; then states=(direct); fi
  for state in "${states[@]}"; do
    for precision in double 256 certified:256; do
      run_ok "$name" --instance "$instance" --set state=$state --precision $precision --out out.$name --no-figures --quiet
      case $precision in
        double) how=(digits 14) ;;
        256) how=(digits 55) ;;
        *) how=(enclosed) ;;
      esac
      compare "$name, $state, $precision" "out.$name/final.json" "$expected" "${how[@]}"
      rm -rf "out.$name"
    done
  done
done
expect "at least fifteen instances were found" test "$checks" -ge 250

# The comparison itself can fail: another instance's end, and a digit changed.
run --instance "$data/reference/gd.instance.json" --precision 256 --out gd --no-figures --quiet
expect "another instance's end is not taken" test "$(python3 "$here/compare_final.py" gd/final.json "$data/reference/sam.expected.json" digits 3 >/dev/null 2>&1; echo $?)" -ne 0
python3 - gd/final.json <<'PY'
import json, sys
final = json.load(open(sys.argv[1]))
text = final["theta"][0]
at = text.index(".") + 50
final["theta"][0] = text[:at] + ("1" if text[at] != "1" else "2") + text[at + 1:]
json.dump(final, open("changed.json", "w"))
PY
expect "the 50th digit matters" test "$(python3 "$here/compare_final.py" changed.json "$data/reference/gd.expected.json" digits 55 >/dev/null 2>&1; echo $?)" -eq 1
finish
