#!/usr/bin/env python3
"""Tables from the lines of JSON that `hunting` and hypothesis_peer.py write, as far as they are there.

    table.py DIR      Markdown on standard output
"""
import collections
import json
import os
import statistics
import sys


def read(folder, name, key="fault"):
    """Rows by fault, in the order of the file."""
    rows = {}
    path = os.path.join(folder, name + ".jsonl")
    if os.path.exists(path):
        for line in open(path):
            row = json.loads(line)
            rows.setdefault(row[key], []).append(row)
    return rows


def title(name):
    return name.removesuffix(" theorem").replace("|", "\\|")


def cell(rows, seconds):
    if not rows:
        return "- | - | -"
    found = [r for r in rows if r["found"]]
    if not found:
        return f"0/{len(rows)} | - | -"
    size = statistics.median(r["characters"] for r in found)
    return f"{len(found)}/{len(rows)} | {statistics.median(r[seconds] for r in found):.2f} | {size:.0f}"


def our_cell(rows):
    """With the round of the first find: work, which no other load on the machine changes."""
    found = [r["round"] for r in rows if r["found"]]
    first, *rest = cell(rows, "first").split(" | ")
    return " | ".join([first, f"{statistics.median(found):.0f}" if found else "-", *rest])


def faults(ours, plain, peer):
    print("| fault | found | round | s | size | RapidCheck | s | size | Hypothesis | s | size |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for fault, rows in ours.items():
        name = title(fault)
        if " theorem" not in fault:
            name += ": " + rows[0]["kind"]
        print(f"| {name} | {our_cell(rows)} | {cell(plain.get(fault), 'seconds')} | {cell(peer.get(fault), 'seconds')} |")
    for who, rows in (("ours", ours), ("RapidCheck", plain), ("Hypothesis", peer)):
        every = [r for fault in rows.values() for r in fault]
        whole = [fault for fault in rows.values() if all(r["found"] for r in fault)]
        print(f"\n{who}: {sum(r['found'] for r in every)} of {len(every)} hunts found their fault; "
              f"{len(whole)} of {len(rows)} faults from every seed.")
    medians = {f: statistics.median(r["first"] if r["found"] else r["budget"] for r in rows) for f, rows in ours.items()}
    slow = [title(f) for f, seconds in medians.items() if seconds > 1]
    print(f"\nMedian time to the first find: {max(medians.values()):.2f} s for the slowest fault, above 1 s for {len(slow)}.")


def minima(rows):
    print("\n| shrinking set | same minimum | minima | the most frequent |")
    print("|---|---|---|---|")
    for fault, hunts in rows.items():
        counts = collections.Counter(r.get("case", "not found") for r in hunts)
        case, count = counts.most_common(1)[0]
        summary = next(r.get("summary", "") for r in hunts if r.get("case", "not found") == case)
        print(f"| {title(fault)} | {count}/{len(hunts)} | {len(counts)} | {summary} |")


def theorems(rows):
    print("\n| claim without a known counterexample | seconds | instances | suspects cleared | largest margin | finds |")
    print("|---|---|---|---|---|---|")
    every = [r for hunts in rows.values() for r in hunts]
    for r in every:
        print(f"| {title(r['theorem'])} | {r['seconds']:.0f} | {r['evaluations']} | {r.get('cleared', r.get('refuted'))} | {r['best']} | {int(r['found'])} |")
    print(f"\n{len(every)} claims, {sum(r['seconds'] for r in every):.0f} seconds, {sum(r['evaluations'] for r in every)} instances, "
          f"{sum(r.get('cleared', r.get('refuted')) for r in every)} suspects of floating point cleared, {sum(r['found'] for r in every)} finds.")


def main():
    folder = sys.argv[1]
    ours = read(folder, "faults")
    if ours:
        faults(ours, read(folder, "rapidcheck"), read(folder, "hypothesis"))
    if small := read(folder, "minima"):
        minima(small)
    if hold := read(folder, "theorems", "theorem"):
        theorems(hold)


if __name__ == "__main__":
    main()
