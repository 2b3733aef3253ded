#!/usr/bin/env bash
# Every mutated statement must fail to compile. Unmutated, the files have just compiled in the build; three of them
# are compiled once more here, in the same way as the mutated ones, to show that it is the mutation that fails.
#   mutations.sh BUILD_DIRECTORY      after build.sh BUILD_DIRECTORY
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ -e ${1:-}/theories/Makefile.coq ]] || { sed -n '2,4p' "${BASH_SOURCE[0]}" >&2; exit 2; }
theories=$(cd "$1/theories" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export theories work

# compile NUMBER FILE EXPRESSION: prints ok, unchanged, syntax, timeout or refused
compile() {
  local dir=$work/$1 log=$work/$1/log
  mkdir "$dir"
  ln -s "$theories"/*.vo "$dir"
  rm "$dir/${2%.v}.vo"  # there, or the build has not compiled the file
  if [[ -n $3 ]]; then sed -e "$3" "$theories/$2" >"$dir/$2"; else cp "$theories/$2" "$dir/$2"; fi
  if [[ -n $3 ]] && cmp -s "$theories/$2" "$dir/$2"; then echo unchanged; return; fi
  local rc=0
  timeout 120 coqc -w -ambiguous-paths -Q "$dir" Escapement "$dir/$2" >"$log" 2>&1 || rc=$?
  if ((rc == 0)); then echo ok
  elif ((rc == 124)); then echo timeout
  elif grep -qE 'Syntax error|was not found in the current|Cannot find a physical|Unknown|inconsistent assumptions' "$log"; then echo syntax
  else echo refused; fi
}
judge() {
  local line=$1 number file expression what expected=refused outcome
  number=${line%%:*}
  IFS='|' read -r file expression what <<<"${line#*:}"
  file=${file// /}
  expression=$(sed -E 's/^ +| +$//g' <<<"$expression")
  [[ -n $expression ]] || expected=ok
  outcome=$(compile "$number" "$file" "$expression")
  [[ $outcome == "$expected" ]] || { echo "mutations: $file:$what: $outcome, expected $expected" >&2; return 1; }
}
export -f compile judge

mutations=$(grep -vE '^(#|$)' "$here/mutations.txt")
controls=$(cut -d'|' -f1 <<<"$mutations" | sort -u | head -n 3 | sed 's/ *$/ | | unmutated/')
printf '%s\n%s\n' "$mutations" "$controls" | grep -n '' | tr '\n' '\0' |
  xargs -0 -n 1 -P "${ESCAPEMENT_JOBS:-2}" bash -c 'judge "$0"'
echo "mutations: $(wc -l <<<"$mutations") mutated statements refused, $(wc -l <<<"$controls") unmutated files accepted"
