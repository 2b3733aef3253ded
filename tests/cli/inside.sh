#!/usr/bin/env bash
# check --inside from outside: the point, the rows, what is refused; and the same row again.
set -euo pipefail
tool=$1
fail() { echo "inside.sh: $*" >&2; exit 1; }

code=0
"$tool" check lemma-4.3 lemma-4.6 --inside --set d=10 --json >rows.json 2>err || code=$?
[[ $code == 1 ]] || fail "exit code $code where a row is violated"
[[ ! -s err ]] || fail "something on standard error: $(cat err)"
python3 - <<'PY'
import json
rows = json.load(open("rows.json"))
assert len(rows) == 16, len(rows)
for row in rows:
    assert row["regime"]["inside"] is True, row["regime"]
    p = dict(row["parameters"])
    assert p["eta"] == "1e-1104" and p["m"] == "1e552" and p["C_data"] == "4", p
    assert " --inside" in row["reproduce"], row["reproduce"]
by = {(r["statement"], r["clause"], r["reading"]): r["outcome"] for r in rows}
assert by["lemma-4.3", "1b", "literal"] == "violated", by
assert by["lemma-4.3", "1b", "typical"] == "holds", by
assert by["lemma-4.6", "2", "literal"] == "holds", by
PY
row=$(python3 -c 'import json; print(json.load(open("rows.json"))[0]["reproduce"])')
eval "\"$tool\" ${row#escapement } --json" >again.json || true
python3 -c 'import json; a, b = json.load(open("rows.json"))[0], json.load(open("again.json"))[0]
assert all(a[k] == b[k] for k in a if k != "reproduce"), "a row does not reproduce itself"'

# A ladder in C_data asks what --c-data asks.
of=(check lemma-4.6 --clause 1 --reading non-degenerate+population --inside --set d=10 --json)
"$tool" "${of[@]}" --over C_data=4,8 >ladder.json
"$tool" "${of[@]}" --c-data 8 >eight.json
python3 -c 'import json
points, row = json.load(open("ladder.json"))[0]["points"], json.load(open("eight.json"))[0]
assert [p["x"] for p in points] == ["4", "8"], points
assert (points[1]["bound"], points[1]["measured"]) == (row["bound"], row["measured"]), (points, row)
assert points[0]["bound"] != points[1]["bound"] and points[0]["inside"] is True, points'

refused() {
  local code=0
  "$tool" check "$@" >out 2>err || code=$?
  [[ $code == 2 && ! -s out && $(wc -l <err) == 1 ]] || fail "check $*: code $code, $(cat out err)"
}
refused lemma-4.4 --inside
refused lemma-4.6 --inside --set d=3
grep -q A6 err || fail "d = 3: the assumption is not named: $(cat err)"
refused lemma-4.6 --inside --set sigma=0
refused lemma-4.6 --inside --set eta=1e-10
refused lemma-4.6 --inside --set m=1000
refused lemma-4.6 --inside --over C_data=0,4
