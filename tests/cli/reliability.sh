#!/usr/bin/env bash
# Files of others are neither replaced nor removed, two commands do not write to one folder, results of an earlier command do
# not stay beside those of a later one, and a full disk is an error of every command.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"
. "$here/support/folders.bash"
export ESCAPEMENT_CHECKPOINT_SECONDS=0.05
quick=(run --set steps=10 --set m=3 --set d=2 --set n=4 --no-figures --quiet)
rows=(check norm-identity --budget 1s --quiet)
sweep=(run --set steps=10 --set m=3 --set d=2 --set n=4 --no-figures --quiet)

# --- folders of others stay, also where an earlier version of ours used their names ---
for name in checkpoint journal; do mkdir -p "mine/$name" && touch "mine/$name/best.pt"; done
for option in "" --resume; do
  ok "beside folders of others $option" "${quick[@]}" --out mine $option
  ok "check beside folders of others $option" "${rows[@]}" --out mine $option
  expect "they stay $option" test -e mine/checkpoint/best.pt -a -e mine/journal/best.pt
done
for folder in escapement-checkpoint escapement-journal; do
  for name in best.pt replica-0.state rank-0.journal; do
    rm -rf taken && mkdir -p taken/$folder && echo 'my notes' >taken/$folder/$name
    command=("${quick[@]}")
    if [[ $folder = escapement-journal ]]; then command=("${rows[@]}"); fi
    for option in "" --resume; do
      refused "$folder/$name of others $option" "taken/$folder/$name" taken "${command[@]}" --out taken $option
    done
  done
  rm -rf taken && mkdir taken && echo 'my notes' >taken/$folder
  refused "a file $folder" "taken/$folder" taken "${command[@]}" --out taken
done
rm -rf taken && mkdir -p taken/escapement-journal && echo 'my notes' >taken/escapement-journal/best.pt
refused "a hunt, a journal of others" "taken/escapement-journal/best.pt" taken \
  hunt oscillation-identity --reading literal --rounds 1 --quiet --out taken

# --- files of others in the place of results ---
for name in run.json trajectory.csv exits.csv path.png overview.svg sweep.csv .escapement-files .escapement-lock; do
  rm -rf taken && mkdir taken && echo 'my notes' >"taken/$name"
  refused "run, $name of others" "taken/$name" taken "${quick[@]}" --out taken
done
for name in verdicts.json map.json map.svg report.html; do
  rm -rf taken && mkdir taken && echo 'my notes' >"taken/$name"
  refused "check, $name of others" "taken/$name" taken "${rows[@]}" --out taken
done
cliff=(study precision-cliff --quick --set d=3 --set m=4 --set n=5 --quiet)
for name in study.json precision-cliff.csv precision-cliff.svg; do
  rm -rf taken && mkdir taken && echo 'my notes' >"taken/$name"
  refused "study, $name of others" "taken/$name" taken "${cliff[@]}" --out taken
done
rm -rf taken && mkdir -p taken/seed=2 && echo 'my notes' >taken/seed=2/final.json
refused "a sweep, a point's file of others" "taken/seed=2/final.json" taken "${sweep[@]}" --sweep seed=1,2 --out taken
rm -rf taken && mkdir taken && echo 'my notes' >taken/seed=2
refused "a sweep, a file in the place of a point" "taken/seed=2" taken "${sweep[@]}" --sweep seed=1,2 --out taken

