#!/usr/bin/env bash
# `escapement conditions` from outside: keys, digits, given against assumed, data files, bad input.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"

ask() {
  timeout 60 "$tool" conditions "$@" >out 2>err </dev/null
  status=$?
}
ask_ok() {
  local what=$1
  shift
  ask "$@"
  expect "$what: exit code $status, $(head -c 300 err)" test "$status" -eq 0
  expect "$what: standard error is empty" test ! -s err
  checks=$((checks + 1))
  if grep -qiE '(^|[^a-z])nan' out; then note "$what: nan in the output"; fi
}
# is EXPRESSION VALUE: of the JSON that was printed last.
is() {
  local found
  found=$(json out "$1")
  expect "$1 is $2, got $found" test "$found" = "$2"
}

# --- the keys of --json, and nothing given ---
ask_ok "nothing given" --json
expect "JSON" is_json out
is '[k for k in "C eta_max m_min n_min theta_max d_min T1".split() if k not in it or "log10_" + k not in it]' '[]'
is 'all(isinstance(it[k], str) for k in "C eta_max m_min n_min theta_max d_min T1".split())' True
is '[a["name"] for a in it["assumptions"]]' "['A1', 'A2', 'A3', 'A4', 'A5', 'A6']"
is 'all(a["holds"] for a in it["assumptions"])' True
is 'sorted(a["key"] for a in it["assumed"])' "['C_data', 'K', 'c', 'd', 'data set', 'eta', 'footnote', 'm', 'n', 'omega', 'sigma', 'theta_norm']"
is 'len(it["m_min"]) - 1 == int(float(it["log10_m_min"]))' True
is 'int(it["m_min"]) ** 4 > int(it["n_min"]) - 1 and (int(it["m_min"]) - 1) ** 4 < int(it["n_min"])' True
is 'float(it["log10_eta_max"]) < -700' True
is 'abs(float(it["log10_eta_max"]) + 96 * float(it["log10_C"])) < 1e-9' True
is 'abs(float(it["log10_theta_max"]) + float(it["log10_m_min"]) / 4) < 1e-9' True
is 'len(it["C"].replace(".", "").split("e")[0])' 50
ask_ok "digits" --json --digits 200
is 'len(it["C"].replace(".", "").split("e")[0])' 200

# --- the published run is outside ---
ask_ok "two-phase" --preset two-phase --json
is '[a["holds"] for a in it["assumptions"]]' '[True, False, False, False, True, True]'
is 'it["T1"][:9], it["m_min"], it["n_min"]' "('1994709.7', '32', '1000000')"
ask_ok "two-phase-published" --preset two-phase-published --json
is 'it["parameters"]["eta"], it["n_min"]' "('2e-3', '250000')"

# --- given values ---
ask_ok "given" --set d=3 --set sigma=0 --set eta=1e-4 --set m=100 --set n=1e8 --set theta_norm=0 --c-data 2 --K 2 --c 1/2 --omega 1 --footnote plus --json
is '[a["holds"] for a in it["assumptions"]][:1] + [a["margin"] for a in it["assumptions"]][2:5:1]' "[True, '0', 'inf', '0']"
is 'it["T1"], it["absent"]["T1"]' "(None, 'infinite: sigma = 0')"
is '[a["key"] for a in it["assumed"]]' "['max |x_k|']"
ask_ok "population" --set n=population --json
is 'it["C"], it["assumptions"][4]["holds"], it["assumptions"][4]["margin"]' "(None, False, '-inf')"
ask_ok "fresh inputs and C_data" --set n=fresh --set d=2 --c-data 5/2 --json
is 'it["assumptions"][4]["holds"], it["outside_probability"][:8], it["parameters"]["n"]' "(None, '0.043936', 'fresh')"
ask_ok "larger than any run" --set d=10^30 --set n=10^400 --set m=10^7000 --c-data 5 --json
is 'it["parameters"]["d"] == str(10**30), it["parameters"]["n"] == str(10**400), it["assumptions"][0]["holds"]' '(True, True, True)'

# --- bounds that are printed are met when they are given back ---
for digits in 1 10 30 50; do
  for case in "--c-data 1/3 --set d=2 --set sigma=1" "--c-data 2 --set d=20 --set sigma=4 --footnote plus" "--c-data 1 --set m=10000" \
    "--c-data 7/5 --set d=5 --set m=12345"; do
    read -ra given <<<"$case"
    ask_ok "bounds of $case" "${given[@]}" --json --digits "$digits"
    eta=$(json out 'it["eta_max"]') theta=$(json out 'it["theta_max"]')
    ask_ok "eta_max given back" "${given[@]}" --set "eta=$eta" --json
    is '[a["holds"] for a in it["assumptions"] if a["name"] == "A2"]' '[True]'
    ask_ok "theta_max given back" "${given[@]}" --set "theta_norm=$theta" --json
    is '[a["holds"] for a in it["assumptions"] if a["name"] == "A4"]' '[True]'
  done
done
ask_ok "a bound that is a decimal" --c-data 1 --set m=10000 --json
is 'it["theta_max"]' 0.1

# --- data ---
printf '3,4\n 1 , 1/2\n-2^0,0x1p1\n\n' >data.csv
ask_ok "a data file" --data data.csv --json
is 'it["parameters"]["d"], it["parameters"]["n"], it["parameters"]["C_data"]' "('2', '3', '5')"
is 'it["data"]' data.csv
while IFS='|' read -r what text; do
  printf "$text" >own.txt
  ask_ok "$what" --data own.txt --json
  is 'it["parameters"]["d"], it["parameters"]["n"], it["parameters"]["C_data"]' "('2', '2', '5')"
