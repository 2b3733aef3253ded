#!/usr/bin/env python3
"""One table from the lines of JSON that `hunting faults`, `hunting rapidcheck` and hypothesis_peer.py print.

    table.py OURS RAPIDCHECK HYPOTHESIS      Markdown on standard output
"""
import json
import statistics
import sys


def read(path):
    rows = {}
    for line in open(path):
        row = json.loads(line)
        rows.setdefault(row["fault"], []).append(row)
    return rows


def cell(rows, seconds):
    if not rows:
        return "- | - | -"
    found = [r for r in rows if r["found"]]
    if not found:
        return f"0/{len(rows)} | - | -"
    size = statistics.median(r["characters"] for r in found)
    return f"{len(found)}/{len(rows)} | {statistics.median(r[seconds] for r in found):.2f} | {size:.0f}"


def main():
    ours, plain, peer = (read(path) for path in sys.argv[1:4])
    print("| fault | found | s | size | RapidCheck | s | size | Hypothesis | s | size |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for fault, rows in ours.items():
        name = fault.removesuffix(" theorem").replace("|", "\\|")
        print(f"| {name} | {cell(rows, 'first')} | {cell(plain.get(fault), 'seconds')} | {cell(peer.get(fault), 'seconds')} |")
    every = [r for rows in ours.values() for r in rows]
    medians = [statistics.median(r["first"] if r["found"] else 60 for r in rows) for rows in ours.values()]
    print(f"\n{len(ours)} faults: {sum(r['found'] for r in every)} of {len(every)} hunts found theirs; the slowest median "
          f"time to the first find is {max(medians):.2f} s.")


if __name__ == "__main__":
    main()