# --- a hunt that shrinks a stored case keeps it ---
tool hunt oscillation-identity --reading literal --fix d=3 --fix m=3 --fix n=3 --seed 5 --rounds 4 --quiet --out stored
expect "a hunt among larger instances finds one: $status" test "$status" -eq 1
rm stored/*.state.json
cp -r stored kept
tool hunt oscillation-identity --reading literal --corpus stored --rounds 4 --json --out stored
expect "a smaller one is found from it: $status" test "$status" -eq 1
expect "it is another: $(ls stored)" test "$(ls stored/*.case.json | wc -l)" -gt "$(ls kept/*.case.json | wc -l)"
for file in kept/*.case.json; do expect "$file stays" test -e "stored/${file#kept/}"; done

# --- states of hunts carry a checksum; nothing to resume is said ---
tool hunt oscillation-identity --reading literal --rounds 1 --json --out state
tool hunt oscillation-identity --reading literal --rounds 1 --json --out state --resume
expect "a state is resumed without a word: exit code $status, $(cat err)" test "$status" -eq 1 -a ! -s err
tool hunt theorem-4.2 --reading literal --rounds 1 --budget 5 --quiet --out state
for name in oscillation-identity-literal theorem-4.2-literal; do
  for key in round finds checksum; do
    rm -rf damaged && cp -r state damaged
    python3 - "damaged/$name.state.json" $key <<'PYTHON'
import json, sys
it = json.load(open(sys.argv[1]))
key = sys.argv[2]
it[key] = it[key] + 1 if key == "round" else it[key] + ["x"] if key == "finds" else it[key][::-1]
json.dump(it, open(sys.argv[1], "w"))
PYTHON
    refused "$name: a state with another $key" "damaged/$name.state.json" damaged \
      hunt "${name%-literal}" --reading literal --rounds 1 --quiet --out damaged --resume
  done
done
# What is no file is refused, also if nothing is in it.
rm -rf cut elsewhere && mkdir -p cut/.escapement-files
refused "a folder as list of files" "cut/.escapement-files" cut "${quick[@]}" --out cut
rmdir cut/.escapement-files && : >elsewhere && ln -s ../elsewhere cut/.escapement-files
refused "a link as list of files" "cut/.escapement-files" cut "${quick[@]}" --out cut
expect "the link's file is as it was" test ! -s elsewhere
# A full disk or a kill may leave a list that was cut in its first line.
for cut in "" escap; do
  rm -rf cut && mkdir cut && printf '%s' "$cut" >cut/.escapement-files
  ok "a list cut to '$cut'" "${quick[@]}" --out cut
  ok "a list cut to '$cut', again" "${quick[@]}" --out cut
done
for command in "${rows[*]}" "hunt oscillation-identity --reading literal --rounds 1 --quiet"; do
  rm -rf fresh
  # shellcheck disable=SC2086
  tool $command --out fresh --resume
  expect "$command: nothing to resume, got $(cat err)" grep -q '^escapement: nothing to resume in fresh: the [a-z]* starts anew$' err
done

# --- our own are replaced, as long as they are as we wrote them ---
ok "a run" "${quick[@]}" --set watch=1 --out own
echo '# my remark' >>own/exits.csv
refused "a result that was changed" own/exits.csv own "${quick[@]}" --out own
rm own/exits.csv
ok "again, after it is moved" "${quick[@]}" --out own
expect "nothing of the run before" test ! -e own/paths.csv
echo 'mine' >own/notes.txt
ok "again beside a file of others" "${quick[@]}" --out own
expect "it stays" test "$(cat own/notes.txt)" = mine

# --- results of an earlier command do not stay beside those of a later one ---
ok "a sweep" "${sweep[@]}" --sweep seed=1,2 --out mixed
ok "another sweep" "${sweep[@]}" --sweep seed=2,3 --out mixed
expect "only its points: $(ls mixed)" test "$(ls mixed | tr '\n' ' ')" = "seed=2 seed=3 sweep.csv "
ok "a run after a sweep" "${quick[@]}" --out mixed
expect "only the run: $(ls mixed)" test "$(ls mixed | tr '\n' ' ')" = "final.json run.json trajectory.csv "
ok "a sweep after a run" "${sweep[@]}" --sweep seed=1,2 --out mixed
expect "only the sweep: $(ls mixed)" test "$(ls mixed | tr '\n' ' ')" = "seed=1 seed=2 sweep.csv "
ok "verdicts beside them" "${rows[@]}" --out mixed
ok "a map after verdicts" check norm-identity --budget 1s --quiet --over eta=1/100,1/1000 --out mixed
expect "of a check only the map: $(ls mixed)" test "$(ls mixed | tr '\n' ' ')" = \
  "map.json map.svg report.html seed=1 seed=2 sweep.csv "
ok "a page over all" report mixed --quiet
ok "a check after the page" "${rows[@]}" --out mixed
ok "a study" "${cliff[@]}" --out studied
ok "another study" study rounding --quick --set d=3 --set m=8 --set n=6 --quiet --out studied
expect "only the other study" test ! -e studied/precision-cliff.csv -a ! -e studied/precision-cliff.gp

# --- names of points ---
long=$(printf '1%.0s' {1..300})
ok "long and odd values" "${sweep[@]}" --sweep "sigma=1,1/$long" --sweep 'record=every:2,at:[0,3]' --out odd
expect "folders have short, portable names: $(ls odd)" test -z "$(ls odd | grep -vE '^[A-Za-z0-9_.,=+-]{1,100}$')"
expect "one for each point" test "$(ls -d odd/*/ | wc -l)" -eq 4
expect "the value in full in sweep.csv" grep -q "$long" odd/sweep.csv
expect "and in run.json" grep -rqF "1/$long" odd --include=run.json
refused "a key swept twice" eta odd "${sweep[@]}" --sweep eta=0.1,0.2 --sweep eta=0.3 --out odd
ok "a sweep of one point" "${sweep[@]}" --sweep eta=0.1 --out one
expect "is a sweep" test -s one/sweep.csv -a -s one/eta=0.1/run.json

