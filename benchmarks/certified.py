#!/usr/bin/env python3
"""Certified runs of `two-phase` to a given radius: plain balls against the shadow of --certify.

Usage: certified.py [--engine PATH] [--radius X] [--plain T,T,..] [--shadow T,T,..] [--set KEY=VALUE]...

For each horizon T, the bits are raised until theta is known to X after T steps (for plain balls its length, by the rule
that --certify uses itself; for the shadow every entry), and the row gives those bits, the radius, and the user CPU
seconds of the last attempt and of all together. No neurons are looked at. CPU time, not wall time: on a shared machine it is what means something. One core.
"""

import argparse
import decimal
import json
import math
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MOST_BITS = 200_000


def run(options, steps, *arguments):
    """The tool's --json and the user CPU seconds that it took."""
    sets = [word for key in (f"steps={steps}", "record=none", "snapshots=none", "watch=0", *options.set)
            for word in ("--set", key)]
    command = [options.engine, "run", "--preset", "two-phase", *sets, "--json", "--quiet", *arguments]
    before = os.times().children_user
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(map(str, command))}\n{done.stderr}")
    return json.loads(done.stdout), os.times().children_user - before


def plain_attempt(options, steps, bits):
    """Steps taken by plain balls, the radius of |theta| at the end (infinite unless all were), CPU seconds."""
    result, seconds = run(options, steps, "--precision", f"certified:{bits}")
    completed = result["stop"] == "completed"
    radius = decimal.Decimal(result["final_radius"]["theta_norm"] if completed else "inf")
    return result["steps"], radius, seconds


def plain(options, steps):
    bits, total, attempts = 256, 0.0, 0
    while True:
        reached, radius, seconds = plain_attempt(options, steps, bits)
        total, attempts = total + seconds, attempts + 1
        if radius <= options.radius or bits >= MOST_BITS:
            return {"bits": bits, "radius": radius, "last": seconds, "all": total, "attempts": attempts}
        if radius.is_finite():
            more = bits + math.log2(radius / options.radius) + 16
        else:
            more = max(1.5 * bits, 1.05 * bits * steps / max(1, reached) - math.log2(options.radius) + 16)
        bits = min(MOST_BITS, int(more))


def shadow(options, steps):
    result, total = run(options, steps, "--certify", "--radius", str(options.radius))
    attempts = result["certified"]["attempts"]
    wall = sum(a["seconds"] for a in attempts)
    last = total * attempts[-1]["seconds"] / wall if wall > 0 else total
    if not result["certified"]["reached"]:
        sys.exit(f"not certified: {result['certified']['reason']}")
    return {"bits": attempts[-1]["bits"], "radius": decimal.Decimal(attempts[-1]["radius"]), "last": last, "all": total,
            "attempts": len(attempts)}


def horizons(text):
    return [int(float(word)) for word in text.split(",") if word]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default=ROOT / "build/release/escapement")
    parser.add_argument("--radius", type=decimal.Decimal, default="1e-10")
    parser.add_argument("--plain", type=horizons, default="100,1000,10000")
    parser.add_argument("--shadow", type=horizons, default="100,1000,10000,100000")
    parser.add_argument("--set", action="append", default=[])
    options = parser.parse_args()
    print(f"radius asked for: {options.radius}; started {time.strftime('%Y-%m-%d')}")
    print(f"{'enclosure':10} {'steps':>8} {'bits':>8} {'bits/step':>10} {'radius':>9} {'CPU s, last':>12} {'all':>8} {'attempts':>9}")
    for name, measure, all_steps in (("plain", plain, options.plain), ("shadow", shadow, options.shadow)):
        for steps in all_steps:
            row = measure(options, steps)
            print(f"{name:10} {steps:8} {row['bits']:8} {row['bits'] / steps:10.3f} {row['radius']:9.0e}"
                  f" {row['last']:12.2f} {row['all']:8.2f} {row['attempts']:9}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
