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
from harness import Program, Skipped

HERE = pathlib.Path(__file__).resolve().parent
FLAGS = {"native": "-O3 -march=native -DNDEBUG", "portable": "-O2 -DNDEBUG"}
TWO_PHASE_SECONDS = 20


def engine(options, *settings):
    """The engine on `two-phase`, nothing recorded and nothing written: the network alone."""
    words = ["record=none", "snapshots=none", "watch=0", *settings]

    def command(steps):
        sets = [part for word in (*words, f"steps={steps}") for part in ("--set", word)]
        return [options.engine, "run", "--preset", "two-phase", *sets, "--json", "--quiet"]

    return Program(" ".join(("engine", *settings)), command)


def peer(options, name, *arguments, flags="native"):
    """A C++ peer, built by peers/build.sh."""

    def command(steps):
        binary = options.build / flags / name
        if not binary.exists():
            raise Skipped(f"{name} is not built, see {binary}.log")
        return [binary, f"steps={steps}", *arguments]

    return Program(" ".join((name, *arguments, f"[{FLAGS[flags]}]")), command)


def torch(update):
    def command(steps):
        python, script = harness.python_with("torch"), HERE / "peers/torch_autograd.py"
        return [python, script, f"steps={steps}", f"update={update}"]

    return Program(f"torch_autograd update={update}", command)


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
        ("256 bits / mpfr_t loop", mp, mpfr_loop, 3),
        ("256 bits / Eigen mpfr_float", mp, peer(options, "eigen_mpfr", "bits=256"), 12),
        ("Ball 256 / mpfr_t loop", ball, mpfr_loop, 1),
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