tool check oscillation-identity --reading literal --over eta=1/2 --quiet --out place
expect "a map of one place: exit code $status" test "$status" -le 3 -a "$status" -ne 2
expect "has one point and a picture" test "$(json place/map.json 'len(it["maps"][0]["points"])'):$(grep -c '</svg>' place/map.svg)" = 1:1
tool check oscillation-identity --reading literal --over eta=1/2 --over d=2,3 --quiet --out column
expect "a map of one column: exit code $status" test "$status" -le 3 -a "$status" -ne 2
expect "has two points and a picture" test "$(json column/map.json 'len(it["maps"][0]["points"])'):$(grep -c '</svg>' column/map.svg)" = 2:1

# --- report ---
ok "a run to report" "${quick[@]}" --out base
refused "a page over its input" base/run.json base report base --out base/run.json
refused "a page over a table" base/trajectory.csv base report base --out base/trajectory.csv
ok "verdicts" "${rows[@]}" --out base
for format in md latex; do
  refused "a table over its input, $format" base/verdicts.json base report base --format $format --out base/verdicts.json
  ok "a table, $format" report base --format $format --out base/table.$format --quiet
  ok "the same again, $format" report base --format $format --out base/table.$format --quiet
done
echo 'my notes' >base/notes.html
refused "a page over a file of others" base/notes.html base report base --out base/notes.html

# --- exports ---
find=$(ls -d state/oscillation*.case.json | head -n 1)
refused "an export over its input" "$find" state corpus export "$find" --python --out "$find"
echo 'my notes' >base/notes.py
refused "an export over a file of others" base/notes.py base corpus export "$find" --python --out base/notes.py
for time in first second; do ok "an export, for the $time time" corpus export "$find" --python --out base/case.py; done

# --- two commands in one folder ---
slow=(run --set d=4 --set m=12 --set n=10 --set eta=1/500 --set steps=10000000 --precision 128 --no-figures --quiet)
"$tool" "${slow[@]}" --out shared >/dev/null 2>&1 &
pid=$!
for _ in $(seq 400); do
  [[ -s shared/.escapement-lock ]] && break
  sleep 0.05
