#include "escapement/report/html_page.h"

namespace escapement::report {

// The colours of outcomes are those of outcome_style.cpp.
const char* const kPageStyle = R"(:root {
  --paper: #ffffff; --card: #ffffff; --ink: #1c1f23; --soft: #5b6470; --line: #d9dde2; --tint: #f4f6f8; --link: #005a9c;
  --holds: #56b4e9; --supported: #cc79a7; --violated: #e8713c; --vacuous: #c9c9c9; --undecided: #f5e663;
}
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171a; --card: #1b1f23; --ink: #e6e8ea; --soft: #9aa4af; --line: #343a41; --tint: #22272c; --link: #7cc4f5; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Helvetica Neue", Arial, sans-serif; }
header, main { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
.brand { margin: 0; color: var(--soft); letter-spacing: .08em; font-variant: small-caps; }
h1 { margin: 0 0 .5rem; font-size: 2rem; line-height: 1.2; }
h2 { margin: 2.75rem 0 .75rem; padding-bottom: .3rem; border-bottom: 2px solid var(--line); font-size: 1.4rem; }
h3 { margin: 0 0 .5rem; font-size: 1.05rem; }
h2, h3, p, dd { overflow-wrap: anywhere; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 2px; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; }
:target { scroll-margin-top: 1rem; }
article:target { outline: 3px solid var(--link); outline-offset: 2px; }
sup, sub { font-size: .72em; line-height: 0; }
.counts { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin: 0 0 1rem; padding: 0; list-style: none; }
.outcome { display: inline-block; padding: 0 .55em; border-radius: .35em; color: #141414; font-weight: 600; font-size: .92em; white-space: nowrap;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.outcome.holds { background: var(--holds); } .outcome.supported { background: var(--supported); } .outcome.violated { background: var(--violated); }
.outcome.vacuous { background: var(--vacuous); } .outcome.undecided { background: var(--undecided); }
.scroll { overflow-x: auto; margin: .5rem 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; font-variant-numeric: tabular-nums; }
th, td { padding: .38rem .7rem; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; border-bottom: 2px solid var(--line); }
.number, .numbers td, .numbers th { text-align: right; white-space: nowrap; }
.verdicts td:nth-child(-n+3) { white-space: nowrap; }
.verdicts .number { white-space: normal; } .verdicts th:last-child { width: 6.5rem; }
.inside-no { color: var(--soft); font-style: italic; }
article { margin: 1rem 0; padding: 1rem 1.2rem; background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--line); border-radius: .4rem; }
article.holds { border-left-color: var(--holds); } article.supported { border-left-color: var(--supported); } article.violated { border-left-color: var(--violated); }
article.vacuous { border-left-color: var(--vacuous); } article.undecided { border-left-color: var(--undecided); }
article p { margin: .5rem 0; max-width: 46rem; }
.claim { font-size: 1.05rem; }
.facts { display: flex; flex-wrap: wrap; gap: .4rem 1.8rem; margin: .6rem 0; }
.facts div { min-width: 5rem; max-width: 100%; }
.facts dt { color: var(--soft); font-size: .82rem; }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 3rem; }
.columns dt { margin-top: .5rem; font-weight: 600; } .columns dd { margin: 0; }
details { margin: .5rem 0; } summary { cursor: pointer; color: var(--link); }
.theorems { margin: .3rem 0; padding-left: 1.3rem; max-width: 46rem; overflow-wrap: anywhere; }
figure { margin: 1rem 0; } figcaption { max-width: 46rem; color: var(--soft); font-size: .9rem; }
figure svg, .foreign { display: block; max-width: 100%; height: auto; }
.foreign { background: #ffffff; border-radius: .3rem; }
svg.figure { color: var(--ink); } svg .sheet { fill: none; }
.command { margin: .8rem 0 0; padding: .6rem .8rem; background: var(--tint); border-radius: .35rem; overflow-x: auto; }
code { font: .88rem/1.45 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.command code { user-select: all; -webkit-user-select: all; }
@media (max-width: 44rem) {
  header, main { padding: 0 .8rem; } header { padding-top: 1rem; } h1 { font-size: 1.6rem; }
  article { padding: .8rem; }
  .columns { grid-template-columns: 1fr; }
  figure { overflow-x: auto; } figure svg.figure { max-width: none; width: 34rem; }
  .verdicts thead { position: absolute; clip-path: inset(50%); }
  .verdicts tr { display: grid; grid-template-columns: 1fr 1fr; gap: .1rem 1rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .verdicts td, .verdicts td:nth-child(-n+3) { display: block; padding: 0; border: 0; text-align: left; white-space: normal; overflow-wrap: anywhere; }
  .verdicts td:empty { display: none; }
  .verdicts td::before { content: attr(data-name); display: block; color: var(--soft); font-size: .78rem; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --tint: #f3f3f3; --link: #000; }
  @page { margin: 16mm; }
  body { font-size: 10pt; } header, main { max-width: none; padding: 0; }
  nav { display: none; } h2, h3 { break-after: avoid; } figure, tr, .command { break-inside: avoid; }
  article { border-left-width: 4px; }
  .command { overflow: visible; } .command code { white-space: pre-wrap; overflow-wrap: anywhere; }
  .scroll { overflow: visible; } table { font-size: 8.5pt; } .verdicts td:nth-child(n) { white-space: normal; } .outcome { padding: 0 .3em; } th, td { padding: .15rem .3rem; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  summary { color: inherit; font-weight: 600; list-style: none; }
  a { text-decoration: none; }
}
)";

}  // namespace escapement::report
