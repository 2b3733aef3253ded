#!/usr/bin/env bash
# --again: a record repeats what it is of; and a record or result that was changed is refused by every command that reads it.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"
. "$here/support/folders.bash"
quick=(run --set steps=10 --set m=3 --set d=2 --set n=4 --no-figures --quiet)
cliff=(study precision-cliff --quick --set d=3 --set m=4 --set n=5 --quiet)

# --- run and study ---
# again WHAT ARGUMENTS...: a run, then the same from its record, elsewhere.
again() {
  local what=$1
  shift
  rm -rf first second
  ok "$what" run "$@" --no-figures --quiet --out first
  ok "$what, again" run --again first/run.json --no-figures --quiet --threads 1 --out second
  for file in first/*.csv first/final.json; do
    if [[ -e $file ]]; then expect "$what, again: $file" cmp "$file" "second/${file##*/}"; fi
  done
  expect "$what, again: the same configuration from the same sources" test \
    "$(json first/run.json 'it["config"], it["again"], it["fingerprint"]')" = "$(json second/run.json 'it["config"], it["again"], it["fingerprint"]')"
}
again "a preset" --preset two-phase --set steps=200 --set m=20 --set record=every:50 --seed 7
printf 'eta = "1/300"\nwatch = 1\n' >some.toml
again "a file" --config some.toml --set steps=100 --set m=3 --set 'snapshots=at:[3]' --precision auto
again "an ensemble" --set steps=100 --set m=3 --replicas 3
again "an instance" --instance "$data/reference/sam.instance.json" --precision 128
again "certified" --set steps=60 --set m=4 --set d=2 --set n=4 --set record=every:20 --certify --radius 1e-8
again "certified, at a precision" --set steps=60 --set m=4 --set d=2 --set n=4 --certify --precision certified:90
ok "a sweep" "${quick[@]}" --sweep sigma=1,1/3 --sweep 'record=every:2,at:[0,3]' --out odd
ok "a point of a sweep, again" run --again odd/sigma=1,record=every_2*/run.json --quiet --no-figures --out point
expect "a point of a sweep, again: the same" cmp odd/sigma=1,record=every_2*/trajectory.csv point/trajectory.csv
sed 's/"value": "60"/"value": "61"/' first/run.json >first/changed.json
refused "a record that was changed" first/changed.json first run --again first/changed.json --quiet
refused "an option that the record decides" "--seed" first run --again first/run.json --seed 4
for key in again checksum; do
  json first/run.json "__import__('json').dumps({k: v for k, v in it.items() if k != '$key'})" >first/earlier.json
  refused "a record of an earlier version, without $key" "earlier.json: key '$key'" first run --again first/earlier.json
done
cp "$data/reference/sam.instance.json" mine.json
ok "an instance of ours" run --instance mine.json --no-figures --quiet --out instance
sed -i 's/"name": "/"name": "another /' mine.json
refused "an instance that was changed" mine.json instance run --again instance/run.json
ok "a study" "${cliff[@]}" --seed 3 --json --out study-first
cp out study-first.json
ok "a study, again" study --again study-first/study.json --json --quiet --out study-second
expect "a study, again: the same" cmp out study-first.json
expect "a study, again: the same table" cmp study-first/precision-cliff.csv study-second/precision-cliff.csv
refused "a study beside a record" "--again" study-first study rounding --again study-first/study.json