done
for command in "${quick[*]}" "${rows[*]}" "hunt oscillation-identity --reading literal --rounds 1 --quiet" "${cliff[*]}"; do
  for option in "" --take-over; do
    # shellcheck disable=SC2086
    tool $command --out shared $option
    expect "a second $command $option: exit code 2, got $status" test "$status" -eq 2
    expect "a second $command: says who, got $(cat err)" grep -qF "shared/.escapement-lock: expected a folder that no other command writes to; process $pid of this host does" err
    expect "a second $command: one line" test "$(wc -l <err)" -eq 1
  done
done
expect "the first goes on" kill -0 "$pid"
kill -9 "$pid"
{ wait "$pid"; } 2>/dev/null
expect "a lock stays after kill -9" test -s shared/.escapement-lock
ok "the lock of a process that has ended is taken over" "${quick[@]}" --out shared
expect "no lock stays" test ! -e shared/.escapement-lock
sed 's/^\([^ ]* [^ ]* [^ ]* \)[^ ]*/\1elsewhere/' >foreign-lock <<<"escapement-lock/1 1 2 here pid:[1]"
cp foreign-lock shared/.escapement-lock
refused "a lock of another host" "host elsewhere does; if it has ended, add --take-over" shared "${quick[@]}" --out shared
for command in "${quick[*]}" "${rows[*]}" "hunt oscillation-identity --reading literal --rounds 1 --quiet" "${cliff[*]}"; do
  cp foreign-lock shared/.escapement-lock
  # shellcheck disable=SC2086
  tool $command --out shared --take-over
  expect "taken over by $command: exit code $status, $(cat err)" test "$status" -ne 2
  expect "taken over by $command: no lock stays" test ! -e shared/.escapement-lock
done
printf 'escapement-lo' >shared/.escapement-lock
ok "a lock that a kill cut short" "${quick[@]}" --out shared

# --- numbers of instance files may be JSON numbers, and are taken by their decimal text ---
python3 - "$data/reference/sam.instance.json" <<'PYTHON'
import json, sys
it = json.load(open(sys.argv[1]))
it["eta"], it["X"][0][0], it["W0"][0][0] = "0.0100000000000000000001", "-1.25e-3", "12345678901234567890123"
text = json.dumps(it)
open("strings.json", "w").write(text)
for number in (it["eta"], it["X"][0][0], it["W0"][0][0]):
    text = text.replace('"%s"' % number, number, 1)
open("numbers.json", "w").write(text)
PYTHON
for kind in strings numbers; do ok "an instance of $kind" run --instance $kind.json --precision 256 --no-figures --quiet --out $kind; done
expect "numbers and strings: the same bytes" same_results strings numbers
expect "the step size in full" test "$(json numbers/run.json 'it["config"]["eta"]["value"]')" = "$(json strings/run.json 'it["config"]["eta"]["value"]')"

# --- a full disk: no file may grow beyond so many KiB, which writing reports as an error ---
full() {
  local size=$1
  shift
  (trap '' XFSZ && ulimit -f "$size" && timeout 120 "$tool" "$@" </dev/null) >out 2>err
  status=$?
}
for size in 1 8; do
  rm -rf full
  full $size "${cliff[@]}" --out full
  if ! command -v gnuplot >/dev/null && ((size == 8)); then continue; fi
  expect "study, a disk of $size KiB: exit code 2, got $status" test "$status" -eq 2
  expect "study, a disk of $size KiB: one line, got $(cat err)" test "$(wc -l <err)" -eq 1
  expect "study, a disk of $size KiB: named in $(cat err)" grep -q '^escapement: full' err
done
if command -v gnuplot >/dev/null; then
  rm -rf full
  full 16 run --set steps=200 --set m=3 --set d=2 --set n=4 --set record=every:20 --quiet --out full
  expect "figures on a full disk: exit code 2, got $status" test "$status" -eq 2
  expect "figures on a full disk: one line, got $(cat err)" test "$(wc -l <err)" -eq 1
  expect "figures on a full disk: named in $(cat err)" grep -q '^escapement: full/.*\(svg\|png\|gp\)' err
fi
finish
