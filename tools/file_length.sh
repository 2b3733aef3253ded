#!/usr/bin/env bash
# Fails when a source file has 300 lines or more: one idea each, about 120 lines.
#   file_length.sh [ROOT]
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/..}"
limit=300

folders=()
for folder in src tests property_tests benchmarks examples tools cmake; do
  [[ -d $folder ]] && folders+=("$folder")
done
count=0
long=0
while IFS= read -r -d '' file; do
  count=$((count + 1))
  lines=$(wc -l <"$file")
  if ((lines >= limit)); then
    echo "$file: $lines lines, must be under $limit" >&2
    long=1
  fi
done < <(find "${folders[@]}" -type f \( -name '*.h' -o -name '*.cpp' -o -name '*.py' -o -name '*.sh' \
  -o -name '*.cmake' \) -print0)
((count > 0)) || { echo "file length: no files found" >&2; exit 1; }
((long == 0)) || exit 1
echo "file length: $count files, all under $limit lines"