# --- check: verdicts and maps ---
# repeated WHAT FILE ARGUMENTS...: a check, then the same from FILE, elsewhere: the same exit code and bytes.
repeated() {
  local what=$1 file=$2 code
  shift 2
  rm -rf first second
  tool check "$@" --quiet --out first
  code=$status
  expect "$what: exit code $code, $(head -c 300 err)" test "$code" -le 3 -a "$code" -ne 2
  rm -f some.toml
  tool check --again "first/$file" --threads 1 --quiet --json --out second
  expect "$what, again: exit code $code, got $status, $(head -c 300 err)" test "$status" -eq "$code"
  for name in first/*; do
    if [[ $name = */report.html ]]; then
      expect "$what, again: the page" cmp <(grep -v '<dt>from</dt>' "$name") <(grep -v '<dt>from</dt>' second/report.html)
    else
      expect "$what, again: $name" cmp "$name" "second/${name##*/}"
    fi
  done
  expect "$what, again: --json" test "$(json out it)" = "$(json "first/$file" "it['${file%.json}' if '$file' == 'verdicts.json' else 'maps']")"
}
small=(--set d=2 --set n=4 --budget 0.1s)
printf 'eta = "1/300"\n' >some.toml
repeated "rows of two statements, a file" verdicts.json lemma-4.3 norm-identity --config some.toml --set m=20 --seed 3 --precision auto --budget 0.2s --alpha 0.01 --K 2
repeated "one reading" verdicts.json lemma-4.4 --reading literal --constant 7 "${small[@]}"
repeated "a preset, --clause" verdicts.json lemma-4.6 --clause 2 --preset two-phase --budget 0.1s
repeated "inside" verdicts.json lemma-4.5 --inside --c-data 7 --footnote minus
repeated "a map" map.json norm-identity --over 'eta=1/100:1/10:log:3' --over m=2,3 "${small[@]}"
tool check --again second/map.json --quiet --out second
expect "a map, again into its own folder" cmp first/map.json second/map.json
ok "rows" check norm-identity --budget 1s --quiet --out rows
for option in "norm-identity" "--seed 4" "--set m=3" "--over eta=1/2" "--budget 2s" "--alpha 0.1" "--inside" "--calibrate" "--preset two-phase" \
  "--config x.toml" "--reading literal" "--clause 1" "--precision 90" "--constant 2" "--K 2" "--c-data 3"; do
  # shellcheck disable=SC2086
  refused "an option that the record decides, $option" "beside --again" rows check --again rows/verdicts.json $option
done
refused "a record of a run" "format" rows check --again odd/sigma=1,record=every_2*/run.json
refused "a file that is none" "nowhere.json" rows check --again nowhere.json
json rows/verdicts.json '__import__("json").dumps(it["verdicts"])' >earlier.json
refused "a check of an earlier version" "earlier.json: key 'again'" rows check --again earlier.json
python3 - rows/verdicts.json >other.json <<'PYTHON'
import json, sys
it = json.load(open(sys.argv[1]))
it["again"]["config"]["eta"] = {"value": "1/7", "source": "--set"}
del it["checksum"]
text, sum = json.dumps(it, separators=(",", ":"), ensure_ascii=False), 0xcbf29ce484222325
for byte in text.encode(): sum = (sum ^ byte) * 0x100000001b3 % 2**64
it["checksum"] = f"{sum:016x}"
print(json.dumps(it))
PYTHON
refused "values of another fingerprint" "fingerprint" rows check --again other.json

