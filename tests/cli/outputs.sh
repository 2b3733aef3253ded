#!/usr/bin/env bash
# What a run writes where: tables and their headers, --json, --quiet, figures, sweeps, ensembles, exit codes.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"
sizes=(--set m=30 --set d=4 --set n=10 --set record=every:50)
small=("${sizes[@]}" --set eta=1/200 --set steps=200)

columns=tau,train_loss,test_loss,theta_norm,theta_distance,frobenius_W,norm_a,mean_norm,min_norm,max_norm,norm_q10,norm_q50,norm_q90
columns+=,mean_alignment,mean_abs_alignment,mean_cosine,cosine_q10,cosine_q50,cosine_q90,mean_abs_cosine,escaped_share
columns+=,delta_mean,delta_share_positive,delta_share_below,second_layer_move,identity_defect,product_defect
with_radius() { tr , '\n' <<<"$1" | sed 's/.*/&,&_radius/' | paste -sd,; }
header() { head -n 1 "$1"; }
# Every row has as many fields as the header.
rectangular() { awk -F, 'NR == 1 {n = NF} NF != n {exit 1}' "$1"; }

# --- tables ---
run_ok "a run" "${small[@]}" --set watch=2 --set 'snapshots=at:[0,100]' --out one --no-figures
expect "a summary on standard output" grep -q train_loss out
expect "it names the folder" grep -q 'written to one' out
expect "trajectory.csv" test "$(header one/trajectory.csv)" = "step,$columns"
for file in neurons paths; do
  expect "$file.csv" test "$(header one/$file.csv)" = step,neuron,norm,alignment,cosine,second_layer
