#!/usr/bin/env python3
"""The tables of docs/performance.md from what run.py recorded.

Usage: tables.py [RESULTS]      (default: results.json beside this file)
"""

import json
import pathlib
import sys


def number(value):
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def compared(row):
    cells = [row["what"], *(number(row[side]["steps_per_second"]["median"]) for side in ("ours", "peer"))]
    target = "" if row["target"] is None else number(row["target"])
    if row["met"] is False:
        target += ": **missed**"
    return [*cells, *(number(row["ratio"][key]) for key in ("min", "median", "max")), target]


def other(row):
    if "share" in row:
        peak = row["peak"]["steps_per_second"]["median"] / 1e9
        cells = [row["what"], number(row["ours"]["steps_per_second"]["median"]), f"{peak:.3g} 10^9 multiply-adds"]
        return [*cells, *(f"{row['share'][key]:.3f}" for key in ("min", "median", "max")), str(row["target"])]
    return [row["what"], "", "", *(number(row["seconds"][key]) for key in ("min", "median", "max")), f"< {row['target']}"]


def line(cells):
    return "| " + " | ".join(cells) + " |"


def growth(rates, head, rows, unit):
    """One column for each value after `head = `; rows: (label, prefix of the names)."""
    values = [name.removeprefix(rows[0][1]).removesuffix(rows[0][2]) for name in rates
              if name.startswith(rows[0][1]) and name.endswith(rows[0][2])]
    print(line([head, *values]), "|" + "---|" * (len(values) + 1), sep="\n")
    for label, before, after in rows:
        print(line([label, *(f"{rates[before + value + after] / unit:.4g}" for value in values)]))
    print()


def main():
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).with_name("results.json")
    rows = json.loads(path.read_text())["rows"]
    print(line(["row", "ours", "peer", "ratio: min", "median", "max", "wanted"]), "|" + "---|" * 7, sep="\n")
    for row in rows:
        if "ratio" in row:
            print(line(compared(row)))
        elif "share" in row or "seconds" in row:
            print(line(other(row)))
    print()
    rates = {row["what"].removeprefix("growth: "): row["steps_per_second"] for row in rows if row["what"].startswith("growth: ")}
    if rates:
        growth(rates, "d", [("one replica, 10^6 steps/s", "d = ", ""), ("sixteen", "ensemble, d = ", "")], 1e6)
        growth(rates, "m, d = 20", [("10^6 steps/s", "m = ", "")], 1e6)
        growth(rates, "bits of `Mp`, m = 100, d = 20", [("10^3 steps/s", "", " bits")], 1e3)
        growth(rates, "replicas, d = 20", [("10^6 steps/s, all together", "replicas = ", "")], 1e6)
        growth(rates, "T", [("10^6 steps/s", "T = ", "")], 1e6)


if __name__ == "__main__":
    main()
