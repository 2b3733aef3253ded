#!/usr/bin/env python3
"""Times the engine against its peers and prints one table.

Usage: run.py [--engine PATH] [--build DIR] [--rounds N] [--seconds S] [--only WORD] [--results FILE]
       run.py --peers      rates of the peers alone, no engine needed
       run.py --check      the C++ peers agree on where they end, and mpfr_loop with the direct recursion

Each row is measured in interleaved pairs (ours, peer, ours, peer, ...) on one core; the ratio is taken pair by
pair. Nothing is installed: a peer whose tool is missing is reported as skipped. Exit status: 0 every target
that was measured is met, 1 one is missed, 2 the engine is missing, or it or a peer failed.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

import harness
from harness import Skipped
from programs import ENSEMBLE, FLAGS, HERE, engine, ensemble, ensemble_wall, fma_count, mpmath_direct, peer, torch

TWO_PHASE_SECONDS = 20


def rows(options):
    """(what, ours, peer, smallest median ratio wanted or None where the row only informs)."""
    # A step costs the same whatever its size. Enclosures widen with every step taken at the preset's, and a network of
    # width 10^6 diverges at it (the step is stable below about 2 / m): both rows take a smaller one.
    mp, ball = engine(options, "precision=256"), engine(options, "precision=certified:256", "eta=2^-24")
    mpfr_loop = peer(options, "mpfr_loop", "bits=256")
    return [
        ("double / Eigen rank-1", engine(options), peer(options, "eigen_rank1"), 90),
        ("double / Eigen rank-1, -O2", engine(options), peer(options, "eigen_rank1", flags="portable"), None),
        ("double / PyTorch, optim.SGD", engine(options), torch("optim"), 1500),
        ("double / PyTorch, in place", engine(options), torch("manual"), 1500),
        ("m = 10^6 / m = 10^3", engine(options, "m=1000000", "eta=1e-7"), engine(options, "m=1000", "eta=1e-7"), 0.95),
        ("ensemble / Eigen rank-1", ensemble(options), peer(options, "eigen_rank1"), 180),
        ("ensemble / Eigen rank-1, -O2", ensemble(options), peer(options, "eigen_rank1", flags="portable"), 180),
        ("ensemble / PyTorch, optim.SGD", ensemble(options), torch("optim"), 3000),
        ("ensemble / PyTorch, in place", ensemble(options), torch("manual"), 3000),
        ("ensemble / one replica", ensemble(options), engine(options), None),
        ("ensemble, two cores / one", ensemble_wall(options, 2), ensemble_wall(options, 1), 1.9),
        ("Mp 200 bits / mpmath, 60 digits", engine(options, "precision=200"), mpmath_direct(), 10000),
        ("256 bits / mpfr_t loop", mp, mpfr_loop, 3),
        ("256 bits / Eigen mpfr_float", mp, peer(options, "eigen_mpfr", "bits=256"), 12),
        ("Ball 256 / mpfr_t loop", ball, mpfr_loop, 1),
        ("quad words / mpmath, 60 digits", engine(options, "precision=212"), mpmath_direct(), None),
        *word_rows(options),
    ]


def word_rows(options):
    """Ensembles in words of doubles: eight replicas in the lanes of one core, rates in replica-steps a second."""
    result = []
    for bits, what, target in ((212, "quad words", 5), (106, "double words", None)):
        lanes, mpfr = engine(options, f"precision={bits}", "replicas=8"), engine(options, f"precision=mpfr:{bits}")
        loop = peer(options, "mpfr_loop", f"bits={bits}")
        result.append((f"{what} / mpfr_t, {bits} bits", lanes, loop, target))
        result.append((f"{what} / our MPFR, {bits} bits", lanes, mpfr, None))
        result.append((f"{what}, one run / MPFR", engine(options, f"precision={bits}"), mpfr, None))
    return result


PEAK_SHARE = 0.55


def share_of_peak(options):
    """What part of the core's multiply-adds an ensemble's steps would take, counted on the S recurrence; in pairs."""
    ours, peak = ensemble(options), peer(options, "fma_peak")
    a, b, ratios = harness.compare(ours, peak, options.rounds, options.seconds)
    return ours, peak, a, b, [ratio * fma_count(20)[0] for ratio in ratios]


def growth(options):
    """How the cost of a step grows: (what, steps per second), medians; nothing is compared, so read the shape."""
    one = lambda *settings: engine(options, *settings)
    many = lambda count, *settings: ensemble(options, *settings, f"replicas={count}")
    narrow = ["m=100", "eta=1e-4"]
    programs = [(f"d = {d}", one(f"d={d}", "eta=1e-4")) for d in (1, 2, 5, 10, 20, 50, 100)]
    programs += [(f"ensemble, d = {d}", many(ENSEMBLE, f"d={d}", "eta=1e-4")) for d in (1, 2, 5, 10, 20, 50, 100)]
    programs += [(f"m = {m}", one(f"m={m}", "eta=1e-7")) for m in (10, 1000, 100_000, 1_000_000)]
    programs += [(f"{bits} bits", one(*narrow, f"precision={bits}")) for bits in (128, 256, 512, 1024, 2048)]
    programs += [(f"replicas = {r}", many(r)) for r in (1, 2, 4, 16, 64)]
    fixed = [(f"T = {steps}", one(), steps) for steps in (10**5, 10**6, 10**7)]
    rows_ = []
    for what, program, *steps in programs + fixed:
        program.steps = steps[0] if steps else 0
        program.calibrate(options.seconds)
        rows_.append((what, statistics.median(program.run() for _ in range(options.rounds))))
    return rows_


def two_phase_with_figures(options):
    """Wall seconds of `two-phase` as a user runs it, files and figures included, on one core."""
    walls = []
    for index in range(options.rounds):
        out = options.scratch / f"two-phase-{index}"
        command = [options.engine, "run", "--preset", "two-phase", "--quiet", "--out", out]
        walls.append(harness.execute(command)[1])
        if not list(out.glob("**/*.svg")):
            raise RuntimeError("two-phase wrote no figure: is gnuplot installed?")
    return walls


def build_peers(options):
    for name, flags in FLAGS.items():
        # A peer that fails is named by build.sh and later reported as skipped.
        environment = {**os.environ, "PEER_FLAGS": flags}
        subprocess.run([HERE / "peers/build.sh", options.build / name], env=environment)


def check(options):
    """Peers that share draws must share their end; mpfr_loop also checks itself against the direct state."""
    small = ["steps=2000", "m=100"]
    harness.execute([options.build / "native/mpfr_loop", "steps=200", "m=30", "bits=256", "check=1"])
    norms = {}
    for name in ("eigen_rank1", "mpfr_loop", "eigen_mpfr"):
        norms[name] = json.loads(harness.execute([options.build / "native" / name, *small])[0])["theta_norm"]
    spread = max(norms.values()) - min(norms.values())
    print(f"theta_norm after {small[0]}: {norms}")
    if not spread <= 1e-11 * max(norms.values()):
        print("the peers disagree", file=sys.stderr)
        return 1
    return 0


def number(value):
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def peers_alone(options):
    print(f"{'peer':64} {'steps/s: min':>14} {'median':>12} {'max':>12}")
    seen = set()
    for _, _, other, _ in rows(options):
        if other.name in seen or other.name.startswith("engine"):
            continue
        seen.add(other.name)
        try:
            other.calibrate(options.seconds)
            rates = [other.run() for _ in range(options.rounds)]
            low, middle, high = min(rates), statistics.median(rates), max(rates)
            print(f"{other.name:64} {low:14,.0f} {middle:12,.0f} {high:12,.0f}", flush=True)
        except Skipped as reason:
            print(f"{other.name:64} SKIPPED: {reason}", flush=True)
    return 0


def measured(program, rates):
    return {"name": program.name, "steps": program.steps, "steps_per_second": harness.summary(rates)}


def against_peers(options):
    if not options.engine.exists():
        raise RuntimeError(f"no engine at {options.engine}: build it first, or name it with --engine")
    results, missed, skipped = [], [], []
    print(f"{'what':30} {'ours':>12} {'peer':>12} {'ratio: min':>11} {'median':>9} {'max':>9} {'target':>8}")

    def line(what, ours, other, ratio, target, verdict):
        low, middle, high = (number(ratio[key]) for key in ("min", "median", "max"))
        cells = f"{what:30} {ours:>12} {other:>12} {low:>11} {middle:>9} {high:>9} {target:>8} {verdict}"
        print(cells.rstrip(), flush=True)

    for what, ours, other, target in rows(options):
        if options.only.lower() not in what.lower():
            continue
        try:
            a, b, ratios = harness.compare(ours, other, options.rounds, options.seconds)
        except Skipped as reason:
            print(f"{what:30} SKIPPED: {reason}", flush=True)
            skipped.append(what)
            results.append({"what": what, "skipped": str(reason)})
            continue
        met = None if target is None else statistics.median(ratios) >= target
        if met is False:
            missed.append(what)
        row = {"what": what, "ours": measured(ours, a), "peer": measured(other, b),
               "ratio": harness.summary(ratios), "target": target, "met": met}
        results.append(row)
        line(what, number(statistics.median(a)), number(statistics.median(b)), row["ratio"],
             "" if target is None else f">= {target}", {None: "", True: "met", False: "MISSED"}[met])

    what = "ensemble, share of FMA peak"
    if options.only.lower() in what.lower():
        ours, peak, a, b, shares = share_of_peak(options)
        passes, whole = fma_count(20)
        met = statistics.median(shares) >= PEAK_SHARE
        if not met:
            missed.append(what)
        results.append({"what": what, "ours": measured(ours, a), "peak": measured(peak, b), "share": harness.summary(shares),
                        "multiply_adds_per_step": passes, "with_the_rest": whole, "target": PEAK_SHARE, "met": met})
        line(what, number(statistics.median(a)), number(statistics.median(b)), harness.summary(shares),
             f">= {PEAK_SHARE}", "met" if met else "MISSED")
        print(f"  {passes} multiply-adds a step counted ({whole} with the vectors), "
              f"peak {statistics.median(b) / 1e9:.3g} 10^9 multiply-adds a second")

    what = "growth of the cost"
    if options.only.lower() in what:
        print("growth of the cost, steps per second:")
        for name, rate in growth(options):
            print(f"  {name:24} {rate:14,.0f}", flush=True)
            results.append({"what": f"growth: {name}", "steps_per_second": rate})

    what = "two-phase with figures, wall s"
    if options.only.lower() in what:
        walls = harness.summary(two_phase_with_figures(options))
        met = walls["median"] < TWO_PHASE_SECONDS
        if not met:
            missed.append(what)
        results.append({"what": what, "seconds": walls, "target": TWO_PHASE_SECONDS, "met": met})
        line(what, "", "", walls, f"< {TWO_PHASE_SECONDS}", "met" if met else "MISSED")

    record = {"machine": options.machine, "rounds": options.rounds, "rows": results}
    options.results.write_text(json.dumps(record, indent=1) + "\n")
    for verdict, names in (("SKIPPED, not measured", skipped), ("MISSED", missed)):
        if names:
            print(f"{verdict}: {', '.join(names)}", file=sys.stderr)
    return 1 if missed else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", type=pathlib.Path, default=HERE.parent / "build/release/escapement")
    parser.add_argument("--build", type=pathlib.Path, default=HERE.parent / "build/peers", help="for the peers")
    parser.add_argument("--rounds", type=int, default=5, help="pairs per row")
    parser.add_argument("--seconds", type=float, default=1.0, help="length of one timing")
    parser.add_argument("--only", default="", help="rows whose name contains this")
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results.json")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    options.engine, options.build = options.engine.resolve(), options.build.resolve()
    options.machine = harness.machine()
    try:
        with tempfile.TemporaryDirectory(prefix="escapement-bench-") as scratch:
            options.scratch = pathlib.Path(scratch)
            build_peers(options)
            return (check if options.check else peers_alone if options.peers else against_peers)(options)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
