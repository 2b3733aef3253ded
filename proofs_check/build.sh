#!/usr/bin/env bash
# Compiles every theory and the certificate checker, compares what Coq says about the headline theorems with what is
# recorded here, and replays every certificate: all through the extracted checker, the small ones in Coq's kernel.
#   build.sh BUILD_DIRECTORY [--accept]      --accept: record what compiled as the new expectation
# Sources are copied, so that the checkout stays clean; only files that changed are compiled again.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ $# -ge 1 ]] || { sed -n '2,5p' "${BASH_SOURCE[0]}" >&2; exit 2; }
mkdir -p "$1/theories"
build=$(cd "$1" && pwd)
accept=${2:-}
jobs=${ESCAPEMENT_JOBS:-2}

fail() { printf 'proofs: %s\n' "$*" >&2; exit 1; }

# Nothing may be assumed or left open, not even in a comment.
if grep -nwE 'Admitted|admit|Axioms?|Parameters?|Conjecture|Abort|Unset Guard Checking|bypass_check|give_up' "$here"/{theories,checker}/*.v; then
  fail "the words above must not occur in a theory"
fi
for file in "$here"/{theories,checker}/*.v; do
  (($(wc -l <"$file") < 300)) || fail "$file has 300 lines or more"
  cmp -s "$file" "$build/theories/${file##*/}" || cp "$file" "$build/theories/"
done
for copy in "$build"/theories/*.v; do
  [[ -e $here/theories/${copy##*/} || -e $here/checker/${copy##*/} ]] || rm -f "${copy%.v}".{v,vo,vok,vos,glob}
done

cd "$build/theories"
coq_makefile -Q . Escapement -arg -w -arg -ambiguous-paths ./*.v -o Makefile.coq
make --no-print-directory -s -f Makefile.coq -j "$jobs"

# The extracted checker (theories/checker.ml, written by Extract.v) and its reader.
mkdir -p "$build/replay"
cp "$build/theories/checker.ml" "$here"/checker/*.ml "$build/replay/"
(cd "$build/replay" && ocamlfind ocamlopt -package zarith -linkpkg checker.ml certificate_file.ml coq_source.ml replay.ml -o replay)
cd "$here/certificates"
"$build/replay/replay" accepted ./*.cert >"$build/certificates.txt" || fail "a certificate is rejected: $build/certificates.txt"
"$build/replay/replay" rejected bad/*.cert >"$build/rejected.txt" || fail "a wrong certificate is accepted: $build/rejected.txt"
"$build/replay/replay" enclosures ./*.cert >"$build/enclosures.txt"
"$build/replay/replay" kernel ./*.cert >"$build/kernel_certificates.v" 2>"$build/kernel.txt"

cd "$build"
rm -f headlines_*
python3 "$here/manifest.py" scripts "$here/headlines.toml" . "$jobs"
for script in kernel_certificates.v headlines_*.v; do printf '%s\0' "${script%.v}"; done |
  xargs -0 -n 1 -P "$jobs" sh -c 'coqc -w -ambiguous-paths -Q theories Escapement "$0.v" >"$0.out"'
python3 "$here/manifest.py" write "$here/headlines.toml" .

compare() {
  local built=$1 recorded=$here/$2
  if [[ $accept == --accept ]]; then cp "$built" "$recorded"; return; fi
  diff -u "$recorded" "$built" >&2 || fail "$2 is not what compiled; if the change is meant: proofs_check/build.sh build/proofs --accept"
}
compare statements.txt statements.expected
compare assumptions.txt assumptions.expected
compare manifest.json manifest.json
compare enclosures.txt certificates/enclosures.expected
