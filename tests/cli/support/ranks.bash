# Several ranks of the tool, and what they leave behind. To be sourced after common.bash.

launch=(mpirun --allow-run-as-root --oversubscribe --quiet)

# among K ARGUMENTS...: the tool as K ranks, as one plain process where K is 0; status, and the files out and err.
among() {
  local ranks=$1
  local -a how=()
  shift
  if ((ranks > 0)); then how=("${launch[@]}" -n "$ranks"); fi
  timeout 120 "${how[@]}" "$tool" "$@" >out 2>err </dev/null
  status=$?
}
lines() { sed -n '/^escapement: /p' err; }

# begin K ARGUMENTS...: in the background; pid is mpirun's, ranks its processes in order of their numbers. Where one has ended
# badly mpirun gives the others `patience` seconds, and so long it keeps a signal to itself.
patience=4
begin() {
  "${launch[@]}" --mca odls_base_sigkill_timeout "$patience" -n "$1" "$tool" "${@:2}" >out 2>err </dev/null &
  pid=$!
}
ranks_of() { awk -v parent="$pid" '{sub(/.*\) /, ""); if ($2 == parent) print FILENAME}' /proc/[0-9]*/stat 2>/dev/null | sed 's,[^0-9],,g' | sort -n; }
# once COMMAND...: waits until it succeeds or mpirun has ended.
once() { while ! "$@" && kill -0 "$pid" 2>/dev/null; do sleep 0.02; done; }
units() { cat o/escapement-journal/*.journal 2>/dev/null | grep -vc '^escapement'; }
finished_units() { (($(units) >= ${1:-3})); }
# told WHAT, with the status of what ended: non-zero, one clear line, resumable.
told() {
  expect "$1: exit code not 0" test "$status" -ne 0
  expect "$1: one line says what to do, got $(lines)" test "$(lines | grep -c -- --resume)" -eq 1
}
ended() {
  wait "$pid"
  status=$?
  told "$1"
}