done
expect "exits.csv" test "$(header one/exits.csv)" = neuron,first_exit,certain
for file in one/*.csv; do expect "$file has full rows" rectangular "$file"; done
expect "final.json: keys" test "$(json one/final.json 'sorted(it)')" = "['W', 'a', 'mean_norm', 'steps', 'theta', 'train_loss']"
expect "final.json: numbers are strings" test "$(json one/final.json 'all(isinstance(x, str) for x in it["a"] + it["theta"])')" = True
expect "run.json: keys" test "$(json one/run.json '[k in it for k in ("format", "version", "command", "seed", "precision", "config", "fingerprint", "result")]')" \
  = "[True, True, True, True, True, True, True, True]"
expect "run.json: value and source of a key" test "$(json one/run.json 'it["config"]["eta"]["value"], it["config"]["eta"]["source"], it["config"]["sigma"]["source"]')" \
  = "('5e-3', '--set', 'default')"
expect "nothing else is written" test "$(ls -A one | tr '\n' ' ')" = ".escapement-files exits.csv final.json neurons.csv paths.csv run.json trajectory.csv "

run_ok "certified" "${small[@]}" --set watch=2 --precision certified:100 --set 'snapshots=at:[0]' --out certified --no-figures --quiet
expect "certified: radii" test "$(header certified/trajectory.csv)" = "step,$(with_radius "$columns")"
expect "certified: radii of neurons" test "$(header certified/neurons.csv)" = "step,neuron,$(with_radius norm,alignment,cosine,second_layer)"
expect "certified: final.json has radius" test "$(json certified/final.json 'sorted(it["radius"]), len(it["radius"]["W"])')" \
  = "(['W', 'a', 'mean_norm', 'theta', 'train_loss'], 30)"

# The last record of the run before must not stay beside the new ones.
run_ok "again, less" "${small[@]}" --out one --no-figures --quiet
for file in neurons paths exits; do expect "$file.csv of the run before is gone" test ! -e one/$file.csv; done

# --- standard output ---
run_ok "--json" "${small[@]}" --json
expect "--json parses" is_json out
expect "--json: keys" test "$(json out '[k in it for k in ("stop", "steps", "steps_per_second", "final")]')" = "[True, True, True, True]"
expect "--json: every observable" test "$(json out '",".join(it["final"])')" = "$columns"
run_ok "--json with --out" "${small[@]}" --json --out j --no-figures
expect "--json with --out parses" is_json out
run_ok "--json, an ensemble" "${small[@]}" --json --replicas 3
expect "--json, an ensemble, parses" is_json out
expect "--json, an ensemble: replicas" test "$(json out '[r["replica"] for r in it["replicas"]]')" = "[0, 1, 2]"
run_ok "--quiet" "${small[@]}" --quiet --out q --no-figures
expect "--quiet: nothing on standard output" test ! -s out

# --- ensembles and sweeps ---
run_ok "an ensemble" "${small[@]}" --replicas 4 --set watch=2 --out ensemble --no-figures --quiet
expect "an ensemble: replica first" test "$(header ensemble/trajectory.csv)" = "replica,step,$columns"
expect "an ensemble: all rows" test "$(wc -l <ensemble/trajectory.csv)" -eq 21
expect "an ensemble: bands" grep -q '^step,tau_mean,tau_q10,tau_q50,tau_q90,train_loss_mean' ensemble/bands.csv
expect "an ensemble: a band a step" test "$(wc -l <ensemble/bands.csv)" -eq 6
expect "an ensemble: exits" test "$(header ensemble/exits.csv)" = replica,neuron,first_exit,certain

run_ok "a sweep" "${small[@]}" --sweep sigma=0,1,2 --sweep eta=1/400:1/100:log:3 --out sweep --no-figures --quiet
expect "a sweep: keys first" test "$(header sweep/sweep.csv)" = "sigma,eta,stop,steps,$columns"
expect "a sweep: a row a point" test "$(wc -l <sweep/sweep.csv)" -eq 10
expect "a sweep: full rows" rectangular sweep/sweep.csv
expect "a sweep: a folder a point" test "$(find sweep -name trajectory.csv | wc -l)" -eq 9
expect "a sweep: exact values" test "$(cut -d, -f1,2 sweep/sweep.csv | sed -n 2,4p | tr '\n' ' ')" = "0,1/400 0,5e-3 0,0.01 "
run_ok "a sweep, --json" "${small[@]}" --sweep seed=1,2,3 --json
expect "a sweep, --json: an array" test "$(json out '[p["swept"]["seed"] for p in it]')" = "['1', '2', '3']"
run_ok "a point of the sweep alone" "${small[@]}" --set sigma=1 --out alone --no-figures --quiet
expect "a sweep's point is what it is alone" same_results sweep/sigma=1,eta=5e-3 alone

# --- how it ends ---
run --set d=1 --set m=1 --set n=1 --set eta=1000 --set steps=1000 --out diverged --no-figures
expect "a diverged run: exit code 0, got $status" test "$status" -eq 0
expect "a diverged run: the step is said" grep -q 'diverged at step [0-9]' out
expect "a diverged run: in run.json" test "$(json diverged/run.json 'it["result"]["stop"]')" = diverged
if grep -qiE '(^|[^a-z])(nan|inf)' out diverged/*; then note "a diverged run prints nan or inf"; fi
run --set d=2 --set m=3 --set n=4 --set steps=4000 --set eta=1/8 --precision certified:12 --out wide --no-figures
expect "an enclosure too wide: exit code 3, got $status" test "$status" -eq 3
expect "an enclosure too wide: undecided" test "$(json wide/run.json 'it["result"]["stop"]')" = undecided
if grep -qiE '(^|[^a-z])(nan|inf)' out wide/*; then note "an undecided run prints nan or inf"; fi
# Squares that no double holds are printed; a network that none holds is not.
run "${sizes[@]}" --set steps=3 --set init=ntk:1e100 --json --quiet
expect "a start that diverges: exit code 0, got $status" test "$status" -eq 0
expect "a start that diverges: its loss" grep -qE '"test_loss": "[0-9.]+e\+(39|40)[0-9]"' out
run "${sizes[@]}" --set steps=3 --set init=ntk:1e-90 --set theta_norm=0 --set sigma=0 --json --quiet
expect "a start near zero: exit code 0, got $status" test "$status" -eq 0
expect "a start near zero: its loss" grep -qE '"test_loss": "[0-9.]+e-3[5-7][0-9]"' out
run --set d=1 --set n=3 --set m=2 --set eta=1/8 --set sigma=1 --set theta_norm=0 --set steps=1e7 --set record=every:5e6 --out shrunk --no-figures --json
expect "shrunk: exit code 3, got $status" test "$status" -eq 3
expect "shrunk: out_of_range" test "$(json out 'it["stop"]')" = out_of_range
expect "shrunk: no number" test "$(json out 'it["final"]["norm_a"]')" = None
expect "shrunk: no network" test "$(json shrunk/final.json 'it["theta"]')" = "[]"
run_ok "no steps" "${sizes[@]}" --set steps=0 --out none --no-figures --quiet
expect "no steps: one record" test "$(wc -l <none/trajectory.csv)" -eq 2
run_ok "the smallest" --set d=1 --set m=1 --set n=1 --set steps=3 --quiet
run_ok "version" --help
"$tool" --version >out || note "--version"
expect "--version" grep -q '^escapement [0-9]' out

# --- figures ---
if command -v gnuplot >/dev/null; then
  run_ok "figures" "${small[@]}" --set watch=2 --set 'snapshots=at:[0,200]' --out figures --quiet
  for figure in losses norm_alignment path cloud second_layer overview; do
    expect "$figure.svg" grep -q '</svg>' figures/$figure.svg
    expect "$figure.png" test "$(head -c 4 figures/$figure.png | tail -c 3)" = PNG
  done
else
  skip "gnuplot is not installed: no figure was looked at"
fi
mkdir empty-path
mkdir no-gnuplot
PATH=$PWD/empty-path "$tool" run "${small[@]}" --out no-gnuplot --quiet >out 2>err
status=$?
expect "without gnuplot: exit code 0, got $status" test "$status" -eq 0
expect "without gnuplot: one line that says what to install" test "$(wc -l <err)" -eq 1
expect "without gnuplot: the package" grep -q 'gnuplot' err
expect "without gnuplot: the data" test -s no-gnuplot/trajectory.csv
expect "without gnuplot: no figure" test -z "$(find no-gnuplot -name '*.svg' -o -name '*.png')"
finish