done <<'FILES'
a byte-order mark|\xEF\xBB\xBF3,4\n1,2\n
a header|x1,x2\n3,4\n1,2\n
a header with a byte-order mark, quotes and blanks|\xEF\xBB\xBF"x 1" , "x 2"\r\n3 , 4\r\n1\t,2\r\n
np.savetxt|3.000000000000000000e+00 4.000000000000000000e+00\n1.000000000000000000e+00 2.000000000000000000e+00\n
np.savetxt with a header|# x1,x2\n3.0 4.0\n1.0 2.0\n
blanks and tabs|  3\t 4 \n 1    2\n
a header of words|x y\n3 4\n1 2\n
signs and points|+3.,.4e1\n1e-3,+.5\n
FILES
ask_ok "a data file within C_data" --data data.csv --c-data 4.999 --json
is 'it["assumptions"][4]["holds"]' False
instance=$data/reference/label-noise-sgd.instance.json
[[ -e $instance ]] || instance=$(ls "$data"/reference/*.instance.json | head -n 1)
ask_ok "an instance" --instance "$instance" --json
is '[a["key"] for a in it["assumed"]]' "['K', 'c', 'omega', 'footnote', 'C_data']"

# --- the table ---
ask_ok "the table" --preset two-phase
for word in C eta_max m_min n_min theta_max d_min T1 A1 A6 holds fails assumed 'undefined in the main text'; do
  expect "'$word' in the table" grep -qF -- "$word" out
done
ask_ok "the table in full"
expect "the least width in full" grep -qE '^m_min = [0-9]{700,}$' out

# --- bad input: one line, exit code 2 ---
refused() {
  local what=$1 words=$2 word
  shift 2
  ask "$@"
  expect "$what: exit code 2, got $status" test "$status" -eq 2
  expect "$what: one line, got $(cat err)" test "$(wc -l <err)" -eq 1
  expect "$what: nothing on standard output" test ! -s out
  for word in $words; do expect "$what: '$word' in: $(cat err)" grep -qF -- "$word" err; done
}
for key in K c omega c-data; do
  for value in 0 -1 abc 1/0 nan inf 1e2000 1e-2000; do refused "--$key $value" "--$key positive" "--$key=$value"; done
done
for case in d=0 d=1.5 m=0 m=-1 m=x n=0 n=some eta=0 eta=-1 eta=1e sigma=-1 theta_norm=-1; do
  refused "--set $case" "--set ${case%%=*}" --set "$case"
done
refused "sigma beyond reach" "--set sigma" --set sigma=1e2000
refused "another key" "--set steps theta_norm" --set steps=5
refused "a key twice" "--set d once" --set d=10^9 --set d=3 --c-data 1
refused "a sign" "--footnote minus plus" --footnote both
refused "no data of this size" "--set n --c-data" --set n=10^400
refused "no data of this dimension" "--set d --c-data" --set d=100000
refused "digits" "--digits" --digits 0
refused "an unknown preset" "--preset" --preset none
refused "a stray word" "quickly" quickly
refused "no data file" "nowhere.csv" --data nowhere.csv
refused "a folder" "read" --data .
: >empty.csv
refused "an empty file" "empty.csv data" --data empty.csv
printf '1,2\n1,2,3\n' >ragged.csv
refused "a ragged file" "ragged.csv:2 2 numbers" --data ragged.csv
printf '1,2\n1,x\n' >letters.csv
refused "letters" "letters.csv:2 column 2" --data letters.csv
printf 'x1,x2\n1,2\n3,y\n' >header.csv
refused "letters below a header" "header.csv:3 column 2" --data header.csv
printf 'x1,x2\n' >names.csv
refused "a header and no more" "names.csv data" --data names.csv
printf 'x1,x2\ny1,y2\n1,2\n' >headers.csv
refused "two headers" "headers.csv:2 column 1" --data headers.csv
printf 'x1,2\n1,2\n' >half.csv
refused "a number among the names" "half.csv:1 column 1" --data half.csv
printf 'nan,inf\n1,2\n' >nans.csv
refused "no header of nan" "nans.csv:1 column 1" --data nans.csv
printf '1 2\n3 4 5\n' >blanks.txt
refused "ragged blanks" "blanks.txt:2 2" --data blanks.txt
printf '1 2\n3 4x\n' >blank.txt
refused "letters between blanks" "blank.txt:2 column 2 4x" --data blank.txt
printf '1,2\n3 4\n' >both.csv
refused "blanks for commas" "both.csv:2" --data both.csv
printf '1,2\n\n1,2\n' >gap.csv
refused "a gap" "gap.csv:2" --data gap.csv
printf '1,\n' >hole.csv
refused "a hole" "hole.csv:1 column 2" --data hole.csv
printf '1,nan\n' >nan.csv
refused "no number" "nan.csv:1 column 2" --data nan.csv
refused "another d" "--set d 2" --data data.csv --set d=3
refused "another n" "--set n 3" --data data.csv --set n=4
refused "fresh inputs from a file" "n --data" --data data.csv --set n=fresh
refused "two sources of data" "--data --instance" --data data.csv --instance "$instance"
refused "another width than the instance's" "m" --instance "$instance" --set m=12345
refused "another dimension than the instance's" "d" --instance "$instance" --set d=10^30
finish
