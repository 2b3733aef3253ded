#!/usr/bin/env bash
# `escapement report`: a page that needs nothing else, tables for papers, and bad input that leaves nothing behind.
. "$(dirname "${BASH_SOURCE[0]}")/support/common.bash"

# report ARGUMENTS...: status, and the files out and err.
report() {
  timeout 120 "$tool" report "$@" >out 2>err </dev/null
  status=$?
}
report_ok() {
  local what=$1
  shift
  report "$@"
  expect "$what: exit code $status, $(head -c 300 err)" test "$status" -eq 0
  expect "$what: standard error is empty, got $(head -c 300 err)" test ! -s err
}

cp -r "$data/report/paper" "$data/report/hostile" .

# --- the page ---
report_ok "a page" paper
expect "it says where: $(cat out)" grep -qxF "written to paper/report.html" out
report_ok "the same again" paper --quiet --out again.html
expect "--quiet: nothing on standard output" test ! -s out
expect "the same bytes but for the command" cmp <(grep -v 'class="command"' paper/report.html) <(grep -v 'class="command"' again.html)
expect "no temporary name is left" test -z "$(find . -name '*.tmp')"
report_ok "hostile texts" hostile paper
expect "no script" test "$(grep -ci '<script' hostile/report.html)" -eq 0
expect "no image" test "$(grep -ci '<img' hostile/report.html)" -eq 0
expect "the text is there as text" grep -qF '&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;' hostile/report.html
for words in 'escapement check lemma-4.3 --reading typical --seed 1' 'norm_identity_step' '10<sup>−711</sup>' 'Validity map over eta and m' \
  'short by a factor 10<sup>710.4</sup>' 'Provenance' 'escapement report paper'; do
  expect "'$words' in the page" grep -qF -- "$words" paper/report.html
done

# --- runs, sweeps ---
quick=(--preset two-phase --set steps=200 --set record=every:50 --quiet)
run_ok "a run" "${quick[@]}" --out one --no-figures
run_ok "a sweep" "${quick[@]}" --out swept --no-figures --sweep eta=1/1000,1/2000
cat >one/overview.svg <<'SVG'
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="300" height="100" onload="console.error(1)">
<script>console.error("a script of a picture")</script><style>@import url("http://127.0.0.1:9/style.css");</style>
<image xlink:href="http://127.0.0.1:9/picture.png" width="9" height="9"/><rect id="top" width="90" height="90" fill="green"/></svg>
SVG
report_ok "a run and a sweep" one swept
expect "three runs" test "$(grep -c '<h2>Run ' one/report.html)" -eq 3
expect "the swept value" grep -qF '<dt>eta</dt><dd>5×10<sup>−4</sup></dd>' one/report.html
expect "the picture is an image" grep -qF 'src="data:image/svg+xml;base64,' one/report.html

# --- tables ---
for format in md latex; do
  report_ok "--format $format" paper hostile --format $format
  cp out table.$format
  report_ok "--format $format --out" paper hostile --format $format --out file.$format --quiet
  expect "$format: the same in a file" cmp file.$format table.$format
done
expect "md: every line of the table has nine cells" test "$(grep '^|' table.md | sed 's/\\\\//g; s/\\|//g' | tr -cd '|\n' | sort -u)" = '||||||||||'
expect "md: a row for each verdict" test "$(grep -c '^|' table.md)" -eq 13
expect "latex: a row for each verdict" test "$(grep -c '\\\\$' table.latex)" -eq 12
expect "md: a line for each verdict that needs one" test "$(grep -c '^- ' table.md)" -eq 10
expect "latex: the same lines" test "$(grep -c '^.par ' table.latex)" -eq 10
expect "latex: ASCII" test "$(LC_ALL=C tr -d '\n -~' <table.latex | wc -c)" -eq 0
expect "latex: powers" grep -qF '$6.23539\times10^{-711}$' table.latex
if command -v pdflatex >/dev/null; then
  { printf '\\documentclass{article}\\usepackage{booktabs,textcomp,amssymb}\\begin{document}'; cat table.latex; printf '\\end{document}'; } >it.tex
  expect "latex compiles: $(tail -n 3 it.log 2>/dev/null)" pdflatex -halt-on-error -interaction=batchmode it.tex
else
  skip "no pdflatex: whether the table compiles"
fi

