#!/usr/bin/env bash
# Every citation [Key] resolves in docs/references.bib, every documentation page that a source names exists, and no
# relative link of a Markdown page is dead.
#   check_references.sh [ROOT]        default: this repository
# Complaints read file:line: text; the exit status is 1 if there are any. Keys look like Name2001 or Name2001a.
set -euo pipefail
root=${1:-$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)}
cd "$root"
bib=docs/references.bib
[[ -r $bib ]] || { echo "$bib: missing" >&2; exit 1; }

declare -A entries=()
bad=0
complain() { printf '%s\n' "$*" >&2; bad=1; }

key='[A-Z][A-Za-z]*[0-9]{4}[a-z]?'
while IFS= read -r name; do
  [[ -z ${entries[$name]-} ]] || complain "$bib: '$name' is there twice"
  entries[$name]=1
done < <(sed -nE "s/^@[a-z]+\{($key),.*/\1/p" "$bib")

folders=()
for folder in src tests property_tests benchmarks examples tools cmake docs; do
  [[ ! -d $folder ]] || folders+=("$folder")
done
# file:line:text of every match, in the text files of the repository that people write
find_all() {
  grep -rnoIE "$1" "${folders[@]}" ./*.md CMakeLists.txt dev --include='*.h' --include='*.cpp' --include='*.py' \
    --include='*.sh' --include='*.cmake' --include='*.txt' --include='*.md' --include=dev 2>/dev/null || true
}

# [Key], and [Key, section 3; Other2002]
cited=0
while IFS=: read -r file line text; do
  while IFS= read -r name; do
    cited=$((cited + 1))
    [[ -n ${entries[$name]-} ]] || complain "$file:$line: [$name] is not in $bib"
  done < <(tr -c 'A-Za-z0-9' '\n' <<<"$text" | grep -xE "$key")
done < <(find_all "\[$key([,;][^]]*)?\]")

# docs/... as sources name it
named=0
while IFS=: read -r file line path; do
  named=$((named + 1))
  [[ -e $path ]] || complain "$file:$line: $path does not exist"
done < <(find_all 'docs/[A-Za-z0-9_/.-]+\.(md|bib)')

# [text](path) and [text](path#anchor) in Markdown
links=0
while IFS=: read -r file line link; do
  path=${link#*](}
  path=${path%)}
  path=${path%%#*}
  [[ -n $path && $path != *://* && $path != mailto:* ]] || continue
  links=$((links + 1))
  [[ -e $(dirname "$file")/$path ]] || complain "$file:$line: the link to $path is dead"
done < <(find_all '\]\([^) ]+\)' | grep -E '^[^:]+\.md:' || true)

((bad == 0)) || exit 1
echo "references: $cited citations of ${#entries[@]} entries, $named pages named by path, $links links"
