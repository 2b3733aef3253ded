#!/usr/bin/env bash
# Every mutated statement, definition and check must fail to compile. Unmutated, the files have just compiled in the build; three of them
# are compiled once more here, in the same way as the mutated ones, to show that it is the mutation that fails.
#   mutations.sh BUILD_DIRECTORY      after build.sh BUILD_DIRECTORY
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ -e ${1:-}/theories/Makefile.coq ]] || { sed -n '2,4p' "${BASH_SOURCE[0]}" >&2; exit 2; }
theories=$(cd "$1/theories" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export theories work

# compile NUMBER FILES EXPRESSION: the first file is mutated, the others, which use it, are compiled again after it.
# Prints ok, unchanged, syntax, timeout or refused
compile() {
  local dir=$work/$1 log=$work/$1/log file rc=0
  local -a files
  read -ra files <<<"$2"
  mkdir "$dir"
  ln -s "$theories"/*.vo "$dir"
  for file in "${files[@]}"; do
    rm "$dir/${file%.v}.vo"  # there, or the build has not compiled the file
    cp "$theories/$file" "$dir/$file"
  done
  if [[ -n $3 ]]; then sed -i -e "$3" "$dir/${files[0]}"; fi
  if [[ -n $3 ]] && cmp -s "$theories/${files[0]}" "$dir/${files[0]}"; then echo unchanged; return; fi
  for file in "${files[@]}"; do
    timeout 120 coqc -w -ambiguous-paths -Q "$dir" Escapement "$dir/$file" >"$log" 2>&1 || { rc=$?; break; }
  done
  if ((rc == 0)); then echo ok
  elif ((rc == 124)); then echo timeout
  elif grep -qE 'Syntax error|was not found in the current|Cannot find a physical|Unknown|inconsistent assumptions' "$log"; then echo syntax
  else echo refused; fi
}
judge() {
  local line=$1 number file expression what expected=refused outcome
  number=${line%%:*}
  IFS='|' read -r file expression what <<<"${line#*:}"
  file=$(sed -E 's/^ +| +$//g' <<<"$file")
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