# --- hunt: finds and states, where the rounds ended it ---
# hunted WHAT FOLDERS ARGUMENTS...: a hunt, then the same from its record: the same exit code, and the same bytes of every file.
hunted() {
  local what=$1 code
  shift
  rm -rf first second
  tool hunt "$@" --budget 1000 --quiet --out first
  code=$status
  expect "$what: exit code $code, $(head -c 300 err)" test "$code" -eq 1 -o "$code" -eq 3
  tool hunt --again first/hunt.json --threads 1 --quiet --out second
  expect "$what, again: exit code $code, got $status, $(head -c 300 err)" test "$status" -eq "$code"
  expect "$what, again: the same files: $(ls second)" diff -r first second
}
hunted "an identity" oscillation-identity --reading literal --rounds 1
hunted "two readings in a range" lemma-4.5 --reading flow-time --rounds 2 --seed 5 --over eta=1/64:1/4 --fix d=2 --constant 10 --frontier eta
hunted "runs, inside" theorem-4.2 --reading literal --rounds 1 --keep A1 --constant 1 --fix m=4 --fix d=2 --fix n=4
mkdir stored
cp first/*.json second/*.runs.json stored/ 2>/dev/null || cp "$data"/../../corpus/*.case.json stored/
rm -f stored/hunt.json stored/*.state.json
hunted "with stored cases" oscillation-identity --reading literal --rounds 1 --corpus stored
cp -r stored elsewhere
ok_or_found() { expect "$1: exit code $status, $(head -c 300 err)" test "$status" -eq 1 -o "$status" -eq 3; }
tool hunt --again first/hunt.json --quiet --corpus elsewhere --out second
ok_or_found "stored cases elsewhere"
rm "$(find elsewhere -type f | sort | head -n 1)"
refused "other stored cases" "elsewhere" first hunt --again first/hunt.json --corpus elsewhere --out third
refused "other stored cases leave nothing" "elsewhere" elsewhere hunt --again first/hunt.json --corpus elsewhere --out third
expect "no folder of a refused hunt" test ! -e third
for option in "norm-identity" "--reading literal" "--rounds 2" "--seed 3" "--budget 3s" "--constant 4" "--inside" "--anywhere" "--keep A1" "--fix d=2" \
  "--over d=1:2" "--frontier eta" "--c-data 3"; do
  # shellcheck disable=SC2086
  refused "a hunt, an option that the record decides, $option" "beside --again" first hunt --again first/hunt.json $option
done
refused "a hunt's record: a state" "format" first hunt --again first/oscillation-identity-literal.state.json
sed 's/"rounds": 1/"rounds": 2/' first/hunt.json >other.json
refused "a hunt's record that was changed" "other.json: key 'checksum'" first hunt --again other.json
refused "a hunt of nothing" "'id'" first hunt
mkdir taken && echo 'my notes' >taken/hunt.json
refused "a hunt.json of others" taken/hunt.json taken hunt oscillation-identity --reading literal --rounds 1 --quiet --out taken

# --- a changed digit in anything that is read back ---
ok "a run" "${quick[@]}" --out all
tool check norm-identity --budget 1s --quiet --out all
tool check norm-identity --over eta=1/100,1/1000 --budget 1s --quiet --out all-map
ok "a study" "${cliff[@]}" --out all
ok "a page" report all all-map --quiet
expect "no note: $(cat err)" test ! -s err
changed=(all/run.json '"seed": ' run  all/verdicts.json '"reproduce": "[^"]*budget ' check  all-map/map.json '"x":"' check  all/study.json '"estimate":' study)
for ((i = 0; i < ${#changed[@]}; i += 3)); do
  file=${changed[i]} before=${changed[i + 1]} command=${changed[i + 2]}
  cp "$file" kept
  python3 - "$file" "$before" <<'PYTHON'
import re, sys
text = open(sys.argv[1]).read()
new = re.sub(f"({sys.argv[2]}[^0-9]*)([0-9])", lambda m: m[1] + ("7" if m[2] != "7" else "8"), text, count=1)
assert new != text
open(sys.argv[1], "w").write(new)
PYTHON
  refused "$file changed, report" "$file: key 'checksum'" "${file%/*}" report "${file%/*}"
  refused "$file changed, --again" "$file: key 'checksum'" "${file%/*}" $command --again "$file"
  json kept "__import__('json').dumps({k: v for k, v in it.items() if k != 'checksum'})" >"$file"
  ok "$file of an earlier version, report" report "${file%/*}" --out page.html
  expect "it says so: $(cat err)" test "$(grep -c "$file, without a checksum" err):$(wc -l <err)" = 1:1
  refused "$file of an earlier version, --again" "key 'checksum'" "${file%/*}" $command --again "$file"
  cp kept "$file"
done
ok "all as they were" report all all-map --quiet
finish
