#!/usr/bin/env bash
# replay on certificates, from outside: answers, exit codes, JSON, bad files.
set -euo pipefail
tool=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
certificates=$here/../../proofs_check/certificates

# expect CODE COMMAND...: runs it, output in ./out
expect() {
  local code=$1 rc=0
  shift
  "$@" >out 2>err || rc=$?
  ((rc == code)) || { echo "exit code $rc, expected $code: $*" >&2; cat out err >&2; exit 1; }
}
says() { grep -qF -- "$1" "$2" || { echo "expected '$1' in:" >&2; cat "$2" >&2; exit 1; }; }

expect 1 "$tool" replay "$certificates/lemma-4.5-generic.cert"
says "lemma-4.5-generic.cert: accepted" out
says "every start in the box, 64 bits" out
expect 3 "$tool" replay "$certificates/bad/lemma-4.5-generic-wide.cert"
says "rejected" out
says "the neuron may be aligned" out
expect 1 "$tool" replay --json "$certificates/oscillation-identity.cert"
says '"outcome": "accepted"' out
expect 2 "$tool" replay "$certificates/bad/lemma-4.6-1-population-reading.cert"
says "0 in the population's readings of lemma-4.6" err
[[ $(wc -l <err) -eq 1 && ! -s out ]]
