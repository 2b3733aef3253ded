#!/usr/bin/env bash
# mutant.sh EXECUTABLE MUTANTS.TXT NAME: the laws listed for the mutant NAME, run by that mutant, must all fail, each with
# a case that falsifies it. NAME none: the unharmed engine passes all laws that are listed, and no law is left out.
set -euo pipefail
export LC_ALL=C.UTF-8
executable=$1 table=$2 mutant=$3
page=$(dirname "$0")/../docs/concepts/property-tests.md
die() { printf 'mutant %s: %s\n' "$mutant" "$*" >&2; exit 1; }

# The laws below a name, up to the next name.
laws_of() {
  awk -v name="$1" '/^#/ || /^$/ {next} /^[a-z_]+$/ {here = $0 == name; next} here {sub(/^  /, ""); print}' "$table"
}

export RC_PARAMS="seed=1 max_success=400 noshrink=1"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

if [[ $mutant == none ]]; then
  listed=$(sed -n 's/^  //p' "$table" | sort -u)
  present=$("$executable" "~[machinery]" --list-test-names-only | sed '/^$/d' | sort -u || true)
  missing=$(comm -23 <(printf '%s\n' "$present") <(printf '%s\n' "$listed"))
  unknown=$(comm -13 <(printf '%s\n' "$present") <(printf '%s\n' "$listed"))
  [[ -z $missing ]] || die "no mutant is listed for: $missing"
  [[ -z $unknown ]] || die "there is no such law: $unknown"
  while IFS= read -r name; do
    grep -qF "| \`$name\` |" "$page" || die "$page does not name it: $name"
  done < <(grep -xE '[a-z_]+' "$table")
  unset ESCAPEMENT_MUTANT
  export RC_PARAMS="seed=1 max_success=20 noshrink=1"
  "$executable" "~[machinery]" >"$log" 2>&1 || { cat "$log"; die "a law fails without a mutant"; }
  exit 0
fi

export ESCAPEMENT_MUTANT=$mutant
count=0
while IFS= read -r law; do
  [[ -n $law ]] || continue
  count=$((count + 1))
  status=0
  "$executable" --durations yes "${law//,/\\,}" >"$log" 2>&1 </dev/null || status=$?
  # 1: one failed assertion. A crash, a failed internal check or a test that was not found is no kill.
  if [[ $status != 1 ]] || ! grep -qF " s: $law" "$log" || ! grep -q 'Falsifiable after' "$log"; then
    tail -n 40 "$log"
    die "survives (exit code $status): $law"
  fi
done < <(laws_of "$mutant")
((count > 0)) || die "no law is listed"