# --- bad input ---
# refused WHAT WORDS ARGUMENTS...: exit code 2, a line with each of WORDS, nothing written.
refused() {
  local what=$1 words=$2 word
  shift 2
  find . ! -name out ! -name err ! -name before ! -name after | sort >before
  report "$@"
  find . ! -name out ! -name err ! -name before ! -name after | sort >after
  expect "$what: exit code 2, got $status" test "$status" -eq 2
  expect "$what: one line, got $(cat err)" test "$(wc -l <err)" -eq 1
  expect "$what: nothing on standard output" test ! -s out
  expect "$what: nothing is written" cmp -s before after
  for word in $words; do expect "$what: '$word' in: $(cat err)" grep -qF -- "$word" err; done
}
mkdir empty bad
touch file
refused "no directory" "DIR"
refused "a directory that is not there" "missing" missing
refused "a file" "file" file
refused "a directory with nothing known" "empty verdicts.json run.json" empty
refused "one of several with nothing known" "empty" paper empty --out new.html
refused "another format" "--format" paper --format pdf
refused "a table without verdicts" "--format verdicts" one --format md
refused "a directory as --out" "--out" paper --out empty
refused "a file as folder of --out" "--out" paper --out file/report.html
# damaged WHAT WORDS FILE TEXT: FILE holds TEXT alone.
damaged() {
  printf '%s' "$4" >"bad/$3"
  refused "$1" "bad/$3 $2" bad
  rm -f "bad/$3"
}
damaged "verdicts that are no JSON" "JSON" verdicts.json '[{'
damaged "verdicts that are no array" "array" verdicts.json '{}'
damaged "a verdict without keys" "[0].statement" verdicts.json '[{}]'
damaged "an empty file" "JSON" verdicts.json ''
damaged "a map without keys" "[0].statement" map.json '[{}]'
damaged "a run of another format" "format" run.json '{"format": "escapement-run/9"}'
head -c 3000 paper/map.json >bad/map.json; refused "half a map" "bad/map.json JSON" bad; rm bad/map.json
mkdir bad/verdicts.json; refused "a folder as verdicts" "bad/verdicts.json" bad; rmdir bad/verdicts.json
cp one/run.json bad/; echo text >bad/losses.svg; refused "a figure that is none" "bad/losses.svg" bad

# --- in a browser ---
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
if [[ -z $browser ]]; then
  skip "NO CHROMIUM: nobody looked whether the page loads anything, fails or has dead links"
  finish
fi
look() { timeout 300 python3 "$here/support/check_page.py" "$browser" "$@" >out 2>err; status=$?; }
look paper/report.html hostile/report.html one/report.html
expect "in the browser: exit code $status, $(head -c 2000 out err)" test "$status" -eq 0
expect "the browser saw the page: $(cat err)" grep -qE '^paper/report.html: [1-9][0-9]* links, [1-9][0-9]* figures, 0 scripts$' err

# The same look finds what is wrong with pages that are.
page() { printf '<!DOCTYPE html><html lang="en"><head><title>t</title>%s</head><body>text%s</body></html>' "$2" "$3" >"$1.html"; }
page fine '<link rel="icon" href="data:,">' '<a href="#a">x</a><i id="a"></i>'
page image '' '<img src="http://127.0.0.1:9/x.png">'
page sibling '' '<img src="file.png">'
page style '<style>@import url("http://127.0.0.1:9/x.css");</style>' ''
page error '' '<script>console.error("seen")</script>'
page thrown '' '<script>throw new Error("seen")</script>'
page anchor '' '<a href="#nowhere">x</a>'
page away '' '<a href="https://127.0.0.1/">x</a>'
page twice '' '<i id="a"></i><i id="a"></i>'
printf '<!DOCTYPE html><html lang="en"><body>text</body></html>' >untitled.html
look fine.html image.html sibling.html style.html error.html thrown.html anchor.html away.html twice.html untitled.html
expect "wrong pages: exit code 1, got $status, $(cat err)" test "$status" -eq 1
expect "nothing is wrong with fine.html" test "$(grep -c '^fine' out)" -eq 0
found() { expect "$1.html: $2, got $(grep "^$1" out)" grep -q "^$1.html: $2" out; }
found image 'request: http://127.0.0.1:9/x.png'
found sibling 'request: file://.*file.png'
found style 'request: http://127.0.0.1:9/x.css'
found error 'console: seen'
found thrown 'console: Uncaught'
found anchor 'dead anchor: #nowhere'
found away 'link out of the page'
found twice 'identifier twice: a'
found untitled 'no title'
finish
