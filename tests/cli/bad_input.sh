#!/usr/bin/env bash
# Bad input is one line on standard error that names the place and the key, exit code 2, and nothing left behind.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"

listing() { find . ! -name out ! -name err ! -name before ! -name after | sort; }

# refused WHAT WORDS ARGUMENTS...: the tool refuses the arguments with a line in which each of WORDS (blank-separated)
# occurs, and the folder is as it was.
refused() {
  local what=$1 words=$2 word
  shift 2
  listing >before
  run "$@"
  listing >after
  expect "$what: exit code 2, got $status" test "$status" -eq 2
  expect "$what: one line, got $(cat err)" test "$(wc -l <err)" -eq 1
  expect "$what: nothing on standard output" test ! -s out
  for word in $words; do expect "$what: '$word' in: $(cat err)" grep -qF -- "$word" err; done
  nothing_left "$what"
}
nothing_left() {
  checks=$((checks + 1))
  cmp -s before after || note "$1 leaves behind: $(diff before after | grep '^[<>]' | head -n 5 | tr '\n' ' ')"
  rm -rf results
}

to=(--out results --no-figures)

# --- keys and values ---
refused "an unknown key" "--set etaa eta" --set etaa=0.1 "${to[@]}"
refused "no key" "--set key=value" --set 0.1 "${to[@]}"
refused "a key twice" "--set eta" --set eta=0.1 --set eta=0.2 "${to[@]}"
for case in d=0 d=-1 d=1.5 d=abc d= d=5000 m=0 m=-3 m=1.5 m=1e m=nan n=0 n=-2 n=none n=1e9 steps=-1 steps=1e20 steps=0.5 \
  batch=0 batch=-1 batch=half eta=0 eta=-1 eta=abc eta=nan eta=inf eta=1e eta=1/0 eta=0x eta=1e999999999 eta=1,5 \
  sigma=-1 sigma=abc theta_norm=-1 rho=-1 rho=x amplitude=0 amplitude=-1 loss=cubic noise=uniform schedule=sometimes \
  schedule=periodic:0:5 schedule=periodic:5 init=zero init=ntk:0 record=every:0 record=log:0 record=at:[a] record=at:[1 \
  snapshots=never watch=-1 state=both replicas=0 replicas=-1 replica=-1 seed=-1 seed=abc seed=18446744073709551616 \
  precision=1 precision=quad precision=certified:1 precision=2000000 algorithm=adam; do
  refused "--set $case" "--set ${case%%=*}" --set "$case" "${to[@]}"
done
refused "--seed" "--seed seed" --seed one "${to[@]}"
refused "--precision" "--precision precision" --precision high "${to[@]}"
refused "--replicas" "--replicas replicas" --replicas none "${to[@]}"
refused "--threads 0" "--threads" --threads 0 "${to[@]}"
refused "--threads many" "--threads" --threads many "${to[@]}"
refused "an unknown option" "--speed" --speed 3 "${to[@]}"
refused "a stray word" "quickly" quickly "${to[@]}"
refused "an unknown preset" "--preset two-phases two-phase" --preset two-phases "${to[@]}"
refused "a batch for gradient descent" "--set batch gradient-descent" --set algorithm=gradient-descent --set batch=3 "${to[@]}"
refused "fresh inputs for gradient descent" "--set n" --set algorithm=gradient-descent --set n=fresh "${to[@]}"
refused "the population for SGD" "--set n" --set n=population "${to[@]}"
refused "a full batch of fresh inputs" "batch" --set n=fresh --set batch=full "${to[@]}"
refused "a width-free oscillation" "--set state" --set algorithm=oscillation --set state=width-free "${to[@]}"
refused "a start that is no chain" "--set init" --set algorithm=oscillation --set init=ntk "${to[@]}"
refused "too small for a double" "--set eta double" --set eta=10^-700 "${to[@]}"
refused "too large for a double" "--set sigma double" --set sigma=10^700 "${to[@]}"
refused "too wide" "--set m" --set m=10^400 "${to[@]}"
refused "too large for memory" "--set n" --set n=10000000 --set d=4096 "${to[@]}"
refused "too wide for the direct state" "--set m" --set m=500000000 --set state=direct "${to[@]}"

# --- sweeps ---
refused "a sweep of nothing" "--sweep" --sweep eta "${to[@]}"
refused "a sweep of an unknown key" "--sweep speed" --sweep speed=1,2 "${to[@]}"
refused "a sweep of no numbers" "--sweep eta" --sweep eta=1:b:log "${to[@]}"
refused "a sweep with a bad point" "--sweep sigma" --sweep sigma=1,-1 "${to[@]}"
quick=(--set steps=5 --set m=10 --set d=2 --set n=3)
refused "a sweep whose second point no double can hold" "--sweep eta" "${quick[@]}" --sweep eta=0.001,1e-700 --quiet "${to[@]}"
refused "a sweep whose second point is too wide" "--sweep m" --set steps=5 --sweep m=10,10^20 --quiet "${to[@]}"
refused "too many points" "--sweep" --sweep seed=1:9999:lin:9999 --sweep m=1:9999:lin:9999 "${to[@]}"

# --- configuration files ---
refused "a missing configuration" "missing.toml" --config missing.toml "${to[@]}"
refused "a folder as configuration" "TOML directory" --config . "${to[@]}"
toml() { printf "$1" >bad.toml; }
toml 'eta = 0.1\nspeed = 3\n'; refused "TOML: an unknown key" "bad.toml:2 speed" --config bad.toml "${to[@]}"
toml 'eta = 0.1\neta = 0.2\n'; refused "TOML: a key twice" "bad.toml:2 eta" --config bad.toml "${to[@]}"
toml 'm = 5\neta = fast\n'; refused "TOML: no value" "bad.toml:2 eta" --config bad.toml "${to[@]}"
toml 'eta = true\n'; refused "TOML: a wrong type" "bad.toml:1 eta" --config bad.toml "${to[@]}"
toml 'eta = [1, 2]\n'; refused "TOML: a list" "bad.toml:1 eta" --config bad.toml "${to[@]}"
toml 'd = 2.5\n'; refused "TOML: a fraction of a dimension" "bad.toml:1 d" --config bad.toml "${to[@]}"
toml 'eta = nan\n'; refused "TOML: no number" "bad.toml:1 eta" --config bad.toml "${to[@]}"
toml '[run]\neta = 1\n'; refused "TOML: a table" "bad.toml:1" --config bad.toml "${to[@]}"
toml 'eta = "0.1\n'; refused "TOML: an open string" "bad.toml:1" --config bad.toml "${to[@]}"
toml '\377\376\000'; refused "TOML: no text" "bad.toml" --config bad.toml "${to[@]}"
rm -f bad.toml

# --- instance files ---
good=$data/reference/label-noise-sgd.instance.json
# instance PYTHON: bad.json is the good instance after a statement about `it`.
instance() {
  python3 -c 'import json, sys
it = json.load(open(sys.argv[1]))
exec(sys.argv[2])
open("bad.json", "w").write(it if isinstance(it, str) else json.dumps(it))' "$good" "$1"
}
bad_instance() {
  local what=$1 words=$2 change=$3
  shift 3
  instance "$change"
  refused "instance: $what" "bad.json $words" --instance bad.json "$@" "${to[@]}"
  rm -f bad.json
}
refused "a missing instance" "missing.json" --instance missing.json "${to[@]}"
refused "a folder as instance" "instance" --instance . "${to[@]}"
bad_instance "empty" "" 'it = ""'
bad_instance "no JSON" "" 'it = "{\"d\": "'
bad_instance "no object" "" 'it = "[1, 2]"'
bad_instance "a number beyond all doubles" "" 'it = json.dumps(it).replace("[1,", "[1e400,", 1)'
bad_instance "nested deeply" "" 'it = "[" * 200000'
bad_instance "another format" "format" 'it["format"] = "escapement-instance/9"'
bad_instance "an unknown key" "speed" 'it["speed"] = 1'
bad_instance "a key twice" "eta" 'it = json.dumps(it).replace("{", "{\"eta\": \"1\", ", 1)'
for key in format d m n eta sigma steps theta_star X W0 a0 algorithm samples noise; do
  bad_instance "$key is missing" "$key" "del it['$key']"
done
for key in d m n; do
  bad_instance "$key = 0" "$key" "it['$key'] = 0"
  bad_instance "$key < 0" "$key" "it['$key'] = -1"
  bad_instance "$key is one more" "expected" "it['$key'] += 1"
  bad_instance "$key is no number" "$key" "it['$key'] = 'many'"
  bad_instance "$key is a thousand millions" "" "it['$key'] = 10**9"
  bad_instance "$key is huge" "$key" "it['$key'] = 10**30"
done
bad_instance "sigma < 0" "sigma" 'it["sigma"] = "-1"'
bad_instance "eta = 0" "eta" 'it["eta"] = "0"'
bad_instance "eta is a truth value" "eta" 'it["eta"] = True'
bad_instance "eta is no number" "eta" 'it["eta"] = "fast"'
bad_instance "steps < 0" "steps" 'it["steps"] = -1'
bad_instance "an entry is no number" "X[0][0]" 'it["X"][0][0] = "x"'
bad_instance "an entry is null" "a0[0]" 'it["a0"][0] = None'
bad_instance "a row is short" "X[0]" 'it["X"][0].pop()'
bad_instance "a row too many" "W0" 'it["W0"].append(it["W0"][0])'
bad_instance "theta_star is short" "theta_star" 'it["theta_star"].pop()'
bad_instance "an index is n" "samples[0]" 'it["samples"][0] = it["n"]'
bad_instance "an index is negative" "samples[0]" 'it["samples"][0] = -1'
bad_instance "noise that is no sign" "noise[1]" 'it["noise"][1] = 2'
bad_instance "noise is zero" "noise[0]" 'it["noise"][0] = 0'
bad_instance "too few samples" "samples" 'it["samples"].pop()'
bad_instance "too little noise" "noise" 'it["noise"].pop()'
bad_instance "noise of two kinds" "noise_values" 'it["noise_values"] = ["1"] * len(it["noise"])'
bad_instance "an unknown algorithm" "algorithm" 'it["algorithm"]["name"] = "adam"'
bad_instance "no algorithm" "algorithm" 'it["algorithm"] = "sgd"'
bad_instance "an unknown key of the algorithm" "algorithm.speed" 'it["algorithm"]["speed"] = "1"'
bad_instance "too small for a double" "X" 'it["X"][0][0] = "1e-700"'
bad_instance "a start too small for a double" "W0" 'it["W0"][0][0] = "1e-700"'
bad_instance "a start too large for a double" "a0" 'it["a0"][0] = "1e700"'
bad_instance "theta_star too small for a double" "theta_star" 'it["theta_star"][0] = "1e-700"'
bad_instance "noise too small for a double" "noise_values" 'it["noise_values"] = ["1e-700"] * len(it.pop("noise"))'
bad_instance "a rho too small for a double" "rho" 'it["algorithm"] = {"name": "sam", "rho": "1e-700"}'
bad_instance "an unknown schedule" "schedule" 'it["schedule"] = "sometimes"'
bad_instance "a batch of none" "batch" 'it["batch"] = 0'
refused "more steps than the instance drives" "$good samples 1000" --instance "$good" --set steps=1000 "${to[@]}"
refused "another width than the instance's" "--set m" --instance "$good" --set m=7 "${to[@]}"
refused "another rule than the instance's" "--set algorithm" --instance "$good" --set algorithm=sam "${to[@]}"
refused "replicas of an instance" "--replicas replicas" --instance "$good" --replicas 2 "${to[@]}"
good=$data/reference/oscillation.instance.json
bad_instance "too few signs" "signs" 'it["signs"].pop()'
bad_instance "a0 off the chain" "a0" 'it["a0"][0] = "1/3"'
bad_instance "no amplitude" "amplitude" 'del it["algorithm"]["amplitude"]'

# --- where to write ---
touch file
mkdir folder
refused "a file as folder" "--out file" "${quick[@]}" --out file
refused "a folder in a file" "--out file/results" "${quick[@]}" --out file/results
refused "no name" "--out" "${quick[@]}" --out ''
refused "a device" "--out /dev/null" "${quick[@]}" --out /dev/null
refused "a folder that nobody can make" "--out /proc/results" "${quick[@]}" --out /proc/results
refused "a name that is too long" "--out" "${quick[@]}" --out "$(printf 'x%.0s' {1..300})"
refused "bad input leaves no parents" "--set eta" --set eta=1e-700 --out new/folder/results
refused "--resume without --out" "--resume --out" "${quick[@]}" --resume

# Root may write anywhere: there the tool runs as nobody.
chmod a-w folder
nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
if [[ $(id -u) -ne 0 ]]; then
  refused "a folder that is read-only" "--out folder" "${quick[@]}" --out folder
  refused "a folder in a read-only one" "--out folder/new" "${quick[@]}" --out folder/new
elif "${nobody[@]}" "$tool" --version >/dev/null 2>&1 && "${nobody[@]}" test -x .; then
  as=("${nobody[@]}")
  refused "a folder that is read-only" "--out folder" "${quick[@]}" --out folder
  refused "a folder in a read-only one" "--out folder/new" "${quick[@]}" --out folder/new
  as=()
else
  skip "this is root, and nobody cannot run the tool: no read-only folder"
fi
chmod u+w folder

# A disk that is full: no file may grow beyond 8 KiB, which writing reports as an error.
big=(--preset two-phase --set steps=2000 --no-figures --quiet)
trap '' XFSZ
full() { (ulimit -f 8 && timeout 120 "$tool" run "$@") >out 2>err; status=$?; }
for where in folder/new folder; do
  listing >before
  full "${big[@]}" --out $where
  listing >after
  expect "a full disk: exit code 2, got $status" test "$status" -eq 2
  expect "a full disk: one line, got $(cat err)" test "$(wc -l <err)" -eq 1
  expect "a full disk: the folder in: $(cat err)" grep -qF folder err
  nothing_left "a full disk"
  rm -rf folder/*
done
trap - XFSZ

# The real thing, where mounting is allowed: full, and read-only.
mkdir disk
if mount -t tmpfs -o size=48k tmpfs disk 2>/dev/null; then
  refused "a full disk" "disk" "${big[@]}" --out disk/results
  mount -o remount,ro disk
  refused "a read-only disk" "--out disk" "${quick[@]}" --out disk/results
  refused "a read-only folder" "disk" "${quick[@]}" --out disk
  umount disk
else
  skip "this account may not mount: no full and no read-only disk"
fi
finish
